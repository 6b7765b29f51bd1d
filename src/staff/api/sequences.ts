import type { DeliveryState } from './messages.js';
import type { Call, Nothing } from './shapes.js';

export type SequenceStepView = {
  /** In milliseconds after what it begins with, or on a day at a time of day. */
  readonly after:
    | { readonly type: 'span'; readonly ms: number }
    | { readonly type: 'day'; readonly days: number; readonly time: string };
  readonly purpose: string;
  readonly content: 'campaign' | 'neutral';
  readonly mode: 'interrupt' | 'skip' | 'passive';
  readonly channels: readonly string[];
  /** By language; absent: it starts a flow. */
  readonly words?: { readonly [language: string]: string };
  readonly flow?: string;
};

export type SequenceView = {
  readonly name: string;
  /** What it begins with: `consent:engagement`, `tag:door`, `silent:30`. */
  readonly start: string;
  readonly ends: { readonly answered: boolean; readonly segment?: string };
  readonly steps: readonly SequenceStepView[];
};

export type SequenceRowView = {
  readonly id: string;
  readonly name: string;
  readonly state: 'active' | 'paused';
  readonly start: string;
  readonly steps: number;
  readonly createdAt: string;
};

/** A mistake in the text of a sequence, by its place in it. */
export type TextProblem = {
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
};

export type SequencesApi = {
  'GET /sequences': Call<Nothing, { readonly items: readonly SequenceRowView[] }>;
  'GET /sequences/:id': Call<
    { readonly id: string },
    {
      readonly row: SequenceRowView;
      readonly sequence: SequenceView;
      /** How many people stand where in each step. */
      readonly counts: readonly { readonly [state in DeliveryState]: number }[];
    }
  >;
  /** What is wrong with a sequence as text, and what it would be; keeps nothing. */
  'POST /sequence-checks': Call<
    { readonly text: string },
    { readonly problems: readonly TextProblem[]; readonly sequence?: SequenceView }
  >;
  /** Begins a sequence written as text. */
  'POST /sequences': Call<{ readonly text: string }, SequenceRowView>;
  'POST /sequences/:id/pause': Call<{ readonly id: string }, { readonly done: true }>;
  'POST /sequences/:id/resume': Call<{ readonly id: string }, { readonly done: true }>;
  'DELETE /sequences/:id': Call<{ readonly id: string }, { readonly done: true }>;
};
