import type { DonationRow } from '../book/donation.js';
import type { Donations } from '../book/donations.js';

/** The donation of a reference, or of a whole id; undefined when there is none. */
export async function findDonation(
  { donations }: Pick<Donations, 'donations'>,
  named: string,
): Promise<DonationRow | undefined> {
  const known = await donations.get(named);
  if (known !== undefined) return known;
  const [, begin = '', rest = ''] = /^([\da-f]{8})-?([\da-f]{2})$/i.exec(named.trim()) ?? [];
  if (begin === '') return undefined;
  const from = `${begin}-${rest}`.toLowerCase();
  const found = await donations.find({ _id: { $gte: from, $lt: `${from}~` } }, { limit: 2 });
  // One that was paid twice has two rows; the first is meant, the other is named by its whole id.
  return found[0];
}
