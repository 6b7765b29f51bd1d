import type { FrequencyCap } from '../../engine/campaign.js';
import type { Content } from '../../engine/calendar/permit.js';
import type { Purpose } from '../../engine/flow.js';

/** An instant, or a time of day so many days before a round of the election where the supporter votes. */
export type MessageTime =
  | { readonly type: 'instant'; /** Epoch milliseconds. */ readonly at: number }
  | {
      readonly type: 'before';
      readonly days: number;
      /** On the clocks of the supporter's territory, `HH:MM`. */
      readonly time: string;
      readonly round: 1 | 2;
    };

/** What staff wrote: what is said, to whom, why, when and where. */
export type MessageDefinition = {
  readonly name: string;
  /** What it is for, which is the consent it needs. */
  readonly purpose: Purpose;
  readonly content: Exclude<Content, 'service'>;
  /** Absent: everybody who agreed. */
  readonly segment?: string;
  readonly says:
    | { readonly type: 'words'; /** ICU messages by language. */ readonly words: Words }
    | { readonly type: 'flow'; readonly flow: string };
  readonly at: MessageTime;
  /** Where it goes, the preferred channel first. */
  readonly channels: readonly string[];
  /** Not sent from then on; absent: a relative one until polling stations close, others never expire. */
  readonly expires?: MessageTime;
  /** Does not wait for the answer to a question that stands open. */
  readonly urgent?: true;
  /** Of a step of a sequence; absent: a message of its own. */
  readonly mode?: StartMode;
  /** Absent: as `campaign.yaml` has it. */
  readonly frequencyCap?: FrequencyCap | 'none';
};

/**
 * What a step of a sequence does to a conversation under way: its flow goes over it (`interrupt`), it is left
 * out (`skip`), or its words are said beside it (`passive`).
 */
export type StartMode = 'interrupt' | 'skip' | 'passive';

export type Words = { readonly [language: string]: string };

/**
 * `draft` until staff plan it; then `planned` until it begins, `sending`, which may be `paused`, and at last
 * `done`, or `cancelled`.
 */
export const MESSAGE_STATES = [
  'draft',
  'planned',
  'sending',
  'paused',
  'done',
  'cancelled',
] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** What staff can do with a message. */
export type MessageMove = 'send' | 'begin' | 'pause' | 'resume' | 'finish' | 'cancel' | 'reopen';

const MOVES: Readonly<
  Record<MessageMove, { readonly from: readonly MessageState[]; readonly to: MessageState }>
> = {
  send: { from: ['draft'], to: 'planned' },
  begin: { from: ['planned'], to: 'sending' },
  pause: { from: ['planned', 'sending'], to: 'paused' },
  resume: { from: ['paused'], to: 'planned' },
  finish: { from: ['sending'], to: 'done' },
  cancel: { from: ['draft', 'planned', 'sending', 'paused'], to: 'cancelled' },
  // Staff send again what nobody knows the outcome of.
  reopen: { from: ['done', 'sending'], to: 'sending' },
};

/** The state a message is in after a move; undefined when it cannot be made from there. */
export function moved(state: MessageState, move: MessageMove): MessageState | undefined {
  const { from, to } = MOVES[move];
  return from.includes(state) ? to : undefined;
}
