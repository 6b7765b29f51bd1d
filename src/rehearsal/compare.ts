import type { Accepted, Outage } from './rehearsal.js';

/** What the program holds of one delivery once it is over. */
export type Delivered = {
  readonly supporter: string;
  readonly channel: string;
  readonly state: string;
  readonly reason?: string;
};

/** What was planned, what the program believes, and what the networks really took in. */
export type Evidence = {
  /** Whom the reminder has to reach, by id. */
  readonly promised: ReadonlySet<string>;
  /** Whose an address is, by `<channel>:<address>`. */
  readonly ownerOf: ReadonlyMap<string, string>;
  readonly deliveries: readonly Delivered[];
  readonly accepted: readonly Accepted[];
  /** How many the plan promised, and until when, by channel; epoch milliseconds. */
  readonly plan: {
    readonly [channel: string]: { readonly recipients: number; readonly endsAt: number };
  };
  readonly outages: readonly Outage[];
};

/** What came of the planned messages; each is counted once, by the state it ended in. */
export type Figures = {
  readonly planned: number;
  readonly sent: number;
  /** Nobody knows whether they arrived. */
  readonly unknown: number;
  readonly failed: number;
  readonly skipped: number;
  /** Neither arrived nor told of. */
  readonly lost: number;
  /** Copies beyond the first. */
  readonly doubled: number;
  /** Arrived later than a minute after the planned end, outages taken off. */
  readonly late: number;
};

export type Comparison = Figures & {
  readonly channels: { readonly [channel: string]: Figures };
  /** Those in doubt, and whether they did arrive. */
  readonly doubted: readonly {
    readonly supporter: string;
    readonly channel: string;
    readonly arrived: boolean;
  }[];
  /** Arrived at somebody who never agreed. */
  readonly uninvited: number;
};

/** A message this much after the planned end is late. */
const GRACE_MS = 60_000;
const SENT = ['sent', 'delivered', 'read'];

type Counts = { -readonly [figure in keyof Figures]: Figures[figure] };

/** Compares what was planned with what the networks took in. */
export function compare(evidence: Evidence): Comparison {
  const { promised, ownerOf, deliveries, accepted, plan } = evidence;
  const channels = new Map<string, Counts>();
  const countsOf = (channel: string): Counts => {
    const known = channels.get(channel) ?? none();
    channels.set(channel, known);
    return known;
  };
  for (const [channel, { recipients }] of Object.entries(plan))
    countsOf(channel).planned = recipients;

  const channelsOf = new Map<string, string[]>();
  for (const [id, owner] of ownerOf) {
    const channel = id.slice(0, id.indexOf(':'));
    channelsOf.set(owner, [...(channelsOf.get(owner) ?? []), channel]);
  }
  const copies = new Map<string, number>();
  let uninvited = 0;
  for (const { channel, address, at } of accepted) {
    const owner = ownerOf.get(`${channel}:${address}`);
    if (owner === undefined || !promised.has(owner)) uninvited += 1;
    const before = copies.get(owner ?? address) ?? 0;
    copies.set(owner ?? address, before + 1);
    if (before > 0) countsOf(channel).doubled += 1;
    // Who could not be reached where it was planned gets it elsewhere, once that is known.
    const tried = [channel, ...(channelsOf.get(owner ?? '') ?? [])];
    const due = Math.max(...tried.map((one) => dueBy(one, at, evidence)));
    if (at > due) countsOf(channel).late += 1;
  }

  const doubted: Comparison['doubted'][number][] = [];
  const met = new Set<string>();
  for (const { supporter, channel, state } of deliveries) {
    met.add(supporter);
    const counts = countsOf(channel);
    const arrived = copies.has(supporter);
    if (SENT.includes(state)) {
      counts.sent += 1;
      if (!arrived) counts.lost += 1;
    } else if (state === 'unknown') {
      counts.unknown += 1;
      doubted.push({ supporter, channel, arrived });
    } else if (state === 'failed' || state === 'skipped') {
      counts[state] += 1;
      // Given up, although nothing stood in the way.
      if (promised.has(supporter) && !arrived) counts.lost += 1;
    } else {
      counts.lost += 1;
    }
  }
  const first = Object.keys(plan)[0] ?? 'none';
  for (const supporter of promised) if (!met.has(supporter)) countsOf(first).lost += 1;
  return {
    ...sumOf([...channels.values()]),
    channels: Object.fromEntries(channels),
    doubted,
    uninvited,
  };
}

/** Until when what arrived at an instant had to; what was away by then is made good. */
function dueBy(channel: string, at: number, { plan, outages }: Evidence): number {
  const ends = Object.values(plan).map(({ endsAt }) => endsAt);
  const end = plan[channel]?.endsAt ?? Math.max(...ends);
  const concerns = outages.filter(({ of }) => !(of in plan) || of === channel);
  return end + GRACE_MS + awayMs(concerns, at);
}

/** How long something was away before an instant; what overlaps counts once. */
export function awayMs(outages: readonly Pick<Outage, 'from' | 'until'>[], at: number): number {
  let total = 0;
  let counted = -Infinity;
  for (const { from, until } of outages.toSorted((one, other) => one.from - other.from)) {
    const begin = Math.max(from, counted);
    const end = Math.min(until, at);
    if (end <= begin) continue;
    total += end - begin;
    counted = end;
  }
  return total;
}

function none(): Counts {
  return { planned: 0, sent: 0, unknown: 0, failed: 0, skipped: 0, lost: 0, doubled: 0, late: 0 };
}

function sumOf(all: readonly Figures[]): Figures {
  const total = none();
  for (const one of all) {
    total.planned += one.planned;
    total.sent += one.sent;
    total.unknown += one.unknown;
    total.failed += one.failed;
    total.skipped += one.skipped;
    total.lost += one.lost;
    total.doubled += one.doubled;
    total.late += one.late;
  }
  return total;
}
