import type { SequenceDraft } from '../../outreach/sequences/sequence-draft.js';
import type { DeliveryState, DraftProblemRow } from './messages.js';
import type { Call, Nothing, Page } from './shapes.js';

export type {
  AfterDraft,
  SequenceDraft,
  SequenceStartDraft,
  SequenceStepDraft,
} from '../../outreach/sequences/sequence-draft.js';

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
  /** What it begins with: `consent engagement`, `tag door`, `silent:30`. */
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

/** Why somebody left a sequence before its end. */
export type SequenceLeft = 'left_answered' | 'left_segment' | 'left_taken_out';

/** How many people stand where in a sequence as a whole. */
export type SequenceTotals = {
  readonly began: number;
  /** Something is still to come. */
  readonly within: number;
  readonly finished: number;
  readonly left: { readonly [reason in SequenceLeft]: number };
};

/** How many people stand where in one step. */
export type SequenceStepCounts = { readonly [state in DeliveryState]: number } & {
  /** Why it did not reach people, and how many of each. */
  readonly reasons: { readonly [reason: string]: number };
};

/** Somebody for whom a sequence began. */
export type SequencePersonRow = {
  readonly supporter: string;
  /** Empty where nobody knows it. */
  readonly name: string;
  readonly standing: 'within' | 'finished' | 'left';
  readonly reason?: SequenceLeft;
  /** From 1 on: the step that comes next, the one at which they left, or the last. */
  readonly step: number;
  /** When that step is due, or was dealt with. */
  readonly at: string;
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
      /** As a form has it. */
      readonly draft: SequenceDraft;
      readonly counts: readonly SequenceStepCounts[];
      readonly totals: SequenceTotals;
    }
  >;
  /** Whom it began for; a page may be short, or empty, before the last. */
  'GET /sequences/:id/people': Call<
    {
      readonly id: string;
      readonly show?: 'within' | 'finished' | 'left';
      readonly before?: string;
      readonly limit?: number;
    },
    Page<SequencePersonRow>
  >;
  /** Sends somebody nothing more of it. */
  'POST /sequences/:id/people/:supporter/take-out': Call<
    { readonly id: string; readonly supporter: string },
    { readonly done: true }
  >;
  /** What is wrong with a sequence as text, and what it would be; keeps nothing. */
  'POST /sequence-checks': Call<
    { readonly text: string },
    { readonly problems: readonly TextProblem[]; readonly sequence?: SequenceView }
  >;
  /** What is wrong with a sequence as a form has it, by field, and how the words of each step read. */
  'POST /sequence-form-checks': Call<
    { readonly sequence: SequenceDraft },
    {
      readonly problems: readonly DraftProblemRow[];
      readonly previews: readonly { readonly [language: string]: string }[];
    }
  >;
  /** Begins a sequence written as text, or as a form has it. */
  'POST /sequences': Call<
    { readonly text?: string; readonly sequence?: SequenceDraft },
    SequenceRowView
  >;
  'POST /sequences/:id/pause': Call<{ readonly id: string }, { readonly done: true }>;
  'POST /sequences/:id/resume': Call<{ readonly id: string }, { readonly done: true }>;
  'DELETE /sequences/:id': Call<{ readonly id: string }, { readonly done: true }>;
};
