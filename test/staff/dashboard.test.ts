import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readSettings } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { openTables, type Tables } from '../../src/program/open-tables.js';
import { wireFigures } from '../../src/program/wire-figures.js';
import { isFresh, type Figures } from '../../src/staff/figures/figures.js';
import { keepFresh } from '../../src/staff/figures/keep-fresh.js';
import { clientOf, openHere } from '../store/support.js';
import { COMPILED } from './open-outreach.js';
import { consent, gift, met, shift, visit, vote } from './figures.js';

/** Noon in Paris on the third of March. */
const NOW = Date.parse('2032-03-03T11:00:00Z');
const LIVE = {
  DONATION_GATEWAY: 'stripe',
  STRIPE_SECRET_KEY: 'sk_test_12345678',
  STRIPE_WEBHOOK_SECRET: 'whsec_12345678',
};

let here: Awaited<ReturnType<typeof openHere>>;
let tables: Tables;
let at = NOW;
beforeAll(async () => {
  here = await openHere();
  tables = openTables(here.store.connection, 'a secret', () => at);
  for (const table of tables.indexed) await table.createIndexes();
});
afterAll(() => here.close());
beforeEach(async () => {
  at = NOW;
  await clientOf(here.store).db('portevoix').dropCollection('day_figures');
});

/** What a process of its own tells. */
function figures(timezone = 'Europe/Paris'): Figures {
  const { campaign } = COMPILED;
  return wireFigures({
    settings: readSettings(LIVE, '/nonexistent'),
    tables,
    campaign: () => ({ ...campaign, timezone }),
    log: createLog('silent'),
    now: () => at,
  });
}

/** All days, once they are counted. */
async function days(of: Figures, amount = 4) {
  for (;;) {
    const told = await of.days(amount);
    if (!told.isCounting) return told;
  }
}

describe('figures', () => {
  beforeAll(async () => {
    await tables.people.supporters.table.insertAll([
      met('ana', '2032-03-01T09:00:00Z', {
        reachable_on: ['web', 'telegram'],
        territory: 'metropole',
        department: '33',
        email: 'ana@exemple.fr',
        email_confirmed_at: new Date('2032-03-02T09:00:00Z'),
        consents: [
          consent('newsletter', '2032-03-01T09:01:00Z'),
          consent('engagement', '2032-03-01T09:02:00Z'),
          consent('newsletter', '2032-03-01T09:03:00Z'),
          consent('newsletter', '2032-03-02T09:00:00Z', false),
        ],
        consents_now: ['engagement=given', 'newsletter=refused'],
        merged_from: ['ana-on-telegram'],
        summary: { donations: { count: 3, totalCents: 9_000, lastAt: new Date(NOW) } },
      }),
      // A quarter to midnight in London is the next day in Paris.
      met('bea', '2032-03-01T23:45:00Z', { territory: 'reunion', reachable_on: ['web'] }),
      met('cid', '2032-03-03T10:00:00Z', { email: 'cid@exemple.fr' }),
      met('gone', '2032-03-03T10:00:00Z', { erasing: new Date(NOW) }),
    ]);
    await tables.donations.donations.insertAll([
      gift('one', 'ana', 5_000, '2032-03-02T10:00:00Z', {
        reach: { channel: 'telegram', address: '1' },
      }),
      gift('two', 'ana-on-telegram', 3_000, '2032-03-02T10:00:00Z', {
        reach: { channel: 'web', address: '1' },
        refunds: [{ id: 'r', cents: 1_000, state: 'done', at: new Date(NOW) }],
      }),
      gift('back', 'bea', 2_000, '2032-03-03T10:00:00Z', {
        refunds: [{ id: 'r', cents: 2_000, state: 'done', at: new Date(NOW) }],
      }),
      gift('trial', 'bea', 70_000, '2032-03-03T10:00:00Z', { gateway: 'sandbox' }),
      gift('open', 'bea', 4_000, '2032-03-03T10:00:00Z', { state: 'open' }),
    ]);
    await tables.canvass.turfs.table.insertAll([
      {
        _id: 'turf',
        name: 'Rue Haute 1',
        stations: ['33063_0001'],
        doors: [],
        centre: { lat: 44, lon: 0 },
        metres: 10,
        canvassers: [],
        state: 'free',
        rank: 1,
        revision: 1,
        at: new Date(NOW),
      },
    ]);
    await tables.canvass.visits.table.insertAll([
      visit('a', '2032-03-02T10:00:00Z', 'canvassed'),
      visit('b', '2032-03-02T10:01:00Z', 'not_home'),
      visit('c', '2032-03-02T10:02:00Z', 'not_home', { turf: 'unknown' }),
      visit('d', '2032-03-02T10:03:00Z', 'refused', { undone_at: new Date(NOW) }),
    ]);
    await tables.volunteers.shifts.table.insertAll([
      shift('market', '2032-03-06T08:00:00Z', [
        ['ana', '2032-03-02T10:00:00Z'],
        ['ana-on-telegram', '2032-03-02T11:00:00Z'],
        ['bea', '2032-03-03T10:00:00Z'],
      ]),
      shift('past', '2032-02-06T08:00:00Z', [['bea', '2032-03-02T10:00:00Z']]),
    ]);
    await tables.votes.table.insertAll([
      vote('ana', '2032-03-03T08:00:00Z'),
      vote('ana-on-telegram', '2032-03-03T09:00:00Z'),
      vote('bea', '2032-03-03T09:00:00Z', 'reunion'),
    ]);
  });

  test('tell each day of the campaign’s calendar, and merged people once', async () => {
    const told = await days(figures());
    expect(told).toMatchObject({ from: '2032-02-29', today: '2032-03-03', isCounting: false });
    const [, first, second, today] = told.days.map(({ counts }) => counts);
    expect(told.days.map(({ counts }) => counts.supporters.total)).toEqual([0, 1, 1, 1]);
    expect(first?.supporters).toEqual({
      total: 1,
      channels: { web: 1, telegram: 1 },
      territories: { '33': 1 },
      kinds: {},
    });
    expect(second?.supporters.territories).toEqual({ reunion: 1 });
    expect(today?.supporters.territories).toEqual({ '': 1 });
    expect(second?.emails.total).toBe(1);
    expect(first?.consents).toMatchObject({
      total: 1,
      kinds: { newsletter: 1, engagement: 1 },
    });
    expect(second?.consents).toMatchObject({ total: 0, kinds: {} });
    expect(second?.donations).toEqual({
      total: 7_000,
      channels: { telegram: 5_000, web: 2_000 },
      territories: { '33': 7_000 },
      kinds: { gifts: 2 },
    });
    expect(today?.donations).toMatchObject({ total: 0, kinds: { gifts: 0 } });
    expect(second?.signups).toMatchObject({ total: 2, kinds: { leaflets: 2 } });
    expect(today?.signups).toMatchObject({ total: 1, territories: { reunion: 1 } });
    expect(second?.visits).toMatchObject({
      total: 3,
      kinds: { canvassed: 1, not_home: 2 },
      territories: { '33': 2, '': 1 },
    });
    expect(today?.turnout).toMatchObject({
      total: 2,
      territories: { metropole: 1, reunion: 1 },
      kinds: { '10': 2 },
    });
  });

  test('follow the clocks of the campaign when these are changed', async () => {
    await days(figures());
    const elsewhere = await days(figures('America/New_York'));
    expect(elsewhere.today).toBe('2032-03-03');
    expect(elsewhere.days.map(({ counts }) => counts.supporters.total)).toEqual([0, 2, 0, 1]);
  });

  test('tell how things stand', async () => {
    const { figures: people, ...standing } = await figures().standing();
    expect(Object.fromEntries(people.map((one) => [one.figure, one.people]))).toEqual({
      supporters: 3,
      emails: 2,
      confirmed: 1,
      agreed: 1,
      donors: 1,
      visited: 0,
      waiting: 0,
    });
    expect(standing).toEqual({
      at: new Date(NOW).toISOString(),
      isCounting: false,
      consents: [{ purpose: 'engagement', people: 1 }],
      channels: [
        { channel: 'web', people: 2 },
        { channel: 'telegram', people: 1 },
      ],
      territories: [
        { territory: 'metropole', people: 1 },
        { territory: 'reunion', people: 1 },
      ],
      donations: { cents: 7_000, gifts: 2, currency: 'EUR', isTrial: false },
      shifts: { places: 10, taken: 3 },
      doors: { known: 0, visits: 3 },
      turnout: [{ round: 1, people: 2 }],
    });
  });

  test('keep days that are over for all processes, and count them again after a while', async () => {
    await days(figures());
    const late = visit('late', '2032-03-02T12:00:00Z', 'canvassed');
    await tables.canvass.visits.table.insertAll([late]);
    const kept = await days(figures());
    expect(kept.days.at(-2)?.counts.visits.total).toBe(3);
    expect(kept.days.at(-2)?.countedAt).toBe(new Date(NOW).toISOString());

    at = NOW + 7_200_000;
    const later = figures();
    // What is old is told, with its age, while it is counted again.
    const old = await later.days(4);
    expect(old.days.at(-2)?.countedAt).toBe(new Date(NOW).toISOString());
    let anew = old;
    while (anew.days.at(-2)?.counts.visits.total === 3) anew = await later.days(4);
    expect(anew.days.at(-2)?.counts.visits.total).toBe(4);
    expect(anew.days.at(-2)?.countedAt).toBe(new Date(at).toISOString());
    await tables.canvass.visits.table.remove({ _id: 'late' });
    await later.settle();
  });

  test('read no more than what is of the day', async () => {
    const { db } = here.store.connection;
    const range = { $gte: new Date('2032-03-02'), $lt: new Date('2032-03-03') };
    const plans = await Promise.all(
      (
        [
          ['supporters', { created_at: range }],
          ['supporters', { email_confirmed_at: range }],
          ['supporters', { consents: { $elemMatch: { given: true, at: range } } }],
          ['supporters', { merged_from: { $gt: '' } }],
          ['donations', { paid_at: range, state: 'paid' }],
          ['shifts', { signups: { $elemMatch: { made: range } } }],
          ['visits', { at: range, undone_at: { $exists: false } }],
          ['visits', { result: 'canvassed', at: range, undone_at: { $exists: false } }],
          ['votes', { at: range }],
        ] as const
      ).map(async ([name, query]) =>
        JSON.stringify(await db?.collection(name).find(query).explain()),
      ),
    );
    for (const plan of plans) expect(plan).toContain('IXSCAN');
    for (const plan of plans) expect(plan).not.toContain('COLLSCAN');
  });
});

describe('a day that is over', () => {
  const end = Date.parse('2032-03-02T23:00:00Z');

  test('is never fresh when it was counted before its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.nat(1e9), (before, after) => {
        expect(isFresh(end - before, end, end + after)).toBe(false);
      }),
    );
  });

  test('is fresh for a minute at least, and for six hours at most', () => {
    fc.assert(
      fc.property(fc.nat(1e10), (later) => {
        expect(isFresh(end + later, end, end + later + 59_999)).toBe(true);
        expect(isFresh(end + later, end, end + later + 6 * 3_600_000)).toBe(false);
      }),
    );
  });
});

describe('what is kept fresh', () => {
  test('is made once for all who wait, told while it is made anew, and the less often the longer it takes', async () => {
    let now = 0;
    let made = 0;
    const read = keepFresh({
      async make() {
        now += 100;
        return (made += 1);
      },
      freshMs: 500,
      report: (error) => {
        throw error;
      },
      now: () => now,
    });
    const [one, other] = await Promise.all([read(), read()]);
    expect([one?.value, other?.value, made]).toEqual([1, 1, 1]);
    now += 900;
    // It took 100 ms, so it holds for 1 s.
    expect((await read()).value).toBe(1);
    now += 101;
    expect((await read()).value).toBe(1);
    expect((await read()).value).toBe(2);
    expect(made).toBe(2);
  });

  test('goes on being told when it cannot be made anew', async () => {
    let now = 0;
    const reported: unknown[] = [];
    let isBroken = false;
    const read = keepFresh({
      async make() {
        if (isBroken) throw new Error('the store is away');
        return 'known';
      },
      freshMs: 500,
      report: (error) => reported.push(error),
      now: () => now,
    });
    await read();
    isBroken = true;
    now += 1_000;
    expect(await read()).toMatchObject({ value: 'known', at: 0 });
    await new Promise((resolve) => setImmediate(resolve));
    expect(reported).toEqual([new Error('the store is away')]);
  });
});
