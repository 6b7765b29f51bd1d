import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createBurstLimit, createSlidingLimit } from '../../../src/rehearsal/servers/limits.js';

const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 });

test('no second has more than the limit, and nothing that fits is refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), gaps, (most, waits) => {
      const limit = createSlidingLimit(most);
      const taken: number[] = [];
      let at = 0;
      for (const wait of waits) {
        at += wait;
        const within = taken.filter((one) => one > at - 1_000).length;
        const waitMs = limit.take(at);
        expect(waitMs === undefined).toBe(within < most);
        if (waitMs === undefined) taken.push(at);
      }
    }),
  );
});

test('tells how long to wait, after which it is let through', () => {
  const limit = createSlidingLimit(1);
  expect(limit.take(0)).toBeUndefined();
  expect(limit.take(400)).toBe(600);
  expect(limit.take(1_000)).toBeUndefined();
});

test('a chat has its burst, then one in so long, whatever the others do', () => {
  const limit = createBurstLimit(3, 1_000);
  const taken = [0, 0, 0, 0].map((at) => limit.take('one', at));
  expect(taken).toEqual([undefined, undefined, undefined, 1_000]);
  expect(limit.take('other', 0)).toBeUndefined();
  expect(limit.take('one', 1_000)).toBeUndefined();
  expect(limit.take('one', 1_500)).toBe(500);
});
