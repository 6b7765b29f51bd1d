import type { SendResult } from '../channels/channel.js';

/** Times one reply is sent again before it is given up. */
export const MOST_RETRIES = 8;
const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 60_000;

/**
 * How long to wait before a failed reply is sent again, in milliseconds; undefined when it is not: the
 * one retry policy of all channels. A reply in doubt is sent again, for a lost question stops the
 * conversation. `random` is from 0 to 1 and spreads the retries.
 */
export function retryDelayMs(
  result: Extract<SendResult, { type: 'failed' }>,
  tries: number,
  random: number,
): number | undefined {
  if (tries >= MOST_RETRIES) return undefined;
  switch (result.reason) {
    case 'throttled':
    case 'in_doubt':
      return (
        result.retryAfterMs ??
        Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** tries) * (0.5 + random / 2)
      );
    case 'unreachable':
    case 'blocked':
    case 'rejected':
    case 'misconfigured':
      return undefined;
    default:
      return result.reason satisfies never;
  }
}
