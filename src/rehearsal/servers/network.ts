import type { Faults } from './faults.js';
import type { NetworkTally } from './tally.js';

/** What a simulated network is made with. */
export type NetworkOptions = {
  /** Messages in a second that it lets through, all chats together. */
  readonly perSecond: number;
  readonly faults: Faults;
  /** Texts of the reminder, by which it is told from answers. */
  readonly reminders: ReadonlySet<string>;
  /** Share of people who write something once they have the reminder, from 0 to 1. */
  talkative(): number;
  readonly tally: NetworkTally;
  /** Told of every reminder that it took in. */
  accepted(address: string, at: number): void;
  /** From 0 to 1. */
  random(): number;
};

/** What people write once they have the reminder. */
export const QUESTION = 'Où est mon bureau de vote ?';
/** They take so long to write, at least and more or less, in milliseconds. */
export const THINKS_MS = { least: 1_500, more: 3_000 };
/** A network measures at its own end, where some that were sent apart arrive together. */
export const TOLERANCE = 1.02;
