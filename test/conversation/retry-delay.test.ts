import { describe, expect, test } from '@jest/globals';
import { MOST_RETRIES, retryDelayMs } from '../../src/conversation/retry-delay.js';

describe('retryDelayMs', () => {
  test('waits as long as the channel asks', () => {
    const result = { type: 'failed', reason: 'throttled', retryAfterMs: 7_000 } as const;
    expect(retryDelayMs(result, 0, 0.5)).toBe(7_000);
  });

  test('waits longer each time, up to a minute', () => {
    const result = { type: 'failed', reason: 'in_doubt' } as const;
    const delays = Array.from({ length: MOST_RETRIES }, (_, tries) =>
      retryDelayMs(result, tries, 1),
    );
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
  });

  test('gives up after the last try', () => {
    expect(retryDelayMs({ type: 'failed', reason: 'in_doubt' }, MOST_RETRIES, 0)).toBeUndefined();
  });

  test.each(['unreachable', 'blocked', 'rejected', 'misconfigured'] as const)(
    'does not send again what is %s',
    (reason) => {
      expect(retryDelayMs({ type: 'failed', reason }, 0, 0)).toBeUndefined();
    },
  );
});
