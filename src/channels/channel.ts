import type { Event } from '../engine/event.js';
import type { Json } from '../engine/json.js';
import type { Question } from '../engine/effect.js';

export { SKIP } from '../engine/effect.js';
export type { Json, Question };

/** What a channel read from its network, before it is understood. */
export type Inbound = {
  readonly channel: string;
  /** Where this supporter is reached on the channel (a chat id, a conversation id). */
  readonly address: string;
  /** Unique for this address: the same id twice is the same input. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Language tag the supporter's device declares; only a first guess. */
  readonly locale?: string;
  /** What the channel shows of this input in its own transcript; given back to `send` first. */
  readonly echo?: Json;
  readonly input: Input;
};

type EventInput<E> = E extends { readonly at: number; readonly channel: string }
  ? Omit<E, 'at' | 'channel' | 'rule' | 'intent'>
  : never;
/** The kinds of event a channel can bring. */
export type Input = EventInput<
  Extract<Event, { readonly type: 'opened' | 'said' | 'chose' | 'sent' | 'shared' }>
>;

/** What became of an input: saved now, saved before, or refused because too much is still to send. */
export type Receipt = 'taken' | 'repeated' | 'busy';
/** Takes an input in; when it resolves with `taken`, the turn is saved durably. */
export type Receive = (inbound: Inbound) => Promise<Receipt>;

/** Something to send, with an id that stays the same when it is sent again. */
export type Message = { readonly id: string; /** Epoch milliseconds. */ readonly at: number } & (
  | {
      readonly type: 'text';
      readonly text: string;
      readonly question?: Question;
      readonly language: string;
    }
  | { readonly type: 'echo'; readonly echo: Json }
);

/** The ways a send can fail; `in_doubt` is a cut connection, of which nobody knows. */
export type FailureReason =
  'unreachable' | 'throttled' | 'rejected' | 'blocked' | 'misconfigured' | 'in_doubt';
export type SendResult =
  | { readonly type: 'sent' }
  | { readonly type: 'failed'; readonly reason: FailureReason; readonly retryAfterMs?: number };

/** What a channel can show. */
export type Limits = {
  /** Characters in one message. */
  readonly text: number;
  /** Buttons under one message, and characters on one. */
  readonly buttons: number;
  readonly buttonLabel: number;
  /** Rows of a list, and characters in one; 0 rows: the channel has no lists. */
  readonly listRows: number;
  readonly listLabel: number;
  /** What is said in a turn goes out as one message. */
  readonly oneMessageATurn: boolean;
};

/** One network on which supporters are reached. */
export type Channel = {
  readonly name: string;
  readonly limits: Limits;
  /** Sending the same message id twice shows it once. */
  readonly exact: boolean;
  /** Sends one message; a failure is a value. Calls for one address are made in order. */
  send(address: string, message: Message): Promise<SendResult>;
  /** Shows that an answer is being prepared; best effort. */
  showTyping(address: string): void;
};
