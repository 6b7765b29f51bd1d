import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { createThrottle } from '../../src/outreach/throttle.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const clock = (): number => performance.now();

/** The most sends that began in any second. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length),
  );
}

describe('the throttle', () => {
  test('sends no more bulk messages in any second than the rate allows, and nearly as many', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 20 }),
        async (rate, delays) => {
          const throttle = createThrottle(rate, { clock });
          const times: number[] = [];
          const from = clock();
          for (let n = 0; n < rate * 4; n += 1) {
            void throttle.run(true, async () => {
              times.push(clock());
              const delay = delays[n % delays.length];
              // Slow sends must not make it catch up in a burst.
              if (delay !== undefined) await new Promise((r) => setTimeout(r, delay / 20));
            });
          }
          await jest.advanceTimersByTimeAsync(10_000);
          expect(times).toHaveLength(rate * 4);
          expect(mostInASecond(times)).toBeLessThanOrEqual(rate);
          expect(Math.max(...times) - from).toBeLessThan(4_050);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('lets replies go at once, ahead of bulk messages, and counts them', async () => {
    const throttle = createThrottle(10, { clock });
    const order: string[] = [];
    for (let n = 0; n < 30; n += 1) void throttle.run(true, async () => void order.push('bulk'));
    for (let n = 0; n < 10; n += 1) void throttle.run(false, async () => void order.push('reply'));
    await jest.advanceTimersByTimeAsync(0);
    expect(order).toEqual(['bulk', 'bulk', ...Array(10).fill('reply')]);
    await jest.advanceTimersByTimeAsync(999);
    expect(order).toHaveLength(12);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(order).toHaveLength(40);
  });

  test('holds bulk messages back when the network asks for it, and replies not', async () => {
    const throttle = createThrottle(10, { clock });
    const order: string[] = [];
    throttle.pause(5_000);
    void throttle.run(true, async () => void order.push('bulk'));
    void throttle.run(false, async () => void order.push('reply'));
    await jest.advanceTimersByTimeAsync(4_900);
    expect(order).toEqual(['reply']);
    await jest.advanceTimersByTimeAsync(200);
    expect(order).toEqual(['reply', 'bulk']);
  });

  test('keeps replies to the rate for a while after the network complained', async () => {
    const throttle = createThrottle(10, { clock });
    const times: number[] = [];
    throttle.pause(1_000);
    for (let n = 0; n < 35; n += 1) {
      void throttle.run(false, async () => void times.push(clock()));
    }
    await jest.advanceTimersByTimeAsync(3_900);
    expect(times).toHaveLength(35);
    expect(mostInASecond(times)).toBe(10);
  });

  test('has at most fifty sends under way', async () => {
    const throttle = createThrottle(1_000, { clock });
    let underWay = 0;
    let most = 0;
    for (let n = 0; n < 200; n += 1) {
      void throttle.run(n % 2 === 0, async () => {
        most = Math.max(most, (underWay += 1));
        await new Promise((resolve) => setTimeout(resolve, 100));
        underWay -= 1;
      });
    }
    await jest.advanceTimersByTimeAsync(2_000);
    expect(most).toBe(50);
    expect(underWay).toBe(0);
  });

  test('leaves replies out where the network counts them apart', async () => {
    const throttle = createThrottle(10, { clock, countsReplies: false });
    const times: number[] = [];
    for (let n = 0; n < 30; n += 1) {
      void throttle.run(false, async () => undefined);
      void throttle.run(true, async () => void times.push(clock()));
    }
    await jest.advanceTimersByTimeAsync(2_900);
    expect(times).toHaveLength(30);
    expect(mostInASecond(times)).toBe(10);
  });

  test('spreads bulk messages over the second', async () => {
    const throttle = createThrottle(100, { clock });
    const times: number[] = [];
    const from = clock();
    for (let n = 0; n < 100; n += 1) void throttle.run(true, async () => void times.push(clock()));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(times.filter((at) => at < from + 500).length).toBeLessThanOrEqual(60);
    expect(times).toHaveLength(100);
  });

  test.each([true, false])('tells of replies where they count: %s', async (countsReplies) => {
    let replied = 0;
    const share = {
      allowed: () => 0,
      wanted: () => undefined,
      replied: () => void (replied += 1),
      onChange: () => undefined,
    };
    const throttle = createThrottle(40, { clock, share, countsReplies });
    for (let n = 0; n < 3; n += 1) await throttle.run(false, async () => undefined);
    expect(replied).toBe(countsReplies ? 3 : 0);
  });

  test('sends no more than its share of a rate, and goes on when it has more', async () => {
    let most = 0;
    let changed = (): void => undefined;
    const share = {
      allowed: () => most,
      wanted: () => undefined,
      replied: () => undefined,
      onChange: (listener: () => void) => {
        changed = listener;
      },
    };
    const throttle = createThrottle(40, { clock, share });
    const times: number[] = [];
    for (let n = 0; n < 70; n += 1) void throttle.run(true, async () => void times.push(clock()));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(times).toHaveLength(0);
    most = 10;
    changed();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(mostInASecond(times)).toBe(10);
    most = 40;
    changed();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(times).toHaveLength(70);
    expect(mostInASecond(times)).toBe(40);
  });

  test('hands on what becomes of a send, and goes on after a failure', async () => {
    const throttle = createThrottle(10, { clock });
    const failed = throttle.run(true, async () => Promise.reject(new Error('cut')));
    await expect(failed).rejects.toThrow('cut');
    await expect(throttle.run(true, async () => 7)).resolves.toBe(7);
  });
});
