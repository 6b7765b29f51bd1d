import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createAppendQueue } from '../../../src/channels/webchat/append-queue.js';
import type { StoredActivity } from '../../../src/channels/webchat/activity-log.js';
import { writeActivity } from '../../../src/channels/webchat/write-activity.js';
import { createMemoryLog } from './memory-log.js';

function activity(id: string): StoredActivity {
  const words = { id, at: 0, type: 'text', text: id, language: 'fr' } as const;
  return writeActivity(words, { conversation: 'c', bot: { id: 'b' } });
}

test('what is said in one tick is one write for each conversation', async () => {
  const log = createMemoryLog();
  const appended: string[] = [];
  const queue = createAppendQueue(log, (conversation) => appended.push(conversation));
  await Promise.all([
    queue.append('a', activity('1')),
    queue.append('b', activity('2')),
    queue.append('a', activity('3')),
  ]);
  expect(log.writes).toEqual([['c|1', 'c|3'], ['c|2']]);
  expect(appended).toEqual(['a', 'b']);
});

test('keeps the order in which it was called, whenever that was', async () => {
  const moments = fc.array(fc.nat(3), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(moments, async (pauses) => {
      const log = createMemoryLog();
      const queue = createAppendQueue(log, () => undefined);
      for (const [index, pause] of pauses.entries()) {
        void queue.append('a', activity(String(index)));
        for (let tick = 0; tick < pause; tick += 1) await new Promise(setImmediate);
      }
      await queue.drain();
      expect(log.writes.flat()).toEqual(pauses.map((_pause, index) => `c|${index}`));
    }),
    { numRuns: 30 },
  );
});

test('when a write fails, what waits behind it fails with it, and later calls go on', async () => {
  const log = createMemoryLog();
  let failing = true;
  const queue = createAppendQueue(
    {
      append: async (conversation, activities) => {
        await new Promise(setImmediate);
        if (failing) throw new Error('the store is away');
        await log.append(conversation, activities);
      },
    },
    () => undefined,
  );
  const first = queue.append('a', activity('1'));
  await new Promise(setImmediate);
  const second = queue.append('a', activity('2'));
  await expect(first).rejects.toThrow('away');
  await expect(second).rejects.toThrow('away');
  failing = false;
  await queue.append('a', activity('3'));
  expect(log.writes).toEqual([['c|3']]);
});
