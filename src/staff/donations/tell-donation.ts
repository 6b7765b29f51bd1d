import { donationReference, givenCents, type DonationRow } from '../../donations/book/donation.js';
import { isTrial } from '../../donations/checkout/is-trial.js';
import type { Named } from '../../supporters/find-current.js';
import type { DonationListRow } from '../api.js';
import { nameOf } from '../people/tell-supporter.js';

/** One donation in a list; `names` knows who the supporters are now. */
export function tellDonation(row: DonationRow, names: ReadonlyMap<string, Named>): DonationListRow {
  const { _id: id, state, currency, paid_at: paidAt, paid_cents: paid, donor, gateway } = row;
  const who = names.get(row.supporter);
  return {
    id,
    reference: donationReference(id),
    state,
    cents: paid ?? row.cents,
    returnedCents: paid === undefined ? 0 : paid - givenCents(row),
    currency,
    at: row.at.toISOString(),
    ...(paidAt === undefined ? {} : { paidAt: paidAt.toISOString() }),
    // What the donor wrote is what the account has.
    name: nameOf(donor ?? {}) || (who === undefined ? '' : nameOf(who)),
    ...(who === undefined ? {} : { supporter: who._id }),
    ...(row.reach === undefined ? {} : { channel: row.reach.channel }),
    isTrial: isTrial(gateway),
  };
}
