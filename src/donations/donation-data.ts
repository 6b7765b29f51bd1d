import { randomUUID } from 'node:crypto';
import type { PersonalData } from '../supporters/privacy/personal-data.js';
import { donationReference, givenCents, type DonationRow } from './book/donation.js';
import type { Donations } from './book/donations.js';

/** Whose gifts are kept after an erasure is named by chance, under this. */
export const ERASED = 'erased-';

/**
 * What is exported and erased with a supporter. A gift that was paid, or may still be, stays as the law has
 * it in the campaign account: amount, dates, way of payment and who gave it (art. R. 39-1 of the code
 * électoral; GDPR art. 17(3)(b)); nothing leads from it to a profile, a chat or a pledge any more.
 */
export function donationData(tables: Donations): PersonalData {
  const { donations, donors, pledges, news } = tables;
  return {
    name: 'donations',
    async exportOf(supporter) {
      const given = await donations.find({ supporter }, { sort: { at: 1 } });
      const promised = await pledges.find({ supporter }, { sort: { at: 1 } });
      return {
        donations: given.map((row) => ({
          reference: donationReference(row._id),
          election: row.election,
          state: row.state,
          amount_cents: row.paid_cents ?? row.cents,
          kept_cents: givenCents(row),
          currency: row.currency,
          asked_at: row.at.toISOString(),
          ...(row.paid_at === undefined ? {} : { paid_at: row.paid_at.toISOString() }),
          ...(row.method === undefined ? {} : { method: row.method }),
          ...(row.donor === undefined ? {} : { donor: { ...row.donor } }),
          declared: {
            eligible: row.declared.eligible,
            own_money: row.declared.own_money,
            at: row.declared.at.toISOString(),
            ...(row.declared.attested === undefined
              ? {}
              : { wording: row.declared.attested.wording }),
          },
          refunds: row.refunds.map(({ cents, state, at }) => ({
            amount_cents: cents,
            state,
            at: at.toISOString(),
          })),
        })),
        pledges: promised.map(({ cents, monthly, state, on, at }) => ({
          amount_cents: cents,
          monthly,
          state,
          on,
          at: at.toISOString(),
        })),
      };
    },
    async erase(supporter) {
      const nobody = `${ERASED}${randomUUID()}`;
      for (;;) {
        const isDone = await tables.transact(async (transaction) => {
          for (const row of await transaction.find(donations, { supporter })) {
            if (isKept(row)) await transaction.replace(donations, {}, keptOf(row, nobody));
            else await transaction.removeOne(donations, { _id: row._id });
          }
          for (const row of await transaction.find(donors, { supporter })) {
            const { stale: _, ...rest } = row;
            const _id = `${row.election} ${nobody}`;
            await transaction.removeOne(donors, { _id: row._id, revision: row.revision });
            await transaction.insert(donors, { ...rest, _id, supporter: nobody });
          }
        });
        if (isDone) break;
      }
      for (const table of [pledges, news]) await table.remove({ supporter });
    },
  };
}

/** A gift that was made, or for which a payment page is open. */
function isKept({ state, session, begun }: DonationRow): boolean {
  switch (state) {
    case 'paid':
    case 'pending':
      return true;
    case 'open':
      return session !== undefined || begun > 0;
    case 'failed':
    case 'expired':
      return false;
    default:
      return state satisfies never;
  }
}

function keptOf(row: DonationRow, supporter: string): DonationRow {
  const { reach: _reach, pledge: _pledge, ...kept } = row;
  return { ...kept, key: row._id, supporter, language: '' };
}
