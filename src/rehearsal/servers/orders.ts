import type { FaultLevel } from '../rehearsal.js';
import type { NetworkTally } from './tally.js';

/** Networks that are simulated. */
export type Simulated = 'telegram' | 'whatsapp';

/** What the process of the simulated networks is started with. */
export type ServersOptions = {
  /** Where it writes what the networks took in, a line each. */
  readonly acceptedFile: string;
  readonly networks: { readonly [network in Simulated]?: { readonly perSecond: number } };
  readonly faults: FaultLevel;
  /** Texts of the reminder. */
  readonly reminders: readonly string[];
  readonly telegramToken: string;
  readonly phoneNumberId: string;
  readonly appSecret: string;
};

/** What it is told. */
export type Order =
  | { readonly type: 'webhook'; readonly url: string }
  | { readonly type: 'go_away'; readonly network: Simulated }
  /** Nobody writes any more. */
  | { readonly type: 'quiet' }
  | { readonly type: 'end' };

/** What it tells. */
export type News =
  | { readonly type: 'ready'; readonly urls: { readonly [network in Simulated]?: string } }
  | { readonly type: 'counted'; readonly accepted: number; readonly unanswered: number }
  | {
      readonly type: 'ended';
      readonly tallies: { readonly [network in Simulated]?: NetworkTally };
    };
