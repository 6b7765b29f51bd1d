import type { Campaign } from '../../../engine/campaign.js';
import type { MessageDefinition } from '../message.js';
import { timingOf } from '../timing.js';
import { openSpans } from './open-spans.js';
import { runChannel, type Group, type LateReason } from './run-channel.js';
import type { Served } from './tally.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far ahead is looked. */
const HORIZON_MS = 60 * DAY_MS;
/** Earlier starts that are tried: every five minutes of two days, then every hour of a month. */
const EARLIER_MS: readonly number[] = [
  ...Array.from({ length: 576 }, (_, index) => (index + 1) * 5 * MINUTE_MS),
  ...Array.from({ length: 672 }, (_, index) => 2 * DAY_MS + (index + 1) * 60 * MINUTE_MS),
];

/** When one channel serves how many; epoch milliseconds. */
export type ChannelSchedule = {
  readonly recipients: number;
  /** Messages a second. */
  readonly rate: number;
  readonly start?: number;
  readonly end?: number;
};

/** What is still to be sent of other messages on a channel, from an instant on. */
export type Backlog = { readonly channel: string; readonly people: number; readonly due: number };

export type Schedule = {
  readonly channels: { readonly [channel: string]: ChannelSchedule };
  readonly start?: number;
  readonly end?: number;
  /** People who cannot be served in time, and what is in the way. */
  readonly late: { readonly [reason in LateReason]?: number };
  /** The latest start at which all would be, where some are not. */
  readonly latestSafeStart?: number;
};

/** Works out when a message reaches whom, at the rate of each channel and within the calendar. */
export function schedule(
  definition: Pick<MessageDefinition, 'at' | 'expires' | 'content'>,
  served: readonly Served[],
  campaign: Campaign,
  rates: ReadonlyMap<string, number>,
  now: number,
  backlog: readonly Backlog[] = [],
): Schedule {
  const groups = groupsOf(definition, served, campaign, now);
  const found = runAll(groups, backlog, rates, now, 0);
  if (Object.keys(found.late).length === 0) return found;
  const first = Math.min(...[...groups.values()].flat().map(({ due }) => due));
  for (const earlier of EARLIER_MS) {
    if (first - earlier < now) break;
    const other = runAll(groups, backlog, rates, now, earlier);
    if (Object.keys(other.late).length > 0) continue;
    return { ...found, latestSafeStart: other.start ?? first - earlier };
  }
  return found;
}

function groupsOf(
  definition: Pick<MessageDefinition, 'at' | 'expires' | 'content'>,
  served: readonly Served[],
  campaign: Campaign,
  now: number,
): ReadonlyMap<string, readonly Group[]> {
  const groups = new Map<string, Group[]>();
  const spans = new Map<string | undefined, Group['open']>();
  for (const { channel, territory, people } of served) {
    const timing = timingOf(definition, campaign, territory);
    const { content } = definition;
    const open =
      spans.get(territory) ??
      openSpans(
        campaign.calendar,
        { way: 'message', content, territory },
        { from: now, until: Math.max(now, timing.due) + HORIZON_MS },
      );
    spans.set(territory, open);
    groups.set(channel, [...(groups.get(channel) ?? []), { people, ...timing, open }]);
  }
  return groups;
}

/** Lets every channel serve its groups, all begun so much earlier. */
function runAll(
  groups: ReadonlyMap<string, readonly Group[]>,
  backlog: readonly Backlog[],
  rates: ReadonlyMap<string, number>,
  now: number,
  earlierMs: number,
): Schedule {
  const channels: Record<string, ChannelSchedule> = {};
  const late: { [reason in LateReason]?: number } = {};
  for (const [channel, own] of groups) {
    const rate = rates.get(channel) ?? 1;
    const moved = own.map((group) => ({ ...group, due: Math.max(now, group.due - earlierMs) }));
    const others = backlog
      .filter((one) => one.channel === channel)
      .map(({ people, due }): Group => {
        const open = [{ from: now, until: now + HORIZON_MS }];
        return { people, due: Math.max(now, due), open, other: true };
      });
    const run = runChannel([...others, ...moved], rate, now);
    const recipients = own.reduce((sum, { people }) => sum + people, 0);
    channels[channel] = { recipients, rate, ...run.served };
    for (const [reason, people] of lateOf(run.late)) late[reason] = (late[reason] ?? 0) + people;
  }
  const starts = Object.values(channels).flatMap(({ start }) => start ?? []);
  const ends = Object.values(channels).flatMap(({ end }) => end ?? []);
  return {
    channels,
    late,
    ...(starts.length === 0 ? {} : { start: Math.min(...starts), end: Math.max(...ends) }),
  };
}

const LATE_REASONS: readonly LateReason[] = ['silence', 'polls-closed', 'expired', 'never'];

function lateOf(late: { readonly [reason in LateReason]?: number }) {
  return LATE_REASONS.flatMap((reason) => {
    const people = late[reason];
    return people === undefined ? [] : [[reason, people] as const];
  });
}
