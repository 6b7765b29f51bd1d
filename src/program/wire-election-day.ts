import type { Settings } from '../config.js';
import type { ActionHandler } from '../conversation/action-handler.js';
import type { Library } from '../engine/flow.js';
import { createElectionDay } from '../outreach/election-day/election-day.js';
import type { SupporterRecord } from '../supporters/record.js';
import { messageWays } from './message-ways.js';
import type { Tables } from './open-tables.js';

export type WireElectionDayOptions = {
  readonly settings: Settings;
  readonly tables: Pick<Tables, 'messages' | 'deliveries' | 'votePlans' | 'votes'>;
  library(): Library;
  get(supporter: string): Promise<SupporterRecord | undefined>;
  now(): number;
};

/** Wires what flows ask about the day itself. */
export function wireElectionDay({ settings, tables, library, get, now }: WireElectionDayOptions): {
  readonly actions: ReadonlyMap<string, ActionHandler>;
} {
  const { messages, deliveries, votePlans: plans, votes } = tables;
  const ways = messageWays(settings);
  const day = createElectionDay({
    messages,
    deliveries,
    plans,
    votes,
    ways,
    get,
    campaign: () => library().campaign,
    now,
  });
  return {
    actions: new Map<string, ActionHandler>([
      ['vote.plan', day.plan],
      ['vote.recall', day.recall],
      ['vote.done', day.done],
    ]),
  };
}
