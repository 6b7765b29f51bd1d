import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { PostOutcome } from '../../../src/outreach/posts/network.js';
import type { PostSend } from '../../../src/outreach/posts/post.js';
import { LATE_MS, settlePost } from '../../../src/outreach/posts/settle-post.js';

const now = Date.UTC(2032, 2, 1, 9);
const send: PostSend = { network: 'x', state: 'sending', at: new Date(now - 1) };
const withheld = (until: number): PostOutcome => ({
  type: 'withheld',
  refusal: { type: 'refused', rule: 'silence', reason: '', until },
});

describe('what a post becomes', () => {
  test('is there, is not, or nobody knows', () => {
    const about = { due: now, now };
    expect(settlePost(send, { type: 'sent', id: '7' }, about)).toMatchObject({
      state: 'sent',
      shown_as: '7',
    });
    expect(settlePost(send, { type: 'failed', reason: 'rejected_400' }, about)).toMatchObject({
      state: 'failed',
      reason: 'rejected_400',
    });
    expect(settlePost(send, { type: 'in_doubt', reason: 'no_answer' }, about)).toMatchObject({
      state: 'unknown',
    });
  });

  test('waits out a silence, unless it would be a day late by then', () => {
    const soon = settlePost(send, withheld(now + 3_600_000), { due: now, now });
    expect(soon).toMatchObject({ state: 'planned', at: new Date(now + 3_600_000) });
    const late = settlePost(send, withheld(now + LATE_MS + 1), { due: now, now });
    expect(late).toMatchObject({ state: 'skipped', reason: 'silence' });
  });

  test('is tried again only where it surely is not there, and not for ever', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom<PostOutcome>(
            { type: 'not_yet', reason: 'throttled', retryAfterMs: 1_000 },
            { type: 'not_yet', reason: 'unreachable' },
            { type: 'in_doubt', reason: 'no_answer' },
            { type: 'failed', reason: 'misconfigured' },
            { type: 'sent', id: '1' },
          ),
          { minLength: 40, maxLength: 60 },
        ),
        (outcomes) => {
          let is = send;
          let at = now;
          for (const outcome of outcomes) {
            const next = settlePost({ ...is, state: 'sending' }, outcome, { due: now, now: at });
            expect(next.state === 'planned').toBe(
              outcome.type === 'not_yet' && next.state !== 'failed' && next.state !== 'skipped',
            );
            is = next;
            if (next.state !== 'planned') return;
            expect(next.at.getTime()).toBeGreaterThan(at);
            at = next.at.getTime();
          }
          throw new Error('It was tried for ever.');
        },
      ),
    );
  });
});
