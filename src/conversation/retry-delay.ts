import type { SendResult } from '../channels/channel.js';

/** Times one reply that is in doubt is sent again before it is given up. */
export const MOST_RETRIES = 8;
/** Times one reply waits for its turn: hours at the longest delay, for it is not lost while it waits. */
const MOST_WAITS = 200;
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
  const most = result.reason === 'throttled' ? MOST_WAITS : MOST_RETRIES;
  if (tries >= most) return undefined;
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
