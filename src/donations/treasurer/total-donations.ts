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

type Group = Total & { readonly _id: { readonly day: string; readonly channel?: string } };

const centsOf = (field: string, state: string) => ({
  $sum: {
    $map: {
      input: { $filter: { input: field, cond: { $eq: ['$$this.state', state] } } },
      in: '$$this.cents',
    },
  },
});

/** Adds up what was paid between two instants, by the day on a clock and by channel; the store does it. */
export async function totalDonations(
  { donations }: Pick<Donations, 'donations'>,
  time: { readonly from: Date; readonly until: Date; readonly timezone: string },
  trial: boolean,
): Promise<DonationSums> {
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
  const by = (name: (group: Group) => string): [string, Total][] =>
    [...new Set(groups.map(name))].map((one) => [
      one,
      addUp(groups.filter((group) => name(group) === one)),
    ]);
  return {
    ...addUp(groups),
    days: by(({ _id }) => _id.day)
      .map(([day, total]) => ({ day, ...total }))
      .sort((one, other) => (one.day < other.day ? -1 : 1)),
    channels: by(({ _id }) => _id.channel ?? '')
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
