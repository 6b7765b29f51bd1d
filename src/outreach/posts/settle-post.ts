import type { PostOutcome } from './network.js';
import type { PostSend } from './post.js';

const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 15 * 60_000;
/** Times a post is tried again, where it surely is not there. */
const MOST_TRIES = 30;
/** A post that is so late says yesterday's news, or what a silence held back: it is not made. */
export const LATE_MS = 24 * 3_600_000;

/**
 * What a post on one network becomes of the outcome of its send; pure. What may be there is never made
 * again. `due` is when staff wanted it; all in epoch milliseconds.
 */
export function settlePost(
  { reason: _reason, ...send }: PostSend,
  outcome: PostOutcome,
  { due, now }: { readonly due: number; readonly now: number },
): PostSend {
  const at = new Date(now);
  const again = (when: number, reason: string): PostSend => {
    if (when > due + LATE_MS) return { ...send, state: 'skipped', at, reason };
    return { ...send, state: 'planned', at: new Date(when), reason };
  };
  switch (outcome.type) {
    case 'sent':
      return { ...send, state: 'sent', at, shown_as: outcome.id };
    case 'withheld':
      return again(Math.max(now, outcome.refusal.until), outcome.refusal.rule);
    case 'not_yet': {
      const tries = (send.tries ?? 0) + 1;
      if (tries > MOST_TRIES) return { ...send, state: 'failed', at, reason: outcome.reason };
      const backOff = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1));
      return { ...again(now + (outcome.retryAfterMs ?? backOff), outcome.reason), tries };
    }
    case 'failed':
      return { ...send, state: 'failed', at, reason: outcome.reason };
    case 'in_doubt':
      return { ...send, state: 'unknown', at, reason: outcome.reason };
    default:
      return outcome satisfies never;
  }
}
