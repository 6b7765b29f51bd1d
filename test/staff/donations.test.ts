import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DonationRow } from '../../src/donations/book/donation.js';
import { findAnomalies, type Anomaly } from '../../src/donations/treasurer/anomalies.js';
import { rememberTotals } from '../../src/donations/treasurer/remember-totals.js';
import { donationReportRoutes } from '../../src/staff/routes/donation-report-routes.js';
import { donationRoutes } from '../../src/staff/routes/donation-routes.js';
import { readOwners } from '../../src/supporters/find-current.js';
import { idIn, LEA, openDesk, type Desk } from '../donations/desk.js';
import { AT } from '../donations/france.js';
import { openStaff, type OpenStaff } from './open-staff.js';

let desk: Desk;
let staff: OpenStaff;
let treasurer: string;
beforeAll(async () => {
  desk = await openDesk();
  const now = (): number => desk.clock.now;
  const about = {
    tables: desk.tables,
    supporters: desk.people.supporters,
    campaign: () => desk.campaign,
    now,
  };
  const report = (error: unknown): void => {
    throw error;
  };
  const anomalies = async (): Promise<Anomaly[]> => {
    const all: Anomaly[] = [];
    const ownerOf = await readOwners(desk.people.supporters.table);
    for await (const one of findAnomalies(desk.tables, ownerOf, false, now())) all.push(one);
    return all;
  };
  staff = await openStaff([
    ...donationReportRoutes({ ...about, anomalies, report }),
    ...donationRoutes({ ...about, trial: false, refund: desk.refunds.refund }),
  ]);
  treasurer = await staff.tokenOf('treasurer');
});
afterAll(async () => {
  await staff?.close();
  await desk?.close();
});

const ask = (route: string, body?: unknown) => staff.ask(route, body, { token: treasurer });
let keys = 0;

/** A gift that was asked for, filled in and paid. */
async function give(supporter: string, cents: number, paid = cents): Promise<string> {
  const id = idIn(
    await desk.prompt.prompt({
      supporter,
      key: `k${(keys += 1)}`,
      with: { amount: cents, eligible: true, own_money: true },
    }),
  );
  await desk.begin(id, LEA, { wording: 'J’atteste', language: 'fr' });
  await desk.settling.settle(
    { donation: id, payment: `pi_${id}` },
    { type: 'paid', cents: paid, currency: 'EUR', payment: `pi_${id}`, method: 'card' },
  );
  return id;
}

describe('the list', () => {
  const DAY = 86_400_000;
  beforeAll(async () => {
    await desk.meet('many', { first_name: 'Ana', last_name: 'Diallo' });
    const sample = await give('many', 1_000);
    const row = await desk.tables.donations.get(sample);
    if (row === undefined) throw new Error('The gift is lost.');
    // Many of one instant, as an import or a rush makes them.
    const rows = Array.from({ length: 30 }, (_row, n): DonationRow => {
      const { donor: _donor, ...rest } = row;
      return {
        ...rest,
        _id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
        key: `many ${n}`,
        state: n % 3 === 0 ? 'expired' : 'open',
        reach: { channel: n % 2 === 0 ? 'telegram' : 'web', address: 'a' },
        payment: `other_${n}`,
        at: new Date(AT - (n < 20 ? 2 : 3) * DAY),
      };
    });
    await desk.tables.donations.insertAll(rows);
  });

  test('comes in parts that leave nothing out and repeat nothing, by state and channel too', async () => {
    for (const [filter, count] of [
      ['', 31],
      ['&state=expired', 10],
      ['&channel=telegram', 15],
      ['&state=open&channel=web', 10],
      ['&from=2032-01-13&until=2032-01-13', 20],
    ] as const) {
      const seen: string[] = [];
      let next: string | undefined;
      do {
        const more = next === undefined ? '' : `&before=${encodeURIComponent(next)}`;
        const { body } = await ask(`GET /donations?limit=7${filter}${more}`);
        for (const { id } of body.items) seen.push(id);
        next = body.next;
      } while (next !== undefined);
      expect([filter, new Set(seen).size, seen.length]).toEqual([filter, count, count]);
    }
  });

  test('is read along an index, whatever is asked for', async () => {
    const explain = async (filter: object): Promise<string> => {
      const rows = desk.connection.collection('donations');
      const found = rows.find({ $and: [{ gateway: { $ne: 'sandbox' }, ...filter }, {}] });
      return JSON.stringify(await found.sort({ at: -1, _id: -1 }).limit(8).explain());
    };
    for (const filter of [{}, { state: 'paid' }, { 'reach.channel': 'web' }]) {
      const plan = await explain(filter);
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toContain('"SORT"');
    }
  });

  test('finds a gift by its reference, however it is written, by its payment and by its id', async () => {
    const { body } = await ask('GET /donations?state=paid');
    const [{ id, reference, name, supporter }] = body.items;
    expect({ name, supporter }).toEqual({ name: 'Léa Martin', supporter: 'many' });
    const found = async (q: string) =>
      (await ask(`GET /donations?q=${encodeURIComponent(q)}`)).body.items.map(
        (row: { id: string }) => row.id,
      );
    for (const q of [reference, reference.toLowerCase(), reference.slice(0, 6), id, `pi_${id}`]) {
      expect([q, await found(q)]).toEqual([q, [id]]);
    }
    for (const q of ['zz', '%', '{"$gt":""}', '0000000000000']) {
      expect([q, await found(q)]).toEqual([q, []]);
    }
    expect((await ask('GET /donations?from=yesterday')).status).toBe(400);
  });

  test('names those who were merged as the profile that is left, all in one look-up', async () => {
    await desk.meet('kept', { first_name: 'Zoé', last_name: 'Le Goff' });
    await desk.meet('gone');
    const id = idIn(
      await desk.prompt.prompt({
        supporter: 'gone',
        key: 'merged',
        with: { amount: 500, eligible: true, own_money: true },
      }),
    );
    await desk.merging.merge('kept', 'gone', { type: 'staff' });
    const { body } = await ask(`GET /donations?q=${id}`);
    expect(body.items).toMatchObject([{ name: 'Zoé Le Goff', supporter: 'kept', state: 'open' }]);
  });
});

test('a gift is told with its life, its record, and what its giver may still give', async () => {
  await desk.meet('tom');
  await give('tom', 300_000);
  const id = await give('tom', 150_000, 180_000);
  const { body } = await ask(`GET /donations/${id}`);
  expect(body).toMatchObject({
    state: 'paid',
    cents: 180_000,
    country: 'fr',
    agent: 'Les Amis de Maëlle',
    agentSince: '2031-09-12',
    method: 'card',
    payment: `pi_${id}`,
    donor: { first_name: 'Léa', nationality: 'FR', street: '3 place du Lavoir' },
    missing: [],
    declared: { isEligible: true, isOwnMoney: true, wording: 'J’atteste' },
    anomalies: [{ kind: 'other_amount', cents: 30_000 }],
    balance: {
      gifts: 2,
      givenCents: 480_000,
      reservedCents: 0,
      ceilingCents: 460_000,
      leftCents: 0,
      excessCents: 20_000,
    },
  });
  expect(body.history.map(({ type }: { type: string }) => type)).toEqual([
    'declared',
    'begun',
    'attested',
    'paid',
    'excess',
  ]);
  expect((await ask('GET /donations/0123456789')).status).toBe(404);
  const [entry] = await staff.tables.audit.list({ action: 'viewDonation', limit: 1 });
  expect(entry).toMatchObject({ supporter: 'tom', about: id });
});

describe('a refund', () => {
  test('needs whoever authorises it, is made once, and goes down in the ledger', async () => {
    await desk.meet('eve');
    const id = await give('eve', 8_000);
    const refund = (body: object) => ask(`POST /donations/${id}/refund`, body);
    const one = { cents: 3_000, by: 'Les Amis de Maëlle', reason: 'Erreur', key: 'press-one' };
    expect((await refund({ ...one, by: ' ' })).body.error.fields).toMatchObject([{ path: 'by' }]);
    const both = await Promise.all([refund(one), refund(one)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(desk.returned.filter(({ key }) => key === 'press-one')).toHaveLength(1);
    expect((await refund(one)).body).toMatchObject({ keptCents: 5_000, returnableCents: 5_000 });
    const { body } = await ask(`GET /donations/${id}`);
    expect(body.history.slice(-2)).toMatchObject([
      { type: 'refund', state: 'asked', cents: 3_000, by: 'Les Amis de Maëlle', reason: 'Erreur' },
      { type: 'refund', state: 'done', cents: 3_000 },
    ]);
    const more = await refund({ ...one, cents: 5_001, key: 'press-two' });
    expect(more.body.error.code).toBe('not_so_much');
    expect((await refund({ by: 'Les Amis', key: 'press-three' })).body.returnableCents).toBe(0);
    expect((await desk.tables.donations.get(id))?.refunds).toHaveLength(2);
  });

  test('is for those who may write only', async () => {
    const { body } = await ask('GET /donations?state=paid&limit=1');
    const path = `POST /donations/${body.items[0].id}/refund`;
    for (const role of ['organiser', 'agent', 'viewer', 'privacy', 'editor'] as const) {
      const token = await staff.tokenOf(role);
      const answer = await staff.ask(path, { by: 'me', key: 'press-four' }, { token });
      expect([role, answer.status]).toEqual([role, 403]);
    }
  });

  test('is refused with the reason for a gift that was never paid', async () => {
    const open = await ask('GET /donations?state=expired&limit=1');
    const path = `POST /donations/${open.body.items[0].id}/refund`;
    expect((await ask(path, { by: 'Agent', key: 'press-five' })).body.error.code).toBe('not_paid');
  });
});

test('totals are told by the day on the campaign’s clock and by channel, less what went back', async () => {
  const whole = await ask('GET /donations/totals?from=2032-01-01&until=2032-01-31');
  const rows = await desk.tables.donations.find({ state: 'paid' });
  const paid = rows.reduce((sum, { paid_cents: cents = 0 }) => sum + cents, 0);
  expect(whole.body).toMatchObject({
    currency: 'EUR',
    agent: 'Les Amis de Maëlle',
    isTrial: false,
    gifts: rows.length,
    paidCents: paid,
    returnedCents: 8_000,
    keptCents: paid - 8_000,
    days: [{ day: '2032-01-15', gifts: rows.length, cents: paid - 8_000 }],
    channels: [{ channel: 'web', gifts: rows.length, cents: paid - 8_000 }],
  });
  // Half past midnight in Paris is the day after, though it is the same in London.
  desk.clock.now = Date.parse('2032-01-15T23:30:00Z');
  await desk.meet('late');
  await give('late', 1_100);
  desk.clock.now = AT;
  const next = await ask('GET /donations/totals?from=2032-01-16&until=2032-01-16');
  expect(next.body).toMatchObject({ gifts: 1, days: [{ day: '2032-01-16', cents: 1_100 }] });
  expect((await ask('GET /donations/totals?from=2032-01-01&until=2039-01-01')).status).toBe(400);
  expect((await ask('GET /donations/totals?from=2032-02-01&until=2032-01-01')).status).toBe(400);
});

test('totals of days that are known are those of the store, whatever changes on whichever day', async () => {
  const days = { from: '2032-01-01', until: '2032-01-31' };
  const now = (): number => desk.clock.now;
  const zone = 'Europe/Paris';
  const kept = rememberTotals({ tables: desk.tables, trial: false, now });
  const anew = () => rememberTotals({ tables: desk.tables, trial: false, now });
  const compare = async (): Promise<void> => {
    expect(await kept.between(days, zone)).toEqual(await anew().between(days, zone));
  };
  await compare();
  await desk.meet('ruth');
  for (const day of ['2032-01-17', '2032-01-23', '2032-01-29']) {
    desk.clock.now = Date.parse(`${day}T12:00:00Z`);
    const id = await give('ruth', 2_500);
    await compare();
    desk.clock.now += 5 * 86_400_000;
    const donation = await desk.tables.donations.get(id);
    if (donation === undefined) throw new Error('The gift is lost.');
    await desk.refunds.refund({ donation, cents: 1_000, by: 'Les Amis' });
    await compare();
    const dispute = { type: 'disputed', dispute: `d${id}`, cents: 1_500 } as const;
    for (const state of ['open', 'lost'] as const) {
      await desk.settling.settle({ donation: id }, { ...dispute, state });
      await compare();
    }
    expect(await kept.between({ from: day, until: day }, zone)).toMatchObject({
      paidCents: 2_500,
      returnedCents: 2_500,
    });
  }
  expect(await kept.between(days, 'Pacific/Tahiti')).toEqual(
    await anew().between(days, 'Pacific/Tahiti'),
  );
  desk.clock.now = AT;
});

test('what is to be looked at is told with whom it is about, and what the ledger comes to', async () => {
  let told = await ask('GET /donations/anomalies');
  while (told.body.at === undefined) told = await ask('GET /donations/anomalies');
  const counted = await ask('GET /donations/counts');
  expect(counted.body).toEqual({ anomalies: told.body.count, at: told.body.at });
  const kinds = told.body.items.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['other_amount', 'over_ceiling']));
  const over = told.body.items.find(({ kind }: { kind: string }) => kind === 'over_ceiling');
  expect(over).toMatchObject({ supporter: 'tom', cents: 20_000 });
  expect(over.references).toHaveLength(2);
  const first = await ask('GET /donations/anomalies?limit=1');
  const second = await ask(`GET /donations/anomalies?limit=1&before=${first.body.next}`);
  expect([...first.body.items, ...second.body.items]).toEqual(told.body.items.slice(0, 2));
  const { body } = await ask('GET /donations/balance');
  const [{ accounts }] = body.items;
  expect(accounts.to_return).toBe(-20_000);
  expect(accounts.gateway + accounts.disputed + accounts.gifts + accounts.to_return).toBe(0);
});

test('the export has every field of the campaign account, and is entered into the audit log', async () => {
  const { body, headers } = await ask('GET /donations/export?format=csv');
  expect(headers.get('content-disposition')).toMatch(/donations-\d{4}-\d\d-\d\d\.csv/);
  const [head = '', ...lines] = body.trim().split('\n');
  for (const field of ['amount_cents', 'paid_at', 'method', 'last_name', 'nationality', 'street']) {
    expect(head.split(',')).toContain(field);
  }
  expect(lines).toHaveLength(await desk.tables.donations.count({ state: 'paid' }));
  expect(lines[0]).toContain('Martin,Léa,FR,3 place du Lavoir,35000,Rennes,FR');
  const json = await ask('GET /donations/export?format=json');
  expect(String(json.body).trim().split('\n')).toHaveLength(lines.length);
  expect(await staff.tables.audit.list({ action: 'exportDonations', limit: 5 })).toHaveLength(2);
});

test('pledges are listed by their next day', async () => {
  const on = (day: string) => new Date(`${day}T09:00:00Z`);
  for (const [n, day] of ['2032-02-03', '2032-02-01', '2032-02-01'].entries()) {
    await desk.tables.pledges.insert({
      _id: `p${n}`,
      key: `p${n}`,
      supporter: n === 0 ? 'kept' : 'gone',
      revision: 1,
      election: 'fr 2032-03-14',
      cents: 2_000,
      monthly: n === 0,
      day_of_month: 1,
      state: 'active',
      on: day,
      due: on(day),
      reminded: n,
      language: 'fr',
      reach: { channel: 'web', address: 'a' },
      at: on('2032-01-01'),
    });
  }
  const first = await ask('GET /pledges?state=active&limit=2');
  expect(first.body.items).toMatchObject([
    { id: 'p1', name: 'Zoé Le Goff', supporter: 'kept', on: '2032-02-01', cents: 2_000 },
    { id: 'p2' },
  ]);
  const rest = await ask(
    `GET /pledges?state=active&limit=2&before=${encodeURIComponent(first.body.next)}`,
  );
  expect(rest.body).toMatchObject({ items: [{ id: 'p0', isMonthly: true }] });
  expect(rest.body.next).toBeUndefined();
});
