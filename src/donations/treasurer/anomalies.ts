import { fold } from '../../engine/fold.js';
import { excessOf } from '../rules/decide-donation.js';
import { donationReference, givenCents, type DonationRow } from '../book/donation.js';
import type { Donations } from '../book/donations.js';

export const ANOMALIES = [
  'over_ceiling',
  'same_donor',
  'late',
  'paid_twice',
  'other_amount',
  'unidentified',
  'refund_unauthorised',
  'refund_failed',
  'refund_unfinished',
  'disputed',
  'pending_long',
] as const;
/** What the treasurer should look at. */
export type AnomalyKind = (typeof ANOMALIES)[number];

export type Anomaly = {
  readonly kind: AnomalyKind;
  /** References of the gifts it is about. */
  readonly donations: readonly string[];
  /** What is to be returned, or is in question; in minor units. */
  readonly cents: number;
  readonly supporter?: string;
};

/** What of a donation tells whether something is odd. */
const LOOKED_AT = [
  'state',
  'supporter',
  'election',
  'ceiling_cents',
  'cents',
  'paid_cents',
  'late',
  'again',
  'donor',
  'refunds',
  'disputes',
  'at',
] as const;
type Looked = Pick<DonationRow, (typeof LOOKED_AT)[number] | '_id'>;

/** They are read in the order in which they were begun, along the index that has it: none is sorted. */
const ORDER = { at: 1, _id: 1 } as const;
const ALONG = { at: -1, _id: -1 } as const;

const DAY_MS = 86_400_000;
/** A debit is through in two weeks at the most. */
const PENDING_MS = 14 * DAY_MS;
const UNFINISHED_MS = 3_600_000;

/** What one gift alone shows. */
export function anomaliesOf(row: Looked, at: number): readonly Anomaly[] {
  const donations = [donationReference(row._id)];
  const { supporter, paid_cents: paid = 0 } = row;
  const found = (kind: AnomalyKind, cents: number): Anomaly => ({
    kind,
    donations,
    cents,
    supporter,
  });
  if (row.state === 'pending') {
    return at - row.at.getTime() > PENDING_MS ? [found('pending_long', row.cents)] : [];
  }
  if (row.state !== 'paid') return [];
  const isUnfinished = (since: Date): boolean => at - since.getTime() > UNFINISHED_MS;
  return [
    ...(row.late === true && row.again !== true ? [found('late', paid)] : []),
    ...(row.again === true ? [found('paid_twice', paid)] : []),
    ...(paid === row.cents ? [] : [found('other_amount', paid - row.cents)]),
    ...(row.donor === undefined ? [found('unidentified', paid)] : []),
    ...row.refunds.flatMap(({ state, by, cents, at: since }) => {
      if (state === 'failed') return [found('refund_failed', cents)];
      if (state === 'asked') return isUnfinished(since) ? [found('refund_unfinished', cents)] : [];
      return by === undefined ? [found('refund_unauthorised', cents)] : [];
    }),
    ...row.disputes
      .filter(({ state }) => state !== 'won')
      .map(({ cents }) => found('disputed', cents)),
  ];
}

/**
 * Everything the treasurer should look at: what gifts show by themselves; who gave more than the ceiling, by
 * all merged profiles; and gifts from several profiles in one name, at one address, that come to more.
 * `ownerOf` tells whose a profile is now.
 */
export async function* findAnomalies(
  { donations }: Pick<Donations, 'donations'>,
  ownerOf: (supporter: string) => string,
  trial: boolean,
  at: number,
): AsyncIterable<Anomaly> {
  const people = new Map<string, Sum>();
  const names = new Map<string, Sum>();
  const gateway = trial ? 'sandbox' : { $ne: 'sandbox' };
  const looked = { state: { $in: ['paid', 'pending'] }, gateway };
  for await (const row of donations.streamFields(looked, LOOKED_AT, {
    sort: ORDER,
    along: ALONG,
  })) {
    yield* anomaliesOf(row, at);
    if (row.state !== 'paid') continue;
    const owner = ownerOf(row.supporter);
    add(people, `${row.election} ${owner}`, row, owner);
    const name = nameOf(row);
    if (name !== undefined) add(names, `${row.election} ${name}`, row, owner);
  }
  for (const sum of people.values()) yield* overCeiling('over_ceiling', sum);
  for (const sum of names.values()) if (sum.owners.size > 1) yield* overCeiling('same_donor', sum);
}

type Sum = {
  readonly donations: string[];
  readonly owners: Set<string>;
  cents: number;
  ceiling: number | undefined;
};

function add(sums: Map<string, Sum>, key: string, row: Looked, owner: string): void {
  const sum = sums.get(key) ?? { donations: [], owners: new Set(), cents: 0, ceiling: undefined };
  sum.donations.push(donationReference(row._id));
  sum.owners.add(owner);
  sum.cents += givenCents(row);
  sum.ceiling = row.ceiling_cents;
  sums.set(key, sum);
}

function* overCeiling(kind: AnomalyKind, sum: Sum): Iterable<Anomaly> {
  const { ceiling, cents, donations, owners } = sum;
  const excess = excessOf(ceiling === undefined ? {} : { ceilingCents: ceiling }, {
    givenCents: cents,
  });
  if (excess === 0) return;
  const [owner] = owners;
  yield {
    kind,
    donations,
    cents: excess,
    ...(owner === undefined || owners.size > 1 ? {} : { supporter: owner }),
  };
}

/** Who gave, by name and home; what is written in another way may be the same person still. */
function nameOf({ donor }: Looked): string | undefined {
  const { first_name: first, last_name: last, postal_code: code, street } = donor ?? {};
  if (first === undefined || last === undefined || street === undefined) return undefined;
  return [first, last, code ?? '', street].map(fold).join('|');
}
