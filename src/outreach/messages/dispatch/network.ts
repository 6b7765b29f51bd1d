import type { Permit, Refusal } from '../../../engine/calendar/permit.js';

/** What is sent; `id` stays the same when it is sent again. */
export type Sending = {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly text: string;
  readonly language: string;
};

/** What became of a send; `id` is the network's own. Withheld, it never reached the network. */
export type SendOutcome =
  | { readonly type: 'sent'; readonly id?: string }
  | { readonly type: 'withheld'; readonly refusal: Refusal }
  | {
      readonly type: 'failed';
      readonly reason:
        | 'unreachable'
        | 'throttled'
        | 'rejected'
        | 'blocked'
        | 'misconfigured'
        | 'in_doubt';
      readonly retryAfterMs?: number;
    };

/** A channel as messages use it. */
export type Network = {
  /** Sending the same id twice shows it once. */
  readonly exact: boolean;
  /** Messages a second. */
  readonly perSecond: number;
  /** Sends when its turn comes, and asks `mayLeave` in the last moment before. */
  send(address: string, sending: Sending, mayLeave: () => Permit | Refusal): Promise<SendOutcome>;
  /** Does something when the turn of one message comes. */
  pace<T>(work: () => Promise<T>): Promise<T>;
};
