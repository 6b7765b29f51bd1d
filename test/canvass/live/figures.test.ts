import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CANVASS_RESULTS } from '../../../src/canvass/canvass-result.js';
import { binomialTail } from '../../../src/canvass/live/binomial-tail.js';
import {
  findAlerts,
  type WatchedOuting,
  type WatchedVisit,
} from '../../../src/canvass/live/find-alerts.js';
import { summariseOuting } from '../../../src/canvass/live/summarise-outing.js';
import { hourIn, tallyBy } from '../../../src/canvass/live/tally.js';
import { tellAlert } from '../../../src/canvass/live/tell-alert.js';

const START = Date.parse('2032-03-01T17:00Z');
const minutes = (n: number): Date => new Date(START + n * 60_000);

describe('figures of visits', () => {
  const visits = [
    { turf: 'b', result: 'canvassed', support_level: 2, at: minutes(0) },
    { turf: 'a', result: 'not_home', at: minutes(3) },
    { turf: 'b', result: 'canvassed', support_level: 4, at: minutes(6) },
    { turf: 'b', result: 'refused', at: minutes(8) },
    { turf: 'b', result: 'not_home', at: minutes(9) },
    { turf: 'b', result: 'canvassed', at: minutes(99), undone_at: minutes(100) },
  ] as const;

  test('are counted by group, with rates, and without what was taken back', async () => {
    expect(await tallyBy(visits, ({ turf }) => turf)).toEqual([
      {
        group: 'a',
        figures: {
          visits: 1,
          results: { not_home: 1 },
          contacts: 0,
          contact_rate: 0,
          told: 0,
          supporters: 0,
          first_at: '2032-03-01T17:03:00.000Z',
          last_at: '2032-03-01T17:03:00.000Z',
        },
      },
      {
        group: 'b',
        figures: {
          visits: 4,
          results: { canvassed: 2, not_home: 1, refused: 1 },
          contacts: 3,
          contact_rate: 0.75,
          told: 2,
          supporters: 1,
          conversion_rate: 0.5,
          first_at: '2032-03-01T17:00:00.000Z',
          last_at: '2032-03-01T17:09:00.000Z',
        },
      },
    ]);
  });

  test('by hour are those of the campaign’s clocks, where they change too', () => {
    const paris = hourIn('Europe/Paris');
    expect(paris(new Date('2032-03-01T23:30Z'))).toBe('2032-03-02 00h');
    expect(paris(new Date('2032-03-28T00:59Z'))).toBe('2032-03-28 01h');
    expect(paris(new Date('2032-03-28T01:00Z'))).toBe('2032-03-28 03h');
    expect(hourIn('Asia/Kathmandu')(new Date('2032-03-01T00:14Z'))).toBe('2032-03-01 05h');
    expect(hourIn('Asia/Kathmandu')(new Date('2032-03-01T00:15Z'))).toBe('2032-03-01 06h');
  });

  test('add up to the same in whatever groups they are counted', async () => {
    const visit = fc.record({
      group: fc.constantFrom('a', 'b', 'c'),
      result: fc.constantFrom(...CANVASS_RESULTS),
      at: fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { maxLength: 60 }), async (some) => {
        const groups = await tallyBy(some, ({ group }) => group);
        const [all] = await tallyBy(some, () => 'all');
        const sum = (key: 'visits' | 'contacts') =>
          groups.reduce((total, { figures }) => total + figures[key], 0);
        expect(sum('visits')).toBe(some.length);
        expect(sum('contacts')).toBe(all?.figures.contacts ?? 0);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the end of an outing', () => {
  const visit = { outing: 'o', canvasser: 'c', turf: 't', result: 'not_home' } as const;
  test('tells doors, minutes and pace; a door that was done twice is one', () => {
    const visits = [
      { ...visit, door: '1', at: minutes(0) },
      { ...visit, door: '2', at: minutes(20) },
      { ...visit, door: '1', at: minutes(30), turf: 'u' },
      { ...visit, door: '3', at: minutes(90), undone_at: minutes(91) },
    ];
    expect(summariseOuting(visits)).toMatchObject({
      outing: 'o',
      canvasser: 'c',
      turfs: ['t', 'u'],
      doors: 2,
      minutes: 30,
      doors_per_hour: 4,
      figures: { visits: 3 },
    });
  });
  test('says nothing where nothing counts', () => {
    expect(summariseOuting([])).toBeUndefined();
    expect(
      summariseOuting([{ ...visit, door: '1', at: minutes(0), undone_at: minutes(1) }]),
    ).toBeUndefined();
  });
});

describe('an alert', () => {
  const outing = (visits: readonly WatchedVisit[]): WatchedOuting => ({
    outing: 'o',
    canvasser: 'c',
    turf: 't',
    visits,
  });
  /** Visits three minutes apart, the first ones contacts. */
  const steady = (contacts: number, of: number): WatchedVisit[] =>
    Array.from({ length: of }, (_, n) => ({
      door: `d${n}`,
      result: n < contacts ? 'canvassed' : 'not_home',
      at: minutes(3 * n),
    }));
  const nobody = { outings: 0, visits: 0, contacts: 0 };
  const types = (watched: WatchedOuting, others = nobody): string[] =>
    findAlerts(watched, others).map(({ type }) => type);

  test.each([
    [10, 40, []],
    [18, 40, []],
    [25, 40, ['contact_rate']],
    [4, 4, ['contact_rate']],
    [3, 3, []],
    [0, 0, []],
  ])('of a rate: %i contacts of %i', (contacts, of, expected) => {
    expect(types(outing(steady(contacts, of)))).toEqual(expected);
  });

  test('of a rate weighs how many outings are looked at, and what others found', () => {
    const good = outing(steady(22, 40));
    expect(types(good)).toEqual(['contact_rate']);
    expect(types(good, { outings: 500, visits: 20_000, contacts: 4_000 })).toEqual([]);
    const better = outing(steady(25, 40));
    expect(types(better, { outings: 5, visits: 200, contacts: 40 })).toEqual(['contact_rate']);
    expect(types(better, { outings: 5, visits: 200, contacts: 110 })).toEqual([]);
  });

  test('of haste when doors come seconds apart, one report for many excepted', () => {
    const every = (seconds: number, result: WatchedVisit['result'] = 'not_home') =>
      outing(
        Array.from({ length: 12 }, (_, n) => ({
          door: `d${n}`,
          result,
          at: new Date(START + n * seconds * 1_000),
        })),
      );
    expect(types(every(4))).toEqual(['seconds_apart']);
    expect(types(every(20))).toEqual([]);
    expect(types(every(20, 'canvassed'))).toContain('seconds_apart');
    expect(types(every(0))).toEqual([]);
  });

  test('of distance when several doors are far from where the canvasser stood', () => {
    const place = { lat: 48, lon: -1.6 };
    const from = (north: number) => ({
      lat: 48 + north / 111_194,
      lon: -1.6,
    });
    const stood = (far: number, near: number) =>
      outing(
        [...steady(0, far + near)].map((visit, n) => ({
          ...visit,
          place,
          from: from(n < far ? 900 : 30),
        })),
      );
    expect(findAlerts(stood(4, 8), nobody)).toMatchObject([
      { type: 'far_away', doors: 4, located: 12, metres: expect.closeTo(900, 0) },
    ]);
    expect(types(stood(2, 2))).toEqual([]);
    expect(types(stood(3, 30))).toEqual([]);
  });

  test('is told in a sentence in both languages', () => {
    const alerts = findAlerts(outing(steady(40, 40)), nobody);
    expect(alerts.map((alert) => tellAlert(alert, 'en'))).toEqual([
      '40 contacts in 40 visits (100%): far more than the 30% expected at best.',
    ]);
    expect(alerts.map((alert) => tellAlert(alert, 'fr'))).toEqual([
      '40 contacts en 40 visites (100\u202f%)\u00a0: bien plus que les 30\u202f% attendus au mieux.',
    ]);
  });

  test('comes of chance in at most one campaign of a hundred at the highest usual rate', () => {
    // The sum, over every count of contacts, of its chance where it would raise an alert.
    for (const [of, outings] of [
      [20, 1],
      [40, 50],
      [80, 300],
    ] as const) {
      let chance = 0;
      for (let contacts = 0; contacts <= of; contacts += 1) {
        const others = { outings: outings - 1, visits: 0, contacts: 0 };
        if (types(outing(steady(contacts, of)), others).length === 0) continue;
        chance += binomialTail(contacts, of, 0.3) - binomialTail(contacts + 1, of, 0.3);
      }
      expect(chance * outings).toBeLessThan(0.01);
    }
  });
});

describe('the tail of a binomial', () => {
  test('is exact where it can be counted by hand', () => {
    expect(binomialTail(2, 2, 0.5)).toBeCloseTo(0.25);
    expect(binomialTail(1, 3, 0.5)).toBeCloseTo(0.875);
    expect(binomialTail(0, 5, 0.3)).toBe(1);
    expect(binomialTail(6, 5, 0.3)).toBe(0);
    expect(binomialTail(5, 5, 1)).toBe(1);
  });
  test('falls with every hit, and stays between 0 and 1, for any size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (trials, p, where) => {
          const hits = Math.floor(where * trials);
          const [here, next] = [binomialTail(hits, trials, p), binomialTail(hits + 1, trials, p)];
          expect(here).toBeLessThanOrEqual(1);
          expect(next).toBeGreaterThanOrEqual(0);
          expect(next).toBeLessThanOrEqual(here + 1e-12);
        },
      ),
    );
  });
});
