import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { labelSet, readAreaResult, type Area } from '../../../src/canvass/targeting/area.js';
import { backTest } from '../../../src/canvass/targeting/back-test.js';
import { doorsPerHour } from '../../../src/canvass/targeting/doors-per-hour.js';
import { explainRank } from '../../../src/canvass/targeting/explain-rank.js';
import { rankAreas } from '../../../src/canvass/targeting/rank-areas.js';
import { spearman } from '../../../src/canvass/targeting/spearman.js';
import type { CanvassRules } from '../../../src/engine/campaign.js';

const ALONE = { mobilisation: 0, persuasion: 0, income: 0, density: 0, unvisited: 0 };
const rules = (
  weights: Partial<CanvassRules['weights']>,
  near: readonly string[] = [],
): CanvassRules => ({
  own: ['Ours'],
  near,
  weights: { ...ALONE, ...weights },
});

type Told = {
  readonly away: number;
  readonly own: number;
  readonly near?: number;
  readonly election?: string;
};
const result = ({ away, own, near = 0, election = 'e1' }: Told) => ({
  election,
  registered: 1_000,
  abstained: away,
  cast: 1_000 - away,
  own,
  near,
});
const area = (code: string, told: Told, more: Partial<Area> = {}): Area => ({
  code,
  results: [result(told)],
  ...more,
});
const doors = (more: Partial<NonNullable<Area['doors']>> = {}) => ({
  doors: { count: 100, buildings: 50, done: 0, squareMetres: 100_000, ...more },
});
const order = (areas: readonly Area[], by: CanvassRules): string[] =>
  rankAreas(areas, by).map(({ code }) => code);

describe('areas are ranked', () => {
  test('by abstention times own share, the index of 2012', () => {
    // 0.5 × 0.4 = 0.2; 0.6 × 0.2 = 0.12; 0.2 × 0.5 = 0.1
    const areas = [
      area('c', { away: 200, own: 400 }),
      area('a', { away: 500, own: 200 }),
      area('b', { away: 600, own: 80 }),
    ];
    expect(order(areas, rules({ mobilisation: 1 }))).toEqual(['a', 'b', 'c']);
    const [first] = rankAreas(areas, rules({ mobilisation: 1 }));
    expect(first).toMatchObject({ rank: 1, of: 3, score: 100 });
    expect(first?.measures.mobilisation).toBeCloseTo(0.2);
  });

  test('by votes near, or by how evenly opinions are matched where nobody is near', () => {
    const areas = [
      area('lost', { away: 500, own: 10, near: 10 }),
      area('even', { away: 500, own: 250, near: 20 }),
      area('near', { away: 500, own: 100, near: 200 }),
    ];
    expect(order(areas, rules({ persuasion: 1 }, ['Near']))).toEqual(['near', 'even', 'lost']);
    expect(order(areas, rules({ persuasion: 1 }))).toEqual(['even', 'near', 'lost']);
  });

  test('richer or poorer first, as the weight of income has it', () => {
    const areas = [
      area('rich', { away: 1, own: 1 }, { living: 40_000 }),
      area('poor', { away: 1, own: 1 }, { living: 10_000 }),
      area('unknown', { away: 1, own: 1 }),
    ];
    expect(order(areas, rules({ income: 1 }))).toEqual(['rich', 'unknown', 'poor']);
    expect(order(areas, rules({ income: -1 }))).toEqual(['poor', 'unknown', 'rich']);
  });

  test('by doors an hour, and by what is still to do', () => {
    const areas = [
      area('far', { away: 1, own: 1 }, doors({ squareMetres: 9_000_000 })),
      area('done', { away: 1, own: 1 }, doors({ done: 90 })),
      area('close', { away: 1, own: 1 }, doors({ buildings: 5 })),
    ];
    expect(order(areas, rules({ density: 1 }))).toEqual(['close', 'done', 'far']);
    expect(order(areas, rules({ unvisited: 1 }))).toEqual(['close', 'far', 'done']);
  });

  test('over all elections that are known of each, and not without any', () => {
    const twice: Area = {
      code: 'twice',
      results: [result({ away: 600, own: 200 }), result({ away: 400, own: 300, election: 'e2' })],
    };
    const ranked = rankAreas([twice, { code: 'none', results: [] }], rules({ mobilisation: 1 }));
    expect(ranked).toHaveLength(1);
    expect(ranked[0]?.measures).toMatchObject({ abstention: 0.5, own: 0.5, mobilisation: 0.25 });
  });

  const anyArea = fc.record(
    {
      code: fc.uuid(),
      results: fc.array(
        fc
          .record({ away: fc.nat(1_000), own: fc.nat(500), near: fc.nat(500) })
          .map((told) => result(told)),
        { minLength: 1, maxLength: 3 },
      ),
      living: fc.integer({ min: 8_000, max: 60_000 }),
      doors: fc.record({
        count: fc.integer({ min: 1, max: 900 }),
        buildings: fc.integer({ min: 1, max: 300 }),
        done: fc.nat(1),
        squareMetres: fc.integer({ min: 10_000, max: 9_000_000 }),
      }),
    },
    { requiredKeys: ['code', 'results'] },
  );
  const anyRules = fc
    .record({
      mobilisation: fc.nat(10),
      persuasion: fc.nat(10),
      income: fc.integer({ min: -10, max: 10 }),
      density: fc.nat(10),
      unvisited: fc.nat(10),
    })
    .map((weights) => rules(weights));

  test('each once, from the highest score down, the same in whatever order they come, and each says why', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyArea, { selector: ({ code }) => code, maxLength: 20 }),
        anyRules,
        (areas, by) => {
          const ranked = rankAreas(areas, by);
          expect(ranked.map(({ code }) => code).toSorted()).toEqual(
            areas.map(({ code }) => code).toSorted(),
          );
          for (const [index, one] of ranked.entries()) {
            expect(one.rank).toBe(index + 1);
            expect(one.score).toBeGreaterThanOrEqual(0);
            expect(one.score).toBeLessThanOrEqual(100);
            expect(one.score).toBeLessThanOrEqual(ranked[index - 1]?.score ?? 100);
            for (const tongue of ['fr', 'en'] as const) {
              const why = explainRank(one, by, tongue);
              expect(why).not.toMatch(/undefined|NaN|Infinity/);
              expect(why.endsWith('.')).toBe(true);
              expect(why.length).toBeLessThan(400);
            }
          }
          expect(rankAreas(areas.toReversed(), by)).toEqual(ranked);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('never below where they were when only their abstention grows', () => {
    const away = fc.integer({ min: 1, max: 900 });
    fc.assert(
      fc.property(fc.array(away, { minLength: 2, maxLength: 12 }), fc.nat(11), (shares, which) => {
        const at = which % shares.length;
        const make = (more: number): Area[] =>
          shares.map((share, n) => ({
            code: String(n).padStart(3, '0'),
            results: [{ ...result({ away: share + (n === at ? more : 0), own: 50 }), cast: 100 }],
          }));
        const rankOf = (areas: readonly Area[]): number =>
          order(areas, rules({ mobilisation: 1 })).indexOf(String(at).padStart(3, '0'));
        expect(rankOf(make(90))).toBeLessThanOrEqual(rankOf(make(0)));
      }),
    );
  });
});

describe('a rank says why', () => {
  const by = rules({ mobilisation: 2, density: 1, unvisited: 1 });
  const ranked = rankAreas(
    [
      area('a', { away: 530, own: 190 }, doors({ squareMetres: 9_000_000 })),
      area('b', { away: 400, own: 180 }, doors({ done: 20 })),
      area('c', { away: 300, own: 90 }, doors({ done: 80, buildings: 5 })),
    ],
    by,
  );
  const why = (tongue: 'fr' | 'en'): string[] => ranked.map((one) => explainRank(one, by, tongue));

  test('in one sentence, with what lifts it and what holds it back', () => {
    expect(why('en')).toEqual([
      '1st of 3: 1st for mobilisation (53% abstained, 40% of the votes were yours) and 1st for doors to do (100% are still to do); but 3rd for density (about 13 doors an hour).',
      '2nd of 3: in the middle for every reason.',
      '3rd of 3: 1st for density (about 23 doors an hour); but 3rd for mobilisation (30% abstained, 13% of the votes were yours).',
    ]);
  });

  test('in French with the signs that printers use', () => {
    expect(why('fr')[0]).toBe(
      '1er sur 3\u00a0: 1er pour la mobilisation (53\u202f% d’abstention, 40\u202f% des voix pour vous) et 1er pour les portes à faire (100\u202f% restent à faire)\u202f; mais 3e pour la densité (environ 13 portes à l’heure).',
    );
  });
});

describe('what a result says of an area', () => {
  const labels = { own: labelSet(['valbrume EN COMMUN', 'UG']), near: labelSet([]) };
  const row = {
    _id: 'e:s',
    election: 'e',
    station: 's',
    registered: 100,
    abstained: 40,
    cast: 58,
    votes: [
      { key: '1', labels: ['LDIV', 'Valbrume en commun'], votes: 20 },
      { key: '2', labels: ['UG', 'Léa Martin'], votes: 8 },
      { key: '3', labels: ['LDIV', 'Unis'], votes: 30 },
    ],
    at: new Date(0),
  };
  test('adds up all that are its own, by any of their names', () => {
    expect(readAreaResult(row, labels)).toMatchObject({ own: 28, near: 0, cast: 58 });
  });
  test('is nothing before turnout and votes are both there', () => {
    const { registered: _, ...rest } = row;
    expect(readAreaResult(rest, labels)).toBeUndefined();
    expect(readAreaResult({ ...row, votes: [] }, labels)).toBeUndefined();
    expect(readAreaResult({ ...row, registered: 0 }, labels)).toBeUndefined();
  });
});

describe('the pace of an area', () => {
  test('is what campaigns plan in a street of houses, more in towers, less in the country', () => {
    const street = doorsPerHour({
      count: 100,
      buildings: 100,
      done: 0,
      squareMetres: 100 * 40 * 40,
    });
    expect(street).toBeGreaterThan(19);
    expect(street).toBeLessThan(22);
    const towers = doorsPerHour({ count: 400, buildings: 10, done: 0, squareMetres: 40_000 });
    const country = doorsPerHour({ count: 40, buildings: 40, done: 0, squareMetres: 400 * 10_000 });
    expect(towers).toBeGreaterThan(street);
    expect(country).toBeLessThan(15);
  });
});

describe('a back-test', () => {
  const two = (code: string, one: Told, other: Told): Area => ({
    code,
    results: [result({ ...one, election: 'e1' }), result({ ...other, election: 'e2' })],
  });

  test('says 1 when the order came true, and how much the first fifth held', () => {
    const areas = Array.from({ length: 10 }, (_, n) =>
      two(`a${n}`, { away: 200 + n * 50, own: 100 }, { away: 210 + n * 50, own: 100 }),
    );
    const tested = backTest(areas, rules({ mobilisation: 1 }), { from: 'e1', to: 'e2' });
    expect(tested).toMatchObject({ areas: 10, correlation: 1, index: 1, first: 2 });
    expect(tested?.lift).toBeGreaterThan(1.3);
    expect(tested?.between[0]).toBeGreaterThan(0.9);
  });

  test('sees nothing of the later election, nor of visits', () => {
    const areas = Array.from({ length: 6 }, (_, n) => ({
      ...two(`a${n}`, { away: 200 + n * 50, own: 100 }, { away: 900 - n * 100, own: 50 }),
      ...doors({ done: n * 15 }),
    }));
    const tested = backTest(areas, rules({ mobilisation: 1, unvisited: 10 }), {
      from: 'e1',
      to: 'e2',
    });
    expect(tested?.correlation).toBe(-1);
    expect(tested?.lift).toBeLessThan(1);
  });

  test('says nothing of fewer than four areas', () => {
    const areas = [1, 2, 3].map((n) => two(`a${n}`, { away: 1, own: 1 }, { away: 1, own: 1 }));
    expect(backTest(areas, rules({ mobilisation: 1 }), { from: 'e1', to: 'e2' })).toBeUndefined();
  });

  test('correlates ranks, with ties at their mean', () => {
    expect(spearman([1, 2, 3, 4], [10, 20, 30, 999])).toBe(1);
    expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBe(-1);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBe(0);
    // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / √(4.5 · 5).
    expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5));
  });
});
