import type { Campaign } from '../../../engine/campaign.js';
import type { Supporters } from '../../../supporters/supporters.js';
import type { Audience } from '../audience.js';
import type { Deliveries } from '../deliveries.js';
import type { MessageDefinition } from '../message.js';
import type { MessageRow, Messages } from '../messages.js';
import { CANDIDATE_FIELDS, type NoWayReason, type Ways } from '../way-for.js';
import { openRecentlyWrittenTo } from './recently-written-to.js';
import { schedule, type Backlog, type Schedule } from './schedule.js';
import { createTally, type Served } from './tally.js';

const DAY_MS = 86_400_000;
/** People counted between two words of progress. */
const TOLD_EVERY = 50_000;

/** Who gets a message when, and why others do not. */
export type Plan = Schedule & {
  readonly recipients: number;
  readonly cannot: { readonly [reason in NoWayReason]?: number };
  /** Where the recipients vote, and on which channel each is first tried. */
  readonly served: readonly Served[];
};

export type PlanOptions = {
  readonly supporters: Pick<Supporters, 'table'>;
  readonly deliveries: Pick<Deliveries, 'table'>;
  readonly messages: Pick<Messages, 'findRecent' | 'findActive'>;
  readonly campaign: Campaign;
  readonly ways: Ways;
  /** Messages a second, by channel. */
  readonly rates: ReadonlyMap<string, number>;
  readonly audience: Pick<Audience, 'query'>;
  /** Told now and then how many were counted. */
  progress?(people: number): void;
  now(): number;
};

/**
 * Plans a message: reads everybody of its segment once, some fields of each, and writes nothing. A million
 * people take no more memory than a thousand.
 */
export async function planMessage(
  { id, definition }: { readonly id: string; readonly definition: MessageDefinition },
  options: PlanOptions,
): Promise<Plan> {
  const { supporters, deliveries, campaign, ways } = options;
  const now = options.now();
  const tally = createTally(definition, campaign, ways, now);
  const cap = definition.frequencyCap ?? campaign.frequencyCap;
  const since = new Date(now - (cap === 'none' ? 0 : cap.days * DAY_MS));
  const recent = cap === 'none' ? [] : await options.messages.findRecent(since);
  const others = recent.map(({ _id }) => _id).filter((other) => other !== id);
  const written = openRecentlyWrittenTo(deliveries, others, since);
  const query = await options.audience.query(definition.segment, now);
  const sort = others.length === 0 ? {} : { sort: { _id: 1 } };
  let people = 0;
  for await (const person of supporters.table.streamFields(query, CANDIDATE_FIELDS, sort)) {
    const isCapped =
      cap !== 'none' &&
      others.length >= cap.messages &&
      (await written.countFor(person._id)) >= cap.messages;
    tally.add(person, isCapped);
    people += 1;
    if (people % TOLD_EVERY === 0) options.progress?.(people);
  }
  const active = await options.messages.findActive();
  const served = tally.served();
  return {
    recipients: served.reduce((sum, one) => sum + one.people, 0),
    cannot: tally.cannot(),
    served,
    ...schedule(definition, served, campaign, options.rates, now, backlogOf(id, active)),
  };
}

/** What other messages that were sent before still have to send. */
function backlogOf(id: string, active: readonly MessageRow[]): Backlog[] {
  return active.flatMap(
    ({ _id, state, recipients = 0, by_channel: planned, made, starts_at: at }) => {
      if (_id === id || state === 'paused' || planned === undefined || recipients === 0) return [];
      const left = Math.max(0, 1 - made / recipients);
      return Object.entries(planned).map(([channel, people]) => ({
        channel,
        people: Math.ceil(people * left),
        due: at?.getTime() ?? 0,
      }));
    },
  );
}
