import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createPairRate } from '../../../src/channels/whatsapp/pair-rate.js';

test('never lets out more to one person than a burst of 45 and one in six seconds', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4_000), { minLength: 50, maxLength: 400 }), (steps) => {
      let now = 0;
      const rate = createPairRate(() => now);
      const sent: number[] = [];
      for (const step of steps) {
        now += step;
        const waitMs = rate.take('+33612345678');
        if (waitMs === undefined) sent.push(now);
        else expect(waitMs).toBeGreaterThan(0);
      }
      const excess = sent.flatMap((from, index) =>
        sent.slice(index).map((at, count) => count + 1 - 45 - (at - from) / 6_000),
      );
      expect(Math.max(...excess)).toBeLessThanOrEqual(1e-6);
    }),
    { numRuns: 20 },
  );
});

test('lets a message out once the wait it named is over', () => {
  let now = 0;
  const rate = createPairRate(() => now);
  rate.empty('a');
  const waitMs = rate.take('a');
  expect(waitMs).toBe(6_000);
  expect(rate.take('b')).toBeUndefined();
  now += waitMs ?? 0;
  expect(rate.take('a')).toBeUndefined();
});
