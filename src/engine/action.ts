import type { FieldType } from './campaign.js';

/** What domains keep of somebody beside the profile; the privacy notice has words for each. */
export const RECORD_KINDS = [
  'handoffs',
  'donations',
  'pledges',
  'shifts',
  'roles',
  'canvassing',
  'vote_plans',
  'votes',
  'proxies',
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** What a domain declares of an action, so that flows using it can be checked. */
export type ActionDeclaration = {
  readonly name: string;
  readonly arguments: Readonly<Record<string, { type: FieldType; optional?: boolean }>>;
  /** Present when the turn waits for a result; its fields are read as `answers.<id>.<field>`. */
  readonly result?: Readonly<Record<string, FieldType>>;
  /** Fields of the profile that it fills in. */
  readonly writes?: readonly string[];
  /** What else is kept of whoever it is done for. */
  readonly keeps?: RecordKind;
  /** Whether it tells another program of them. */
  readonly tells?: true;
};
