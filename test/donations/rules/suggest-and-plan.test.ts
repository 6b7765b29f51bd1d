import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planPledge } from '../../../src/donations/rules/plan-pledge.js';
import { suggestAmounts } from '../../../src/donations/rules/suggest-amounts.js';

describe('amounts to suggest', () => {
  test('are the usual ones at first, and around the largest gift later', () => {
    expect(suggestAmounts([], undefined)).toEqual([10, 20, 50, 100]);
    expect(suggestAmounts([], undefined, [5, 15])).toEqual([5, 15]);
    expect(suggestAmounts([1_000, 4_000], 400_000)).toEqual([20, 40, 60, 80]);
    expect(suggestAmounts([150_000], 460_000)).toEqual([750, 1_500, 2_250, 3_000]);
    expect(suggestAmounts([300], 460_000)).toEqual([2, 3, 5, 6]);
  });

  test('never pass what is left: the last of it is suggested alone', () => {
    expect(suggestAmounts([450_000], 10_000)).toEqual([100]);
    expect(suggestAmounts([], 4_550)).toEqual([10, 20]);
    expect(suggestAmounts([], 99)).toEqual([]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 100, max: 460_000 }), { maxLength: 4 }),
        fc.integer({ min: 0, max: 460_000 }),
        (given, left) => {
          const amounts = suggestAmounts(given, left);
          for (const amount of amounts) {
            expect(Number.isSafeInteger(amount) && amount >= 1 && amount * 100 <= left).toBe(true);
          }
          expect(amounts.length > 0).toBe(left >= 100);
          expect(amounts).toEqual([...new Set(amounts)].toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a pledge', () => {
  const monthly = (first: string, cents: number) => ({ first, cents, monthly: true });

  test('every month keeps to its day, as far as months have it', () => {
    expect(planPledge(monthly('2031-10-31', 1_000), undefined, '2032-03-14')).toEqual([
      '2031-10-31',
      '2031-11-30',
      '2031-12-31',
      '2032-01-31',
      '2032-02-29',
    ]);
  });

  test('stops before the month that would pass the ceiling, and with the last day of gifts', () => {
    expect(planPledge(monthly('2031-10-05', 20_000), 45_000, '2032-03-14')).toEqual([
      '2031-10-05',
      '2031-11-05',
    ]);
    expect(planPledge(monthly('2032-03-15', 1_000), 45_000, '2032-03-14')).toEqual([]);
    expect(planPledge(monthly('2032-01-05', 1_000), 999, '2032-03-14')).toEqual([]);
    expect(
      planPledge({ ...monthly('2032-01-05', 1_000), monthly: false }, undefined, undefined),
    ).toEqual(['2032-01-05']);
    expect(planPledge(monthly('2032-02-30', 1_000), undefined, undefined)).toEqual([]);
  });

  test('never comes to more than what is left', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 100_000 }),
        fc.integer({ min: 0, max: 460_000 }),
        (cents, left) => {
          const days = planPledge(monthly('2031-10-05', cents), left, '2032-03-14');
          expect(days.length * cents).toBeLessThanOrEqual(left);
          expect(days).toEqual([...new Set(days)].toSorted());
        },
      ),
      { numRuns: 200 },
    );
  });
});
