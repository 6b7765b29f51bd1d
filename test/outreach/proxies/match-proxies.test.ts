import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  MATCHED_BY,
  matchProxies,
  mayHold,
  type ProxyHelp,
  type ProxyNeed,
  type ProxyPlace,
} from '../../../src/outreach/proxies/match-proxies.js';

const RENNES = { commune: '35238', postal_code: '35000', department: '35' };

function need(place: ProxyPlace, more: Partial<ProxyNeed> = {}): ProxyNeed {
  return { id: 'r', supporter: 'lea', place, abroad: false, tried: [], ...more };
}

function help(id: string, place: ProxyPlace, more: Partial<ProxyHelp> = {}): ProxyHelp {
  return { id, supporter: `s-${id}`, place, holds: [], isAsked: false, at: new Date(0), ...more };
}

const told = (...args: Parameters<typeof matchProxies>) =>
  matchProxies(...args).map(({ help: { id }, by }) => `${id} ${by}`);

describe('who votes for whom', () => {
  test('prefers the polling station, then commune, postal code, department and distance', () => {
    const point = { lat: 48.11, lon: -1.68 };
    const asked = need({ ...RENNES, station: '12', point });
    expect(
      told(asked, [
        help('near', { point: { lat: 48.2, lon: -1.7 } }),
        help('department', { department: '35' }),
        help('code', { postal_code: '35000', department: '35' }),
        help('commune', RENNES),
        help('station', { ...RENNES, station: '12' }),
        help('far', { point: { lat: 43.3, lon: 5.4 } }),
        help('other station', { commune: '75056', department: '75', station: '12' }),
      ]),
    ).toEqual([
      'station station',
      'commune commune',
      'code postal_code',
      'department department',
      'near distance',
    ]);
  });

  test('among equals prefers who is nearer, then who holds fewer, then who offered first', () => {
    const point = { lat: 48.11, lon: -1.68 };
    const abroad = need({ ...RENNES, point }, { abroad: true });
    expect(
      told(abroad, [
        help('late', RENNES, { at: new Date(2) }),
        help('early', RENNES, { at: new Date(1) }),
        help('holds one', RENNES, { holds: [{ request: 'x', abroad: false }] }),
        help('next door', { ...RENNES, point: { lat: 48.12, lon: -1.68 } }),
      ]),
    ).toEqual(['next door commune', 'early commune', 'late commune', 'holds one commune']);
  });

  test('never asks oneself, who was tried, who is being asked, or who holds enough', () => {
    const asked = need(RENNES, { tried: ['tried'] });
    expect(
      told(asked, [
        help('self', RENNES, { supporter: 'lea' }),
        help('tried', RENNES),
        help('asked', RENNES, { isAsked: true }),
        help('full', RENNES, { holds: [{ request: 'x', abroad: false }] }),
        help('one abroad', RENNES, { holds: [{ request: 'x', abroad: true }] }),
        help('two', RENNES, {
          holds: [
            { request: 'x', abroad: true },
            { request: 'y', abroad: false },
          ],
        }),
      ]),
    ).toEqual(['one abroad commune']);
  });

  test('the law allows one proxy made out in France, or two of which one is made out abroad', () => {
    const [here, there] = [{ abroad: false }, { abroad: true }];
    expect(mayHold([], here)).toBe(true);
    expect(mayHold([here], here)).toBe(false);
    expect(mayHold([here], there)).toBe(true);
    expect(mayHold([there], here)).toBe(true);
    expect(mayHold([there], there)).toBe(true);
    expect(mayHold([there, here], there)).toBe(false);
  });
});

const places = fc.record(
  {
    station: fc.constantFrom('1', '2'),
    commune: fc.constantFrom('35238', '35001', '75056'),
    postal_code: fc.constantFrom('35000', '35170', '75001'),
    department: fc.constantFrom('35', '75'),
    point: fc.record({
      lat: fc.double({ min: 42, max: 51, noNaN: true }),
      lon: fc.double({ min: -4, max: 8, noNaN: true }),
    }),
  },
  { requiredKeys: [] },
);
const helps = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-f]{1,3}$/),
    supporter: fc.constantFrom('lea', 'tom', 'zoe', 'max'),
    place: places,
    holds: fc.array(fc.record({ request: fc.string(), abroad: fc.boolean() }), { maxLength: 2 }),
    isAsked: fc.boolean(),
    at: fc.integer({ min: 0, max: 5 }).map((at) => new Date(at)),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);
const needs = fc.record({
  id: fc.constant('r'),
  supporter: fc.constantFrom('lea', 'tom'),
  place: places,
  abroad: fc.boolean(),
  tried: fc.array(fc.stringMatching(/^[a-f]{1,3}$/), { maxLength: 4 }),
});

describe('whatever is asked and offered', () => {
  test('only those who may are matched, each has its reason, and the order is that of the reasons', () => {
    fc.assert(
      fc.property(needs, helps, (asked, offered) => {
        const matches = matchProxies(asked, offered);
        for (const { help: one, by, km } of matches) {
          expect(one.supporter).not.toBe(asked.supporter);
          expect(one.isAsked).toBe(false);
          expect(asked.tried).not.toContain(one.id);
          const all = [...one.holds, asked];
          expect(all.length === 1 || (all.length === 2 && all.some(({ abroad }) => abroad))).toBe(
            true,
          );
          if (by === 'distance') expect(km).toBeLessThanOrEqual(30);
          else expect(one.place[by]).toBe(asked.place[by]);
        }
        const ranks = matches.map(({ by }) => MATCHED_BY.indexOf(by));
        expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
      }),
      { numRuns: 500 },
    );
  });

  test('nobody who may is left out that shares a place', () => {
    fc.assert(
      fc.property(needs, helps, (asked, offered) => {
        const matched = new Set(matchProxies(asked, offered).map(({ help: one }) => one.id));
        const fit = offered.filter(
          (one) =>
            one.supporter !== asked.supporter &&
            !one.isAsked &&
            !asked.tried.includes(one.id) &&
            one.holds.length === 0 &&
            one.place.department !== undefined &&
            one.place.department === asked.place.department,
        );
        for (const { id } of fit) expect(matched).toContain(id);
      }),
    );
  });

  test('the order in which people offered themselves in the list does not matter', () => {
    fc.assert(
      fc.property(needs, helps, (asked, offered) => {
        expect(told(asked, offered.toReversed())).toEqual(told(asked, offered));
      }),
    );
  });
});
