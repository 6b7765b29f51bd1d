import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createRate } from '../../../src/channels/webchat/rate.js';

test('says how long to wait when the allowance is used up', () => {
  const rate = createRate(2, 5000);
  expect([rate('a', 0), rate('a', 1000), rate('a', 2000), rate('b', 2000)]).toEqual([
    0, 0, 3000, 0,
  ]);
  expect(rate('a', 5000)).toBe(0);
});

test('never lets more through in any span, and always lets through what waited', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2000), { maxLength: 60 }), (gaps) => {
      const rate = createRate(3, 5000);
      const taken: number[] = [];
      let at = 0;
      for (const gap of gaps) {
        at += gap;
        const wait = rate('a', at);
        if (wait === 0) taken.push(at);
        else expect(taken.filter((time) => time > at - 5000)).toHaveLength(3);
        expect(taken.filter((time) => time > at - 5000).length).toBeLessThanOrEqual(3);
      }
    }),
  );
});

test('remembers only the keys used last', () => {
  const rate = createRate(1, 5000, 2);
  rate('a', 0);
  rate('b', 0);
  rate('c', 0);
  expect(rate('c', 1)).toBeGreaterThan(0);
  expect(rate('a', 1)).toBe(0);
});
