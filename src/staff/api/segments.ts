import type { Group, Operator, Segment } from '../../outreach/segments/segment.js';
import type { Call, Nothing } from './shapes.js';

export type { Group, Operator, Rule, RuleValue, Segment } from '../../outreach/segments/segment.js';

/** What a condition is about: its type says which values fit, and how they are asked for. */
export type SegmentFieldRow = {
  readonly name: string;
  readonly type:
    | 'text'
    | 'number'
    | 'yes_no'
    | 'known'
    | 'list'
    | 'instant'
    | 'day'
    | 'consent'
    | 'counted';
  readonly operators: readonly Operator[];
  /** The only ones there are; absent: any. */
  readonly values?: readonly string[];
};

/** Where a segment is used. */
export type SegmentUse = {
  readonly type: 'message' | 'sequence' | 'flow';
  readonly id: string;
  readonly name: string;
};

export type SegmentRow = {
  readonly name: string;
  readonly title: string;
  readonly author: string;
  readonly at: string;
  /** How many conditions it has. */
  readonly rules: number;
  readonly uses: readonly SegmentUse[];
  /** The campaign does not understand it any more. */
  readonly isFaulty: boolean;
};

/** What is wrong with a segment, by the place in it: `rules[2].value`. */
export type SegmentFaultRow = { readonly path: string; readonly message: string };

/** Somebody of a segment. */
export type SampleRow = {
  readonly id: string;
  /** Present where the caller's role sees people. */
  readonly name?: string;
  readonly language: string;
  readonly place?: string;
  readonly since: string;
};

export type SegmentsApi = {
  'GET /segments': Call<Nothing, { readonly items: readonly SegmentRow[] }>;
  'GET /segment-fields': Call<
    Nothing,
    {
      readonly fields: readonly SegmentFieldRow[];
      /** Tags that people have, the most frequent first. */
      readonly tags: readonly string[];
    }
  >;
  'GET /segments/:name': Call<
    { readonly name: string },
    {
      readonly segment: Segment;
      readonly row: SegmentRow;
      readonly faults: readonly SegmentFaultRow[];
    }
  >;
  'GET /segments/:name/count': Call<{ readonly name: string }, { readonly count: number }>;
  /** How many it would be, or what is wrong. */
  'POST /segment-counts': Call<
    { readonly segment: Group },
    { readonly count?: number; readonly faults: readonly SegmentFaultRow[] }
  >;
  'POST /segment-samples': Call<
    { readonly segment: Group },
    { readonly people: readonly SampleRow[] }
  >;
  /** Keeps a segment; `isNew` refuses a name that is taken. */
  'PUT /segments/:name': Call<
    {
      readonly name: string;
      readonly title: string;
      readonly segment: Group;
      readonly isNew: boolean;
    },
    { readonly row: SegmentRow }
  >;
  'DELETE /segments/:name': Call<{ readonly name: string }, { readonly done: true }>;
};
