import type { Connection } from 'mongoose';
import type { Channel } from '../channels/channel.js';
import type { Settings } from '../config.js';
import type { Conversation } from '../conversation/conversation.js';
import { isDead } from '../conversation/sweep.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { createDispatcher, type Dispatcher } from '../outreach/messages/dispatch/dispatcher.js';
import type { Network } from '../outreach/messages/dispatch/network.js';
import type { Throttle } from '../outreach/throttle.js';
import type { NamedLease } from '../store/leases.js';
import { messageRates, messageWays } from './message-ways.js';
import type { Tables } from './open-tables.js';
import { wireAudience } from './wire-audience.js';

/** One process makes the deliveries of a message; another goes on so long after it died. */
const MAKE_LEASE_MS = 10_000;

export type WireOutreachOptions = {
  readonly settings: Settings;
  readonly connection: Connection;
  readonly tables: Pick<Tables, 'people' | 'messages' | 'deliveries' | 'votes'>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly throttles: ReadonlyMap<string, Pick<Throttle, 'run'>>;
  readonly conversation: Pick<Conversation, 'happen'>;
  readonly metrics: Pick<Metrics, 'countDelivery'>;
  readonly log: Log;
  /** Names this process in claims. */
  readonly owner: string;
  lease(name: string, lastsMs: number): NamedLease;
  library(): Library;
  now(): number;
};

/** Wires what sends campaign messages. */
export function wireOutreach(options: WireOutreachOptions): Dispatcher {
  const { settings, tables, channels, throttles, conversation, log, library, now } = options;
  const rates = messageRates(settings);
  const networks = new Map(
    [...channels.values()].map((channel): [string, Network] => {
      const throttle = throttles.get(channel.name);
      const perSecond = rates.get(channel.name) ?? 1;
      return [
        channel.name,
        {
          exact: channel.exact,
          perSecond,
          send: (address, sending, mayLeave) =>
            channel.send(address, { type: 'text', bulk: true, ...sending }, mayLeave),
          pace: (work) => throttle?.run(true, work) ?? work(),
        },
      ];
    }),
  );
  return createDispatcher({
    ...tables.people,
    messages: tables.messages,
    deliveries: tables.deliveries,
    networks,
    audience: wireAudience(options.connection, () => library().campaign),
    ways: messageWays(settings),
    whoVoted: (people) => tables.votes.among(people, library().campaign, now()),
    campaign: () => library().campaign,
    owner: options.owner,
    isDead: (owner) => isDead(owner, options.owner),
    lease: (message) => options.lease(`deliveries of ${message}`, MAKE_LEASE_MS),
    startFlow: (supporter, flow, id, reach) =>
      conversation.happen(supporter, { type: 'started', flow }, id, reach),
    async askAgain(supporter, id) {
      const record = await tables.people.supporters.get(supporter);
      const flow = record?.session.frames.find(({ flow: name }) => library().flow(name))?.flow;
      if (flow === undefined) return;
      await conversation.happen(supporter, { type: 'started', flow }, `again ${id}`);
    },
    observe: (channel, state, reason) => options.metrics.countDelivery(channel, state, reason),
    changed: ({ _id, state }) => log.info({ message: _id, state }, 'campaign message'),
    report: (error) => log.error({ err: error }, 'campaign message'),
    now,
  });
}
