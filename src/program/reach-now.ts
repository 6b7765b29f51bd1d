import { Permit, type Content } from '../engine/calendar/permit.js';
import { territoryOf } from '../engine/calendar/territory-of.js';
import type { Campaign } from '../engine/campaign.js';
import type { Purpose } from '../engine/flow.js';
import { CHANNELS } from '../outreach/election-day/plan-reminder.js';
import { latestOn } from '../outreach/messages/dispatch/decide-send.js';
import { wayFor, type Ways } from '../outreach/messages/way-for.js';
import type { Addresses } from '../supporters/addresses.js';
import { viewSupporter } from '../supporters/profile.js';
import type { Reach, SupporterRecord } from '../supporters/record.js';

/** How often it is looked whether the team is done with the conversation. */
const TEAM_MS = 600_000;

/** Whether somebody may be written to at this moment, and where; else when to ask again, or never. */
export type ReachNow =
  | { readonly type: 'reach'; readonly reach: Reach }
  /** Epoch milliseconds. */
  | { readonly type: 'wait'; readonly until: number }
  | { readonly type: 'none' };

/** Asks the consents, the channels and the calendar, all as they are now. */
export async function reachNow(
  record: SupporterRecord,
  about: { readonly purpose: Purpose; readonly content: Content },
  options: {
    readonly addresses: Pick<Addresses, 'ofSupporter'>;
    readonly ways: Ways;
    campaign(): Campaign;
    now(): number;
  },
): Promise<ReachNow> {
  const { campaign, now } = options;
  const { purpose, content } = about;
  const way = wayFor(record, { purpose, channels: CHANNELS }, options.ways, now());
  if (way.type === 'none') {
    if (way.reason !== 'with_team') return { type: 'none' };
    return { type: 'wait', until: now() + TEAM_MS };
  }
  const territory = territoryOf(campaign().country, viewSupporter(record).profile);
  const leaving = { way: 'message', content, territory } as const;
  const permit = Permit.ask(campaign().calendar, leaving, now());
  if (permit.type === 'refused') return { type: 'wait', until: permit.until };
  const places = await options.addresses.ofSupporter(record._id);
  const open = places.filter(({ reachable }) => reachable);
  const [place] = way.channels.flatMap((channel) => latestOn(channel, open, record) ?? []);
  if (place === undefined) return { type: 'none' };
  return { type: 'reach', reach: { channel: place.channel, address: place.address } };
}
