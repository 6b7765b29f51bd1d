import type { Call, Page } from './shapes.js';

/** One thing that somebody did or looked at. */
export type AuditEntry = {
  readonly id: string;
  readonly at: string;
  /** The name of the route, such as `viewSupporter`. */
  readonly action: string;
  readonly who: { readonly id: string; readonly name: string };
  /** `begun` only: it was cut short, and nobody knows. */
  readonly outcome: 'begun' | 'done' | 'refused';
  /** Id of the supporter whom it was about. */
  readonly supporter?: string;
  /** What else it was about: a member of the staff, a flow, a message. */
  readonly about?: string;
};

export type AuditApi = {
  'GET /audit': Call<
    {
      readonly before?: string;
      readonly who?: string;
      readonly supporter?: string;
      readonly action?: string;
      readonly limit?: number;
    },
    Page<AuditEntry>
  >;
};
