import { describe, expect, test } from '@jest/globals';
import { standingOf } from '../../../src/outreach/messages/follow-up.js';
import type { DeliveryRow } from '../../../src/outreach/messages/deliveries.js';

const at = new Date(Date.UTC(2032, 2, 1));
const step = (state: DeliveryRow['state'], reason?: string): DeliveryRow => ({
  _id: 's-1:a',
  message: 's-1',
  supporter: 'a',
  channel: 'web',
  at,
  state,
  ...(reason === undefined ? {} : { reason }),
});
const heard = (ms: number) => ({ heard_at: new Date(at.getTime() + ms) });
const answered = { leave: { answered: true } } as const;

describe('where somebody stands in a sequence', () => {
  test('goes on once the steps before went out, or never will', () => {
    expect(standingOf({ leave: {} }, [], {}, false)).toBe('go');
    expect(
      standingOf({ leave: {} }, [step('sent'), step('skipped', 'no_consent')], {}, false),
    ).toBe('go');
  });

  test('waits while a step before is still to come', () => {
    expect(standingOf({ leave: {} }, [step('planned')], {}, false)).toBe('behind');
    expect(standingOf({ leave: {} }, [step('sending')], {}, false)).toBe('behind');
  });

  test('ends with an answer to a step, if that is to end it', () => {
    expect(standingOf(answered, [step('sent')], heard(1), false)).toBe('left_answered');
    expect(standingOf(answered, [step('sent')], heard(-1), false)).toBe('go');
    expect(standingOf(answered, [step('skipped', 'in_flow')], heard(1), false)).toBe('go');
    expect(standingOf({ leave: {} }, [step('sent')], heard(1), false)).toBe('go');
    // Told by the network after the answer was there.
    expect(standingOf(answered, [step('read')], heard(-5_000), false)).toBe('left_answered');
  });

  test('ends in the segment, and stays ended', () => {
    expect(standingOf({ leave: { segment: 'x' } }, [], {}, true)).toBe('left_segment');
    expect(standingOf({ leave: {} }, [step('skipped', 'left_segment')], {}, false)).toBe(
      'left_before',
    );
  });
});
