import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { donationData } from '../../src/donations/donation-data.js';
import { findAnomalies } from '../../src/donations/treasurer/anomalies.js';
import { exportDonations } from '../../src/donations/treasurer/export-donations.js';
import { idIn, LEA, openDesk, type Desk } from './desk.js';

let desk: Desk;
let keys = 0;
beforeEach(async () => {
  desk = await openDesk();
  await desk.meet('lea');
});
afterEach(() => desk.close());

const attestation = { wording: 'J’atteste.', language: 'fr' };

/** Asks and fills in the page; answers the id of the gift. */
async function begin(amount: number, form: Record<string, string> = LEA, supporter = 'lea') {
  desk.clock.now += 1_000;
  const given = { amount, eligible: true, own_money: true };
  const answer = await desk.prompt.prompt({
    supporter,
    key: `${supporter} ${(keys += 1)}`,
    with: given,
  });
  const id = idIn(answer);
  await desk.begin(id, form, attestation);
  return id;
}

async function pay(id: string, cents: number): Promise<void> {
  const notice = { type: 'paid', cents, currency: 'EUR', payment: `pi_${id}` } as const;
  await desk.settling.settle({ donation: id }, notice);
}

async function read(format: 'csv' | 'json'): Promise<string> {
  let text = '';
  for await (const piece of exportDonations(desk.tables, desk.campaign, format, false))
    text += piece;
  return text;
}

test('an erasure keeps of gifts what the law keeps, and nothing that leads to a profile', async () => {
  const paid = await begin(4_000);
  await pay(paid, 4_000);
  const open = await begin(2_000);
  const given = { amount: 1_000, eligible: true, own_money: true };
  desk.clock.now += 1_000;
  await desk.prompt.prompt({ supporter: 'lea', key: 'lea never begun', with: given });
  const data = donationData(desk.tables);
  expect(await data.exportOf('lea')).toMatchObject({
    donations: [
      { state: 'paid', amount_cents: 4_000, donor: { last_name: 'Martin' } },
      { state: 'open' },
      { state: 'open' },
    ],
    pledges: [],
  });

  await data.erase('lea');
  await data.erase('lea');
  expect(await data.exportOf('lea')).toEqual({ donations: [], pledges: [] });
  const { donations, donors, ledger, news } = desk.tables;
  const kept = await donations.find({}, { sort: { at: 1 } });
  expect(kept.map(({ _id }) => _id).toSorted()).toEqual([paid, open].toSorted());
  expect(JSON.stringify([kept, await donors.find({}), await ledger.find({})])).not.toContain('lea');
  expect(await news.count({})).toBe(0);
  // The law's own fields are there, and a page that was open may still be paid.
  await pay(open, 2_000);
  const lines = (await read('json')).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { amount_cents: 4_000, last_name: 'Martin', nationality: 'FR', city: 'Rennes' },
    { amount_cents: 2_000, last_name: 'Martin' },
  ]);
});

test('the export runs nothing that a donor wrote, and keeps commas, quotes and lines apart', async () => {
  const form = { ...LEA, first_name: '=HYPERLINK("http://evil")', street: '3, "rue" du Lavoir' };
  await pay(await begin(4_000, form), 4_000);
  const csv = await read('csv');
  expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`);
  expect(csv).toContain('"3, ""rue"" du Lavoir"');
  expect(csv.trim().split('\n')).toHaveLength(2);
});

test('the treasurer is told what to look at: one name from two profiles, other amounts, debits that hang', async () => {
  await desk.meet('lea-elsewhere');
  await pay(await begin(300_000), 300_000);
  await pay(await begin(200_000, LEA, 'lea-elsewhere'), 200_000);
  const other = await begin(1_000);
  await pay(other, 1_500);
  const debit = await begin(1_000);
  await desk.settling.settle({ donation: debit }, { type: 'pending' });
  const look = async () => {
    const found = [];
    for await (const one of findAnomalies(desk.tables, (id) => id, false, desk.clock.now))
      found.push(one);
    return found.map(({ kind, cents }) => `${kind} ${cents}`).toSorted();
  };
  expect(await look()).toEqual(['other_amount 500', 'same_donor 41500']);
  desk.clock.now += 15 * 86_400_000;
  expect(await look()).toEqual(['other_amount 500', 'pending_long 1000', 'same_donor 41500']);
  // A debit that bounced lets go of its amount.
  await desk.settling.settle({ donation: debit }, { type: 'failed' });
  expect(await look()).toEqual(['other_amount 500', 'same_donor 41500']);
});
