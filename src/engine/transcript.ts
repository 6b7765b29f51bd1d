import type { Question } from './effect.js';
import type { Media } from './event.js';
import type { Json } from './json.js';
import type { Simulation } from './simulate.js';

export { formatFailure } from './transcript/format.js';
export { readTranscript } from './transcript/read.js';
export { runTranscript } from './transcript/run.js';
export { writeTranscript } from './transcript/write.js';

/** What can be shared: their own contact, somebody else's, or where they are. */
export const SHARED = ['contact', 'other_contact', 'location'] as const;

/** What the supporter does in one turn of a transcript. */
export type They =
  | {
      readonly type: 'text';
      readonly text: string;
      /** What it was understood to mean, or the intents that come nearest. */
      readonly intent?: string;
      readonly guesses?: readonly string[];
    }
  /** Taps buttons of the open question, or of the question of an earlier turn, counted from 1. */
  | { readonly type: 'choose'; readonly values: readonly string[]; readonly of?: number }
  | { readonly type: 'skip' }
  | { readonly type: 'share'; readonly what: (typeof SHARED)[number] }
  | { readonly type: 'send'; readonly media: Media }
  | { readonly type: 'after'; readonly ms: number }
  | { readonly type: 'start'; readonly flow: string }
  | { readonly type: 'open' };

/** An action that a turn does; one that is awaited is given a result, or fails, at once. */
export type Done = {
  readonly action: string;
  readonly returns?: { readonly [key: string]: Json };
  readonly fails?: boolean;
};

/** One turn: what they do, the actions done, and the keys of what is said, in order. */
export type TranscriptTurn = {
  readonly they: They;
  readonly do: readonly Done[];
  readonly we: readonly string[];
};

/** A conversation as it should go. */
export type Transcript = {
  readonly title: string;
  readonly flow: string;
  readonly locale: string;
  /** Clock at the start, epoch milliseconds. */
  readonly at?: number;
  readonly channel?: string;
  /** What is known of the supporter beforehand. */
  readonly supporter?: { readonly [key: string]: Json };
  readonly consents?: { readonly [purpose: string]: boolean };
  readonly turns: readonly TranscriptTurn[];
  /** What must be known afterwards; only the keys named are compared. */
  readonly after?: {
    readonly supporter?: { readonly [key: string]: Json };
    readonly consents?: { readonly [purpose: string]: boolean };
  };
};

/** What a turn came to: the actions done, and what was said. */
export type PlayedTurn = {
  readonly do: readonly string[];
  readonly we: readonly {
    readonly flow: string;
    readonly key: string;
    readonly text: string;
    readonly question?: Question;
  }[];
};

/** How a transcript went; `recorded` is the transcript as it goes now. */
export type TranscriptResult = {
  readonly type: 'passed' | 'failed';
  readonly turns: readonly PlayedTurn[];
  /** What is not as `after` says, one sentence each. */
  readonly after: readonly string[];
  readonly recorded: Transcript;
  readonly simulation: Simulation;
};
