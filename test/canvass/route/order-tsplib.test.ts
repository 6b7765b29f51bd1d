import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { orderTsplib } from '../../../src/canvass/route/order-tsplib.js';
import {
  METRICS,
  readTsplib,
  tsplibDistance,
  type TsplibProblem,
} from '../../../src/canvass/route/tsplib.js';

/** Lengths of the best tours, as TSPLIB publishes them. */
const BEST: readonly [string, number][] = [
  ['berlin52', 7_542],
  ['ulysses16', 6_859],
  ['att48', 10_628],
];

function problemOf(text: string): TsplibProblem {
  const read = readTsplib(text);
  if (read.type === 'faulty') throw new Error(read.faults.join('\n'));
  return read;
}

const head = (metric: string): string =>
  `NAME: p\nTYPE: TSP\nEDGE_WEIGHT_TYPE: ${metric}\nNODE_COORD_SECTION\n`;

const someProblem = fc
  .record({
    metric: fc.constantFrom(...METRICS),
    points: fc.array(
      fc.tuple(fc.integer({ min: -80, max: 80 }), fc.integer({ min: -80, max: 80 })),
      { minLength: 1, maxLength: 40 },
    ),
  })
  .map(({ metric, points }) =>
    problemOf(head(metric) + points.map(([x, y], at) => `${at + 1} ${x} ${y}`).join('\n')),
  );

describe('the order of a TSPLIB file', () => {
  test.each(BEST)('is the best tour of %s, %d long', (name, best) => {
    const problem = problemOf(readFileSync(join(__dirname, 'tsplib', `${name}.tsp`), 'utf8'));
    expect(orderTsplib(problem).length).toBe(best);
  });

  test('goes through every place once, is as long as it says, and is the same every time', () => {
    fc.assert(
      fc.property(someProblem, (problem) => {
        const { order, length } = orderTsplib(problem);
        const distance = tsplibDistance(problem);
        expect(order.toSorted((one, other) => one - other)).toEqual(
          Array.from(problem.xs, (_, at) => at + 1),
        );
        const sum = order.reduce(
          (total, place, at) =>
            total + distance(place - 1, (order[(at + 1) % order.length] ?? 0) - 1),
          0,
        );
        expect(length).toBe(sum);
        expect(orderTsplib(problem)).toEqual({ order, length });
      }),
      { numRuns: 40 },
    );
  });

  test('is the best of all tours where they can all be tried', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 4, max: 7 }),
        (seed, n) => {
          const points = Array.from({ length: n }, (_, at) => [
            (seed * (at + 3) * 7_919) % 997,
            (seed * (at + 5) * 104_729) % 991,
          ]);
          const problem = problemOf(
            head('EUC_2D') + points.map(([x, y], at) => `${at + 1} ${x} ${y}`).join('\n'),
          );
          expect(orderTsplib(problem).length).toBe(bestLength(problem));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('takes places that lie on each other, or all on one line', () => {
    const same = problemOf(
      head('EUC_2D') + Array.from({ length: 30 }, (_, at) => `${at + 1} 5 5`).join('\n'),
    );
    expect(orderTsplib(same).length).toBe(0);
    const line = problemOf(
      head('EUC_2D') +
        Array.from({ length: 90 }, (_, at) => `${at + 1} ${(at * 37) % 90} 0`).join('\n'),
    );
    expect(orderTsplib(line).length).toBe(178);
  });
});

describe('a TSPLIB file', () => {
  test('says all that is wrong with it, and where', () => {
    const read = readTsplib(
      'TYPE: ATSP\nDIMENSION: 3\nEDGE_WEIGHT_TYPE: EXPLICIT\nNODE_COORD_SECTION\n1 0 0\n2 zero 0\n4 1 1\nEOF\n',
    );
    expect(read).toEqual({
      type: 'faulty',
      faults: [
        'line 6: a place is its number and two coordinates',
        'line 7: place 2 should stand here',
        'TYPE is ATSP; only TSP has closed tours of points',
        'EDGE_WEIGHT_TYPE is EXPLICIT; it can be one of EUC_2D, CEIL_2D, MAN_2D, MAX_2D, ATT, GEO',
      ],
    });
  });

  test('has as many places as it says', () => {
    const text = `DIMENSION: 2\n${head('EUC_2D')}1 0 0\n`;
    expect(readTsplib(text)).toMatchObject({ faults: ['DIMENSION is 2, but 1 places follow'] });
    expect(readTsplib('')).toMatchObject({ type: 'faulty' });
  });

  test('is read whatever it is', () => {
    fc.assert(fc.property(fc.string(), (text) => void readTsplib(head('GEO') + text)));
  });

  test('rounds distances as TSPLIB does', () => {
    const of = (metric: string): number =>
      tsplibDistance(problemOf(`${head(metric)}1 0 0\n2 3 4.2`))(0, 1);
    expect(['EUC_2D', 'CEIL_2D', 'MAN_2D', 'MAX_2D', 'ATT'].map(of)).toEqual([5, 6, 7, 4, 2]);
  });
});

function bestLength(problem: TsplibProblem): number {
  const distance = tsplibDistance(problem);
  const go = (path: readonly number[], left: readonly number[]): number => {
    const last = path.at(-1) ?? 0;
    if (left.length === 0) return distance(last, 0);
    return Math.min(
      ...left.map(
        (next) =>
          distance(last, next) +
          go(
            [...path, next],
            left.filter((one) => one !== next),
          ),
      ),
    );
  };
  return go([0], Array.from(problem.xs, (_, at) => at).slice(1));
}
