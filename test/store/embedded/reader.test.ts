import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Collection, Db } from 'mongodb';
import { openStore, type Store } from '../../../src/store/connection.js';
import { clientOf, makeFolder, refusalOf, removeFolder } from '../support.js';
import { startChild, type Child } from './children.js';

/*
 * Aggregations over many documents are worked through by a thread of their own, which only a store
 * that is served by a thread has: in a process of its own here.
 */
const COUNT = 20_000;
let dataDir: string;
let child: Child;
let store: Store;
let db: Db;
let things: Collection<{ _id: number; n: number; group: number }>;

beforeAll(async () => {
  dataDir = makeFolder('reader');
  child = startChild('serve', dataDir);
  await child.heard('ready');
  store = await openStore({ dataDir, inProcess: true });
  db = clientOf(store).db('test');
  things = db.collection('things');
  await things.insertMany(Array.from({ length: COUNT }, (_, n) => ({ _id: n, n, group: n % 4 })));
}, 60_000);

afterAll(async () => {
  await store.close();
  await child.end();
  removeFolder(dataDir);
});

test('groups, and counts by a filter', async () => {
  const found = await things
    .aggregate([{ $group: { _id: '$group', total: { $sum: 1 } } }, { $sort: { _id: 1 } }])
    .toArray();
  expect(found).toEqual([0, 1, 2, 3].map((group) => ({ _id: group, total: COUNT / 4 })));
  expect(await things.countDocuments({ n: { $lt: 50 } })).toBe(50);
});

test('gives its results in batches, or as far as they are read', async () => {
  const cursor = things.aggregate([{ $match: { group: 1 } }], { batchSize: 700 });
  expect(await cursor.toArray()).toHaveLength(COUNT / 4);
  const left = things.aggregate([{ $match: { group: 1 } }], { batchSize: 2 });
  await left.next();
  const { id } = left;
  await left.close();
  expect((await refusalOf(() => db.command({ getMore: id, collection: 'things' }))).code).toBe(43);
});

test('sees what was written just before, and what collections and indexes there are by now', async () => {
  for (let round = 1; round <= 20; round += 1) {
    await things.insertOne({ _id: COUNT + round, n: -round, group: 9 });
    expect(await things.countDocuments({ group: 9 })).toBe(round);
  }
  await things.createIndex({ group: 1 });
  expect(await things.countDocuments({ group: 9 })).toBe(20);
  await db.collection<{ _id: number }>('other').insertOne({ _id: 9 });
  const joined = await things
    .aggregate([
      { $match: { n: -1 } },
      { $lookup: { from: 'other', localField: 'group', foreignField: '_id', as: 'other' } },
    ])
    .toArray();
  expect(joined).toMatchObject([{ n: -1, other: [{ _id: 9 }] }]);
  await things.deleteMany({ group: 9 });
  expect(await things.countDocuments({ group: 9 })).toBe(0);
});

test('holds nobody up', async () => {
  const order: string[] = [];
  const long = things
    .aggregate([{ $group: { _id: { $mod: ['$n', 97] }, all: { $push: '$n' } } }])
    .toArray()
    .then(() => order.push('long'));
  const short = things.findOne({ _id: 5 }).then(() => order.push('short'));
  await Promise.all([long, short]);
  expect(order).toEqual(['short', 'long']);
});

test('neither does a search that reads everything', async () => {
  const order: string[] = [];
  const long = things
    .find({ group: { $mod: [50, 49] } })
    .hint({ $natural: 1 })
    .toArray()
    .then(() => order.push('long'));
  const short = things.findOne({ _id: 5 }).then(() => order.push('short'));
  await Promise.all([long, short]);
  expect(order).toEqual(['short', 'long']);
});

test('stays in its transaction', async () => {
  await clientOf(store).withSession((session) =>
    session.withTransaction(async () => {
      await things.insertOne({ _id: -1, n: 0, group: 77 }, { session });
      expect(await things.countDocuments({ group: 77 }, { session })).toBe(1);
    }),
  );
  expect(await things.countDocuments({ group: 77 })).toBe(1);
});

test('a fault is told as anywhere', async () => {
  expect((await refusalOf(() => things.aggregate([{ $wonder: 1 }]).toArray())).code).toBe(40324);
});
