import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openActivities, type Activities } from '../../src/store/activities.js';
import type { Store } from '../../src/store/connection.js';
import { openHere } from './support.js';

type Said = { readonly id: string; readonly text: string };

let store: Store;
let close: () => Promise<void>;
let activities: Activities<Said>;
beforeEach(async () => {
  ({ store, close } = await openHere());
  activities = openActivities<Said>(store.connection);
  await activities.createIndexes();
});
afterEach(() => close());

function said(...ids: string[]): Said[] {
  return ids.map((id) => ({ id, text: `text of ${id}` }));
}

async function idsAfter(conversation: string, watermark: number): Promise<[number, string][]> {
  const read: [number, string][] = [];
  for (let from = watermark; ; from = read.at(-1)?.[0] ?? from) {
    const rows = await activities.after(conversation, from, 1_000);
    if (rows.length === 0) return read;
    for (const { seq, activity } of rows) read.push([seq, activity.id]);
  }
}

describe('the activities of web conversations', () => {
  test('are numbered from 1 in the order they came', async () => {
    await activities.append('c1', said('a', 'b'));
    await activities.append('c2', said('x'));
    await activities.append('c1', said('c'));
    expect(await idsAfter('c1', 0)).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ]);
    expect(await idsAfter('c1', 2)).toEqual([[3, 'c']]);
    expect(await idsAfter('c2', 0)).toEqual([[1, 'x']]);
  });

  test('are stored once, however often they are appended', async () => {
    await activities.append('c1', said('a', 'b'));
    await activities.append('c1', said('a', 'b', 'c'));
    // After a restart nothing is remembered of what was appended.
    const restarted = openActivities<Said>(store.connection.useDb(store.connection.name));
    await restarted.append('c1', said('b', 'c', 'd'));
    expect(await idsAfter('c1', 0)).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ]);
  });

  test('are all read at once, also those stored beside others that were there already', async () => {
    await activities.append('c1', said('a'));
    await activities.append('c2', said('x'));
    // One insert: the row of c1 is stored, the one of c2 is not, and the insert ends with an error.
    await Promise.all([activities.append('c1', said('b')), activities.append('c2', said('x'))]);
    const rows = await activities.after('c1', 0, 1_000);
    expect(rows.map(({ activity }) => activity.id)).toEqual(['a', 'b']);
  });

  test('of two processes get one number each', async () => {
    const other = openActivities<Said>(store.connection.useDb(store.connection.name));
    await activities.append('c1', said('first'));
    await other.append('c1', said('second'));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? activities : other).append('c1', said(`m${index}`)),
      ),
    );
    const rows = await idsAfter('c1', 0);
    expect(rows.map(([seq]) => seq)).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
    expect(new Set(rows.map(([, id]) => id)).size).toBe(22);
  });

  test('of others are told, since an instant, with the newest number of each conversation', async () => {
    const other = openActivities<Said>(store.connection.useDb(store.connection.name));
    const start = Date.now();
    await activities.append('mine', said('a'));
    await other.append('theirs', said('b', 'c'));
    await other.append('both', said('d'));
    await activities.append('both', said('e'));
    expect(await activities.changedAfter(start)).toEqual(
      new Map([
        ['theirs', 2],
        ['both', 1],
      ]),
    );
    expect(await other.changedAfter(start)).toEqual(
      new Map([
        ['mine', 1],
        ['both', 2],
      ]),
    );
    expect(await activities.changedAfter(Date.now() + 60_000)).toEqual(new Map());
  });

  test('are found by an index of their instants, without reading what is older', async () => {
    await activities.append('c1', said(...Array.from({ length: 300 }, (_, index) => `a${index}`)));
    const plan = await store.connection
      .collection('activities')
      .find({ at: { $gte: new Date(Date.now() + 60_000) }, by: { $ne: 'me' } })
      .explain();
    expect(plan).toMatchObject({ executionStats: { totalDocsExamined: 0, nReturned: 0 } });
  });

  test('stored late bear the instant they were stored at, not that of the first try', async () => {
    const other = openActivities<Said>(store.connection.useDb(store.connection.name));
    const collection = store.connection.collection('activities');
    const insertMany = collection.insertMany.bind(collection);
    let stored = 0;
    Object.assign(collection, {
      insertMany: async (...call: Parameters<typeof insertMany>) => {
        await sleep(1_500);
        stored = Date.now();
        return insertMany(...call);
      },
    });
    await activities.append('c1', said('late'));
    expect(stored).toBeGreaterThan(0);
    expect(await other.changedAfter(stored)).toEqual(new Map([['c1', 1]]));
  });

  test('read from any watermark are what follows it, each once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 }),
        fc.uuid(),
        async (sizes, conversation) => {
          let count = 0;
          await Promise.all(
            sizes.map((size) => {
              const ids = Array.from({ length: size }, () => `${conversation}|${(count += 1)}`);
              return activities.append(conversation, said(...ids));
            }),
          );
          for (let watermark = 0; watermark <= count; watermark += 1) {
            const seqs = (await idsAfter(conversation, watermark)).map(([seq]) => seq);
            const expected = Array.from({ length: count - watermark }, (_, i) => watermark + 1 + i);
            expect(seqs).toEqual(expected);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});
