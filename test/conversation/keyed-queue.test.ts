import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createKeyedQueue } from '../../src/conversation/keyed-queue.js';

test('runs the work of one key in order and one piece at a time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.constantFrom('lea', 'tom', 'ana'), { minLength: 1, maxLength: 20 }),
      async (scheduler, keys) => {
        const queue = createKeyedQueue();
        const running = new Map<string, number>();
        const order = new Map<string, number[]>();
        const all = keys.map((key, index) =>
          queue.run(key, async () => {
            running.set(key, (running.get(key) ?? 0) + 1);
            expect(running.get(key)).toBe(1);
            await scheduler.schedule(Promise.resolve());
            order.set(key, [...(order.get(key) ?? []), index]);
            running.set(key, 0);
          }),
        );
        await scheduler.waitFor(Promise.all(all));
        for (const done of order.values()) expect(done).toEqual([...done].sort((a, b) => a - b));
        expect([...order.values()].flat()).toHaveLength(keys.length);
      },
    ),
  );
});

test('goes on with the next piece when one fails, and tells whoever asked', async () => {
  const queue = createKeyedQueue();
  const failing = queue.run('lea', async () => Promise.reject(new Error('no')));
  const next = queue.run('lea', async () => Promise.resolve('yes'));
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});

test('forgets a key when nothing of it waits', async () => {
  const queue = createKeyedQueue();
  const work = queue.run('lea', async () => Promise.resolve());
  expect(queue.has('lea')).toBe(true);
  await work;
  await queue.idle();
  expect(queue.has('lea')).toBe(false);
});
