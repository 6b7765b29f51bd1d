import type { Donations } from '../book/donations.js';
import { gatewayOf } from './list-donations.js';

/** What came in and went back again; cents are minor units. */
export type Total = {
  readonly gifts: number;
  readonly paidCents: number;
  /** Returned, or lost in a dispute. */
  readonly returnedCents: number;
};

export type DonationSums = Total & {
  /** Days that have a gift, in order, as `2032-02-21`. */
  readonly days: readonly (Total & { readonly day: string })[];
  /** Those with the most first; an empty name: nobody knows which. */
  readonly channels: readonly (Total & { readonly channel: string })[];
};

/** What was paid on one day by one channel. */
export type DayTotal = Total & { readonly day: string; readonly channel: string };

type Group = Total & { readonly _id: { readonly day: string; readonly channel?: string } };

const centsOf = (field: string, state: string) => ({
  $sum: {
    $map: {
      input: { $filter: { input: field, cond: { $eq: ['$$this.state', state] } } },
      in: '$$this.cents',
    },
  },
});

/** What was paid between two instants, by the day on a clock and by channel; the store adds it up along an index. */
export async function totalDays(
  { donations }: Pick<Donations, 'donations'>,
  time: { readonly from: Date; readonly until: Date; readonly timezone: string },
  trial: boolean,
): Promise<readonly DayTotal[]> {
  const { from, until, timezone } = time;
  const groups = await donations.aggregate<Group>([
    {
      $match: {
        paid_at: { $gte: from, $lt: until },
        state: 'paid',
        gateway: gatewayOf(trial),
      },
    },
    {
      $group: {
        _id: {
          day: { $dateToString: { date: '$paid_at', format: '%Y-%m-%d', timezone } },
          channel: '$reach.channel',
        },
        gifts: { $sum: 1 },
        paidCents: { $sum: '$paid_cents' },
        returnedCents: {
          $sum: { $add: [centsOf('$refunds', 'done'), centsOf('$disputes', 'lost')] },
        },
      },
    },
  ]);
  return groups.map(({ _id: { day, channel = '' }, gifts, paidCents, returnedCents }) => ({
    day,
    channel,
    gifts,
    paidCents,
    returnedCents,
  }));
}

/** Days as a whole, day by day and by channel; pure. */
export function sumDays(totals: readonly DayTotal[]): DonationSums {
  const by = (name: (total: DayTotal) => string): [string, Total][] =>
    [...new Set(totals.map(name))].map((one) => [
      one,
      addUp(totals.filter((total) => name(total) === one)),
    ]);
  return {
    ...addUp(totals),
    days: by(({ day }) => day)
      .map(([day, total]) => ({ day, ...total }))
      .sort((one, other) => (one.day < other.day ? -1 : 1)),
    channels: by(({ channel }) => channel)
      .map(([channel, total]) => ({ channel, ...total }))
      .sort((one, other) => keptOf(other) - keptOf(one)),
  };
}

/** What is left of it. */
export function keptOf({ paidCents, returnedCents }: Total): number {
  return paidCents - returnedCents;
}

function addUp(totals: readonly Total[]): Total {
  const sum = (of: (total: Total) => number): number =>
    totals.reduce((all, total) => all + of(total), 0);
  return {
    gifts: sum(({ gifts }) => gifts),
    paidCents: sum(({ paidCents }) => paidCents),
    returnedCents: sum(({ returnedCents }) => returnedCents),
  };
}
