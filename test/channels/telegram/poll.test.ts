import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createPoll, type Poll } from '../../../src/channels/telegram/poll.js';

let running: Poll[] = [];
afterEach(async () => {
  for (const poll of running) await poll.stop();
  running = [];
});

/** A lease as several processes share it, and what each asked Telegram for. */
function stage() {
  let holder: string | undefined;
  const ended: string[] = [];
  const asked: { readonly by: string; readonly offset: number | undefined }[] = [];
  const start = (
    name: string,
    takeAll: (ids: readonly number[]) => Promise<number | undefined> = async () => undefined,
    batches: number[][] = [],
  ): Poll => {
    const poll = createPoll({
      leaseEveryMs: 10,
      lease: {
        async hold() {
          holder ??= name;
          return holder === name;
        },
        async release() {
          if (holder === name) holder = undefined;
        },
      },
      async getUpdates({ offset, timeout }, signal) {
        asked.push({ by: name, offset });
        const batch = timeout === 0 ? undefined : batches.shift();
        if (batch !== undefined) return batch.map((update_id) => ({ update_id }));
        signal.addEventListener('abort', () => ended.push(name));
        if (timeout > 0) await sleep(timeout * 1_000, undefined, { signal });
        return [];
      },
      takeAll: (updates) => takeAll(updates.map(({ update_id }) => update_id)),
      failed: () => undefined,
    });
    running.push(poll);
    poll.start();
    return poll;
  };
  return { start, asked, ended, give: (to: string | undefined) => void (holder = to) };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(2);
}

describe('polling', () => {
  test('is left to one process, and goes to the other when that stops', async () => {
    const { start, asked } = stage();
    const first = start('a');
    await until(() => asked.length === 1);
    start('b');
    await sleep(50);
    expect(asked.map(({ by }) => by)).toEqual(['a']);
    await first.stop();
    await until(() => asked.some(({ by }) => by === 'b'));
  });

  test('ends the call that is open when the lease is lost', async () => {
    const { start, asked, ended, give } = stage();
    start('a');
    await until(() => asked.length === 1);
    give('b');
    await until(() => ended.includes('a'));
    start('b');
    await until(() => asked.some(({ by }) => by === 'b'));
  });

  test('moves the offset past what is saved, and no further', async () => {
    const { start, asked } = stage();
    const taken: number[][] = [];
    start(
      'a',
      async (ids) => {
        taken.push([...ids]);
        return taken.length === 1 ? 12 : undefined;
      },
      [
        [11, 12, 13],
        [12, 13],
      ],
    );
    await until(() => asked.length === 3);
    expect(asked.map(({ offset }) => offset)).toEqual([undefined, 12, 14]);
    expect(taken).toEqual([
      [11, 12, 13],
      [12, 13],
    ]);
  });

  test('lets Telegram forget what is saved when it stops', async () => {
    const { start, asked } = stage();
    const poll = start('a', async () => undefined, [[7]]);
    await until(() => asked.length === 2);
    await poll.stop();
    expect(asked.at(-1)?.offset).toBe(8);
    expect(asked).toHaveLength(3);
  });
});
