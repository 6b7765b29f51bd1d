import type { Effect } from '../engine/effect.js';
import type { Content } from '../engine/calendar/permit.js';
import type { Event } from '../engine/event.js';
import type { Json } from '../engine/json.js';
import type { Question } from '../engine/effect.js';

/** What is kept of a turn for good: what came in, and what happened because of it. */
export type JournalEntry = {
  readonly turn: number;
  readonly at: Date;
  readonly channel: string;
  readonly address: string;
  /** The language spoken when the turn began; absent in entries of 0.1.0. */
  readonly language?: string;
  readonly event: Event;
  readonly effects: readonly Effect[];
  /**
   * Present when a person of the team had the conversation, so that this is no turn of the flows: what
   * the supporter wrote meanwhile, an answer of staff, or the moment the assistant took over again.
   */
  readonly staff?: 'held' | 'replied' | 'given_back';
  /** Present when only what proves consents was kept of it, because the rest had been kept long enough. */
  readonly trimmed?: true;
};

/**
 * Something a saved turn still has to do. Its id is `<turn>.<n>`, so doing it twice can be noticed by
 * whoever receives it.
 */
export type OutboxItem = { readonly id: string } & (
  | { readonly type: 'journal'; readonly entry: JournalEntry }
  | {
      readonly type: 'send';
      readonly channel: string;
      readonly address: string;
      readonly message: OutboxMessage;
      readonly at: Date;
      /** Absent: it campaigns. */
      readonly content?: Content;
    }
  | {
      readonly type: 'act';
      /** Where typing is shown while its result is awaited. */
      readonly channel: string;
      readonly address: string;
      readonly action: string;
      /** The effect id inside the engine, which an awaited result names. */
      readonly effect: string;
      readonly with: { readonly [name: string]: Json };
      readonly awaited: boolean;
      /** When what asked for it happened, by the channel's clock; absent in items of older versions. */
      readonly at?: Date;
      /** Absent: it campaigns. */
      readonly content?: Content;
    }
);

/** A message to send, without its id, which is the item's. */
export type OutboxMessage =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly question?: Question;
      readonly language: string;
    }
  | { readonly type: 'echo'; readonly echo: Json };
