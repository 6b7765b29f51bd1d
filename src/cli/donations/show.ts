import { donationReference, type DonationRow } from '../../donations/book/donation.js';
import { writeAmount } from '../../donations/page/write-amount.js';
import { balanceOf } from '../../donations/treasurer/balance.js';
import { describeDonation } from '../../donations/treasurer/describe-donation.js';
import { findDonation } from '../../donations/treasurer/find-donation.js';
import type { Currency } from '../../engine/currency.js';
import { referenceOf } from '../../supporters/tell-staff.js';
import { readCampaignFile } from '../read-campaign.js';
import { Refusal } from '../refusal.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';

type Options = { readonly json?: boolean };

/** `portevoix donations list`. */
export async function listDonations({
  json,
  all,
}: Options & { readonly all?: boolean }): Promise<void> {
  await withPeople(async ({ donations: tables, settings }) => {
    const campaign = await readCampaignFile(settings.flowsDir);
    const wanted = all === true ? {} : { state: 'paid' };
    const sort = { sort: { [all === true ? 'at' : 'paid_at']: -1 } };
    let count = 0;
    for await (const row of tables.donations.stream(wanted, sort)) {
      count += 1;
      const line =
        json === true
          ? JSON.stringify({ state: row.state, ...describeDonation(row, campaign) })
          : describe(row);
      await write(`${line}\n`);
    }
    if (json !== true) await write(`${count} ${count === 1 ? 'gift' : 'gifts'}\n`);
  });
}

/** `portevoix donations show`. */
export async function showDonation(named: string, { json }: Options): Promise<void> {
  await withPeople(async ({ donations: tables, settings }) => {
    const row = await findDonation(tables, named);
    if (row === undefined) throw new Refusal(`There is no gift "${named}".`);
    const campaign = await readCampaignFile(settings.flowsDir);
    const { _id: donation, state } = row;
    const entries = await tables.ledger.find({ donation }, { sort: { at: 1 } });
    const ledger = entries.map(({ kind, lines, by, reason, at }) => ({
      kind,
      lines,
      ...(by === undefined ? {} : { by }),
      ...(reason === undefined ? {} : { reason }),
      at: at.toISOString(),
    }));
    const described = { state, ...describeDonation(row, campaign) };
    if (json === true) return write(`${JSON.stringify({ ...described, ledger })}\n`);
    const facts = Object.entries(described).filter(([, value]) => value !== '' && value !== false);
    for (const [name, value] of facts) await write(`${name.padEnd(24)}${String(value)}\n`);
    for (const { kind, lines, by, at } of ledger) {
      const moved = lines.map(({ account, cents }) => `${account} ${money(cents, row.currency)}`);
      const who = by === undefined ? '' : `, authorised by ${by}`;
      await write(`${at}  ${kind}: ${moved.join(', ')}${who}\n`);
    }
  });
}

/** `portevoix donations balance`. */
export async function showBalance({ json }: Options): Promise<void> {
  await withPeople(async ({ donations: tables }) => {
    const balances = await balanceOf(tables);
    for (const balance of balances) {
      if (json === true) {
        await write(`${JSON.stringify(balance)}\n`);
        continue;
      }
      const { gateway, currency, entries, accounts } = balance;
      await write(`${gateway}, ${currency}, ${entries} entries, which come to nothing together\n`);
      for (const [account, cents] of Object.entries(accounts)) {
        await write(`  ${account.padEnd(12)}${money(cents, balance.currency).padStart(16)}\n`);
      }
    }
    if (balances.length === 0 && json !== true) await write('The ledger has no entries.\n');
  });
}

/** `portevoix donations pledges`. */
export async function listPledges({ json }: Options): Promise<void> {
  await withPeople(async ({ donations: tables, settings }) => {
    const country = (await readCampaignFile(settings.flowsDir))?.country;
    const currency = country === 'us' ? 'USD' : 'EUR';
    for await (const row of tables.pledges.stream({ state: 'active' }, { sort: { due: 1 } })) {
      const { _id: id, supporter, cents, monthly, on, reminded } = row;
      const shown = { id, supporter, amount_cents: cents, monthly, on, reminded };
      const often = monthly ? 'every month' : 'once';
      const line = `${referenceOf(supporter)}  ${money(cents, currency)} ${often}  next ${on}`;
      await write(json === true ? `${JSON.stringify(shown)}\n` : `${line}\n`);
    }
  });
}

function describe(row: DonationRow): string {
  const { _id, state, paid_cents: paid, cents, currency, paid_at: at, donor, gateway } = row;
  const when = (at ?? row.at).toISOString().slice(0, 16).replace('T', ' ');
  const who = [donor?.first_name, donor?.last_name].filter((part) => part !== undefined).join(' ');
  const trial = gateway === 'sandbox' ? '  (trial)' : '';
  const what = `${donationReference(_id)}  ${when}  ${money(paid ?? cents, currency)}`;
  return `${what}  ${state}  ${who}${trial}`;
}

export function money(cents: number, currency: Currency): string {
  return writeAmount(cents, currency, 'en');
}
