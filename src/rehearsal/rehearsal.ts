/** Channels that can be rehearsed: two networks are simulated, web chat is our own. */
export const REHEARSED = ['telegram', 'whatsapp', 'web'] as const;
export type Rehearsed = (typeof REHEARSED)[number];

/** How much goes wrong: nothing, what happens on any day, or a bad day. */
export const FAULT_LEVELS = ['none', 'some', 'all'] as const;
export type FaultLevel = (typeof FAULT_LEVELS)[number];

/** What is rehearsed. */
export type Rehearsal = {
  readonly supporters: number;
  readonly channels: readonly Rehearsed[];
  readonly faults: FaultLevel;
  /** Processes of ours that are killed while they send. */
  readonly kills: number;
  /** A store, one for the web and two workers, instead of one process that does all. */
  readonly processes: boolean;
  /** What the simulated networks allow in a second, all chats together. */
  readonly rates: { readonly telegram: number; readonly whatsapp: number };
};

/** A message that a network took in, or web chat shows. */
export type Accepted = {
  readonly channel: Rehearsed;
  readonly address: string;
  /** Epoch milliseconds. */
  readonly at: number;
};

/** A time in which something was away; epoch milliseconds. */
export type Outage = {
  /** A network, or the process of ours that was killed. */
  readonly of: string;
  readonly from: number;
  readonly until: number;
};
