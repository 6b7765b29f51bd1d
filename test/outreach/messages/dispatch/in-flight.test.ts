import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createInFlight } from '../../../../src/outreach/messages/dispatch/in-flight.js';

/** Begins all that may be begun, and answers how many. */
function fill(share: ReturnType<ReturnType<typeof createInFlight>>): number {
  let begun = 0;
  for (; !share.isFull(); begun += 1) share.begin();
  return begun;
}

describe('what may be under way at once', () => {
  test('is fifty for one channel alone', () => {
    expect(fill(createInFlight(1)())).toBe(50);
  });

  test('leaves five for each of the others', () => {
    const share = createInFlight(3);
    const [one, two, three] = [share(), share(), share()];
    expect(fill(one)).toBe(40);
    expect(fill(two)).toBe(5);
    expect(fill(three)).toBe(5);
    one.end();
    expect([one, two, three].map((each) => each.isFull())).toEqual([false, false, false]);
  });

  test('never is more than fifty together, and no channel waits for ever for another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.record({ who: fc.nat(11), ends: fc.boolean() }), { maxLength: 400 }),
        (channels, acts) => {
          const share = createInFlight(channels);
          const all = Array.from({ length: channels }, () => ({ under: 0, share: share() }));
          for (const { who, ends } of acts) {
            const one = all[who % channels];
            if (one === undefined) continue;
            if (ends && one.under > 0) {
              one.share.end();
              one.under -= 1;
            } else if (!one.share.isFull()) {
              one.share.begin();
              one.under += 1;
            }
            expect(all.reduce((sum, { under }) => sum + under, 0)).toBeLessThanOrEqual(50);
            for (const each of all) if (each.under === 0) expect(each.share.isFull()).toBe(false);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
