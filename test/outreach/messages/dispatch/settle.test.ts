import { describe, expect, test } from '@jest/globals';
import type { DeliveryRow } from '../../../../src/outreach/messages/deliveries.js';
import type { SendOutcome } from '../../../../src/outreach/messages/dispatch/network.js';
import { settle } from '../../../../src/outreach/messages/dispatch/settle.js';

const now = 1_000_000;
const row: DeliveryRow = {
  _id: 'm:a',
  message: 'm',
  supporter: 'a',
  state: 'sending',
  channel: 'telegram',
  at: new Date(0),
  claim: 'me 1',
};
const after = (outcome: SendOutcome, exact = false, more: Partial<DeliveryRow> = {}) =>
  settle({ ...row, ...more }, outcome, { address: '7', exact, now, random: 1 });
const failed = (
  reason: Extract<SendOutcome, { type: 'failed' }>['reason'],
  retryAfterMs?: number,
) => ({ type: 'failed', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }) as const;

describe('the outcome of a send', () => {
  test('is kept with the id by which the network will tell of it', () => {
    const sent = after({ type: 'sent', id: '99' });
    expect(sent).toMatchObject({ state: 'sent', at: new Date(now), sent_as: 'telegram:7:99' });
    expect(sent).not.toHaveProperty('claim');
  });

  test('in doubt is never sent again by itself, unless the channel shows it once', () => {
    expect(after(failed('in_doubt'))).toMatchObject({ state: 'unknown', reason: 'in_doubt' });
    expect(after(failed('in_doubt'), true)).toMatchObject({ state: 'planned' });
  });

  test.each(['unreachable', 'blocked', 'rejected'] as const)(
    '%s tries another channel at once',
    (reason) => {
      expect(after(failed(reason))).toMatchObject({
        state: 'planned',
        tried: ['telegram'],
        at: new Date(now),
        reason,
      });
    },
  );

  test('throttled waits as long as the network asks, or longer each time', () => {
    expect(after(failed('throttled', 7_000)).at).toEqual(new Date(now + 7_000));
    expect(after(failed('throttled')).at).toEqual(new Date(now + 1_000));
    expect(after(failed('throttled'), false, { waits: 3 }).at).toEqual(new Date(now + 8_000));
    expect(after(failed('throttled'), false, { waits: 30 }).at).toEqual(new Date(now + 60_000));
    expect(after(failed('throttled'), false, { waits: 1_000 }).state).toBe('failed');
  });

  test('withheld waits for the calendar', () => {
    const refusal = { type: 'refused', rule: 'quiet-hours', reason: 'x', until: now + 5 } as const;
    expect(after({ type: 'withheld', refusal })).toMatchObject({
      state: 'planned',
      at: new Date(now + 5),
      reason: 'quiet-hours',
    });
  });
});
