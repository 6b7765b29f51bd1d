import { pageAlong, type Part } from '../../store/page-along.js';
import type { Query } from '../../store/table.js';
import type { DonationRow, DonationState } from '../book/donation.js';
import type { Donations } from '../book/donations.js';

/** Found by a reference; whoever finds more writes more of it. */
const MOST_FOUND = 50;
/** Signs of a reference that few gifts share. */
const LEAST_SIGNS = 4;

export type DonationQuery = {
  /** Gifts that are only tried out, or those with which money moves. */
  readonly trial: boolean;
  readonly state?: DonationState | undefined;
  readonly channel?: string | undefined;
  /** Instants between which it was begun. */
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
};

/** Gifts, those begun last first, a part at a time along an index. */
export async function listDonations(
  { donations }: Pick<Donations, 'donations'>,
  { trial, state, channel, from, until, before, limit }: DonationQuery,
): Promise<Part<DonationRow>> {
  const within = {
    ...(from === undefined ? {} : { $gte: from }),
    ...(until === undefined ? {} : { $lt: until }),
  };
  const filter: Query = {
    gateway: gatewayOf(trial),
    ...(state === undefined ? {} : { state }),
    ...(channel === undefined ? {} : { 'reach.channel': channel }),
    ...(Object.keys(within).length === 0 ? {} : { at: within }),
  };
  return pageAlong(donations, { filter, field: 'at', order: -1, before, limit });
}

/** Those of a reference or its beginning, of a whole id, or of a payment at the gateway. */
export async function searchDonations(
  { donations }: Pick<Donations, 'donations'>,
  q: string,
): Promise<readonly DonationRow[]> {
  const text = q.trim();
  const known = await donations.get(text);
  if (known !== undefined) return [known];
  const paid = await donations.find({ payment: text }, { limit: MOST_FOUND });
  if (paid.length > 0) return paid;
  const signs = text.replaceAll('-', '').toLowerCase();
  if (!/^[\da-f]+$/.test(signs) || signs.length < LEAST_SIGNS || signs.length > 12) return [];
  const from = signs.length > 8 ? `${signs.slice(0, 8)}-${signs.slice(8)}` : signs;
  const query = { _id: { $gte: from, $lt: `${from}~` } };
  return donations.find(query, { sort: { _id: 1 }, limit: MOST_FOUND });
}

/** Which gateways count: what is tried out never stands beside what was given. */
export function gatewayOf(trial: boolean): Query[string] {
  return trial ? 'sandbox' : { $ne: 'sandbox' };
}
