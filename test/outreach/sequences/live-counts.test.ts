import { expect, test } from '@jest/globals';
import type { DeliveryCounts } from '../../../src/outreach/messages/deliveries.js';
import { createLiveCounts } from '../../../src/outreach/sequences/live-counts.js';
import type { SequenceRow } from '../../../src/outreach/sequences/sequences.js';

const ROW: Pick<SequenceRow, '_id' | 'definition'> = {
  _id: 's',
  definition: {
    name: 's',
    start: { type: 'donation' },
    leave: {},
    steps: [
      {
        after: { type: 'span', ms: 1 },
        purpose: 'engagement',
        content: 'campaign',
        mode: 'passive',
        channels: ['web'],
        says: { type: 'words', words: {} },
      },
    ],
  },
};
const NONE = { planned: 0, sending: 0, sent: 0, delivered: 0, read: 0, failed: 0, skipped: 0 };

/** Counts that take a while on a clock of their own, each one more than the last. */
function taking(ms: number) {
  let counted = 0;
  let clock = 0;
  const deliveries = {
    async count(): Promise<DeliveryCounts> {
      counted += 1;
      clock += ms;
      return { states: { ...NONE, unknown: counted }, reasons: {} };
    },
  };
  return {
    live: createLiveCounts(deliveries, () => clock),
    pass: (passed: number) => (clock += passed),
  };
}

const told = (counts: readonly DeliveryCounts[]): number | undefined => counts[0]?.states.unknown;

test('what is quick is counted for everybody, together for those who ask at once', async () => {
  const { live } = taking(1);
  expect((await Promise.all([live.of(ROW), live.of(ROW)])).map(told)).toEqual([1, 1]);
  expect(told(await live.of(ROW))).toBe(2);
});

test('what takes long is told as it was last, while it is counted again now and then', async () => {
  const { live, pass } = taking(500);
  expect(told(await live.of(ROW))).toBe(1);
  pass(9_000);
  expect(told(await live.of(ROW))).toBe(1);
  pass(2_000);
  expect(told(await live.of(ROW))).toBe(1);
  await new Promise(setImmediate);
  expect(told(await live.of(ROW))).toBe(2);
});

test('what was counted before something changed here is not told after it', async () => {
  const { live } = taking(500);
  expect(told(await live.of(ROW))).toBe(1);
  live.forget('s');
  const before = live.of(ROW);
  live.forget('s');
  expect(told(await live.of(ROW))).toBe(3);
  await before;
  expect(told(await live.of(ROW))).toBe(3);
});
