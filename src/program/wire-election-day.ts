import type { Settings } from '../config.js';
import type { ActionHandler } from '../conversation/action-handler.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { createElectionDay } from '../outreach/election-day/election-day.js';
import { createPairing } from '../outreach/proxies/pair-proxies.js';
import { createProxyDesk } from '../outreach/proxies/proxy-desk.js';
import { createTelling } from '../outreach/proxies/tell-proxies.js';
import type { Conversation } from '../conversation/conversation.js';
import { findCurrent } from '../supporters/find-current.js';
import type { SupporterRecord } from '../supporters/record.js';
import { messageWays } from './message-ways.js';
import type { Tables } from './open-tables.js';

export type WireElectionDayOptions = {
  readonly settings: Settings;
  readonly tables: Pick<
    Tables,
    'people' | 'messages' | 'deliveries' | 'votePlans' | 'votes' | 'proxies'
  >;
  library(): Library;
  /** The conversation that these serve; asked for when they are used, for it is made with them. */
  conversation(): Pick<Conversation, 'read' | 'happen'>;
  readonly log: Log;
  now(): number;
};

/** Wires what flows ask about the day itself. */
export function wireElectionDay(options: WireElectionDayOptions): {
  readonly actions: ReadonlyMap<string, ActionHandler>;
  /** Looks after proxies: who is to be asked, told or handed on now. */
  lookAfterProxies(): Promise<void>;
} {
  const { settings, tables, conversation, log, library, now } = options;
  const { people, messages, deliveries, votePlans: plans, votes, proxies } = tables;
  const ways = messageWays(settings);
  const campaign = () => library().campaign;
  const get = (supporter: string) => conversation().read(supporter);
  const find = (supporter: string): Promise<SupporterRecord | undefined> =>
    findCurrent(supporter, people.supporters.table, get);
  const report = (error: unknown): void => log.error({ err: error }, 'proxies');
  const pairing = createPairing(proxies, now);
  const telling = createTelling({
    proxies,
    pairing,
    addresses: people.addresses,
    ways,
    find,
    campaign,
    startFlow: (supporter, flow, id, reach) =>
      conversation().happen(supporter, { type: 'started', flow }, id, reach),
    report,
    now,
  });
  const desk = createProxyDesk({ proxies, pairing, telling, find, campaign, report, now });
  const day = createElectionDay({
    messages,
    deliveries,
    plans,
    votes,
    ways,
    get,
    campaign,
    now,
  });
  return {
    actions: new Map<string, ActionHandler>([
      ['vote.plan', day.plan],
      ['vote.recall', day.recall],
      ['vote.done', day.done],
      ['proxy.request', desk.request],
      ['proxy.offer', desk.offer],
      ['proxy.news', desk.news],
      ['proxy.accept', desk.accept],
      ['proxy.decline', desk.decline],
      ['proxy.confirm', desk.confirm],
      ['proxy.cancel', desk.cancel],
    ]),
    async lookAfterProxies() {
      await desk.lookOn();
      await telling.tellDue();
    },
  };
}
