import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { divideRate, SHARE_MS, type Division } from '../../src/outreach/divide-rate.js';

const NOTHING: Division = { shares: [], cooling: [] };
const ALL = 1_000;
const tokensOf = ({ shares }: Division, owner: string): number =>
  shares.find((share) => share.owner === owner)?.tokens ?? 0;

describe('dividing a rate', () => {
  test('gives all of it to who is alone', () => {
    const division = divideRate(NOTHING, { owner: 'a', wants: ALL }, 30, 0);
    expect(tokensOf(division, 'a')).toBe(30);
  });

  test('gives each of two a half once the other half is surely not in use any more', () => {
    let division = divideRate(NOTHING, { owner: 'a', wants: ALL }, 31, 0);
    division = divideRate(division, { owner: 'b', wants: ALL }, 31, 100);
    expect(tokensOf(division, 'b')).toBe(0);
    division = divideRate(division, { owner: 'a', wants: ALL }, 31, 500);
    expect(tokensOf(division, 'a')).toBe(16);
    division = divideRate(division, { owner: 'b', wants: ALL }, 31, 1_400);
    expect(tokensOf(division, 'b')).toBe(0);
    division = divideRate(division, { owner: 'b', wants: ALL }, 31, 2_500);
    expect(tokensOf(division, 'b')).toBe(15);
  });

  test('gives who wants little that much, and the rest to the others', () => {
    let division = NOTHING;
    for (const now of [0, 2_500, 5_000]) {
      division = divideRate(division, { owner: 'a', wants: ALL }, 80, now);
      division = divideRate(division, { owner: 'b', wants: ALL }, 80, now);
      division = divideRate(division, { owner: 'replies', wants: 5 }, 80, now);
    }
    expect(['a', 'b', 'replies'].map((owner) => tokensOf(division, owner))).toEqual([38, 37, 5]);
  });

  test('gives what a process had that died to the others, some seconds later', () => {
    let division = divideRate(NOTHING, { owner: 'a', wants: ALL }, 30, 0);
    const during = divideRate(division, { owner: 'b', wants: ALL }, 30, SHARE_MS + 100);
    expect(tokensOf(during, 'b')).toBe(0);
    division = divideRate(during, { owner: 'b', wants: ALL }, 30, SHARE_MS + 2_100);
    expect(tokensOf(division, 'b')).toBe(30);
  });

  test('never gives out more in any second than there is, whoever asks, dies and comes back', () => {
    const step = fc.record({
      owner: fc.constantFrom('a', 'b', 'c', 'd'),
      wants: fc.constantFrom(0, 1, 5, ALL),
      afterMs: fc.integer({ min: 0, max: 4_000 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.array(step, { maxLength: 60 }),
        (perSecond, steps) => {
          let division = NOTHING;
          let now = 0;
          // Spans in which each owner may use how many.
          const used: { owner: string; tokens: number; from: number; until: number }[] = [];
          for (const { owner, wants, afterMs } of steps) {
            now += afterMs;
            division = divideRate(division, { owner, wants }, perSecond, now);
            for (const span of used) {
              if (span.owner === owner) span.until = Math.min(span.until, now);
            }
            const tokens = tokensOf(division, owner);
            used.push({ owner, tokens, from: now, until: now + SHARE_MS });
          }
          for (const { from } of used) {
            // Within the second that ends here, each may have sent the most it had in it.
            const most = new Map<string, number>();
            for (const span of used) {
              if (span.from > from || span.until <= from - 1_000) continue;
              most.set(span.owner, Math.max(most.get(span.owner) ?? 0, span.tokens));
            }
            const all = [...most.values()].reduce((sum, tokens) => sum + tokens, 0);
            expect(all).toBeLessThanOrEqual(perSecond);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
