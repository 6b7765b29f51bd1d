import type { Happening } from '../../supporters/happening.js';
import type { Leave } from '../messages/follow-up.js';
import type { MessageDefinition } from '../messages/message.js';

/** What a sequence begins with: something that happens, or that nobody heard of somebody for some days. */
export type SequenceStart = Happening | { readonly type: 'silent'; readonly days: number };

/** When a step is due, counted from what the sequence began with. */
export type After =
  | { readonly type: 'span'; readonly ms: number }
  | {
      readonly type: 'day';
      readonly days: number;
      /** On the clocks of the supporter's territory, `HH:MM`. */
      readonly time: string;
    };

export type SequenceStep = Pick<
  MessageDefinition,
  'purpose' | 'content' | 'says' | 'channels' | 'urgent' | 'frequencyCap'
> & { readonly after: After; readonly mode: NonNullable<MessageDefinition['mode']> };

/** What staff wrote: what starts it, what ends it early, and its steps in order. */
export type SequenceDefinition = {
  readonly name: string;
  readonly start: SequenceStart;
  readonly leave: Leave;
  readonly steps: readonly SequenceStep[];
};
