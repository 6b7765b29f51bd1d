import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ClientSession, Collection, Db, MongoClient } from 'mongodb';
import { openStore } from '../../src/store/connection.js';
import { clientOf, openHere, refusalOf } from './support.js';

type Thing = { _id: string; n?: number; mail?: string };
type Target = { client: MongoClient; close(): Promise<void> };

const uri = process.env['MONGODB_URI'];
const targets: Array<[string, () => Promise<Target>]> = [['the embedded store', () => openHere()]];
if (uri !== undefined) targets.push(['MongoDB', () => openServer(uri)]);

async function openServer(mongodbUri: string): Promise<Target> {
  const store = await openStore({ dataDir: '', mongodbUri });
  return { client: clientOf(store), close: () => store.close() };
}

describe.each(targets)('transactions on %s', (_name, open) => {
  let target: Target;
  let db: Db;
  let things: Collection<Thing>;
  let sessions: ClientSession[] = [];

  const begin = (): ClientSession => {
    const session = target.client.startSession();
    sessions.push(session);
    session.startTransaction();
    return session;
  };

  beforeAll(async () => {
    target = await open();
    db = target.client.db(`transactions_${process.pid}`);
    things = db.collection<Thing>('things');
    await things.createIndex({ n: 1 });
    await things.createIndex({ mail: 1 }, { unique: true, sparse: true });
  });

  beforeEach(async () => {
    await Promise.all(sessions.map((session) => session.endSession()));
    sessions = [];
    await things.deleteMany({});
    await things.insertMany([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
  });

  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.endSession()));
    await db.dropDatabase();
    await target.close();
  });

  test('show nothing before the commit, and everything after it', async () => {
    const session = begin();
    await things.insertOne({ _id: 'c', n: 3 }, { session });
    await things.updateOne({ _id: 'a' }, { $inc: { n: 10 } }, { session });
    await things.deleteOne({ _id: 'b' }, { session });
    expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
    await session.commitTransaction();
    expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', n: 11 },
      { _id: 'c', n: 3 },
    ]);
  });

  test('leave nothing behind when aborted', async () => {
    const session = begin();
    await things.insertOne({ _id: 'c', n: 3 }, { session });
    await things.updateMany({}, { $set: { n: 0 } }, { session });
    await session.abortTransaction();
    expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
  });

  test('see their own writes, by key, by index and in order', async () => {
    const session = begin();
    await things.insertOne({ _id: 'c', n: 0 }, { session });
    await things.updateOne({ _id: 'a' }, { $set: { n: 5 } }, { session });
    const found = await things
      .find({ n: { $gte: 0 } }, { session })
      .sort({ n: 1 })
      .toArray();
    expect(found.map(({ _id }) => _id)).toEqual(['c', 'b', 'a']);
    const keys = await things.find({}, { session }).sort({ _id: -1 }).toArray();
    expect(keys.map(({ _id }) => _id)).toEqual(['c', 'b', 'a']);
    expect(await things.findOne({ n: 1 }, { session })).toBeNull();
    expect(await things.countDocuments({}, { session })).toBe(3);
  });

  test('do not see what others write meanwhile', async () => {
    const session = begin();
    expect(await things.findOne({ _id: 'a' }, { session })).toEqual({ _id: 'a', n: 1 });
    await things.updateOne({ _id: 'b' }, { $set: { n: 99 } });
    await things.insertOne({ _id: 'c', n: 3 });
    expect(await things.find({}, { session }).sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', n: 1 },
      { _id: 'b', n: 2 },
    ]);
    await session.commitTransaction();
  });

  test('conflict, and say so, when another open one wrote the same document', async () => {
    const first = begin();
    const second = begin();
    await things.updateOne({ _id: 'a' }, { $set: { n: 10 } }, { session: first });
    await things.findOne({ _id: 'b' }, { session: second });
    const refusal = await refusalOf(() =>
      things.updateOne({ _id: 'a' }, { $set: { n: 20 } }, { session: second }),
    );
    expect(refusal.code).toBe(112);
    expect(refusal.labels).toContain('TransientTransactionError');
    await first.commitTransaction();
    expect(await things.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 10 });
  });

  test('conflict when the document changed since they began', async () => {
    const session = begin();
    await things.findOne({ _id: 'b' }, { session });
    await things.updateOne({ _id: 'a' }, { $set: { n: 7 } });
    const refusal = await refusalOf(() =>
      things.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { session }),
    );
    expect(refusal.code).toBe(112);
    expect(refusal.labels).toContain('TransientTransactionError');
  });

  test('are run again by withTransaction until every increment counts', async () => {
    await Promise.all(
      Array.from({ length: 8 }, () =>
        target.client.withSession((session) =>
          session.withTransaction(async () => {
            const found = await things.findOne({ _id: 'a' }, { session });
            await things.updateOne({ _id: 'a' }, { $set: { n: (found?.n ?? 0) + 1 } }, { session });
            await things.updateOne({ _id: 'b' }, { $inc: { n: -1 } }, { session });
          }),
        ),
      ),
    );
    expect(await things.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 'a', n: 9 },
      { _id: 'b', n: -6 },
    ]);
  });

  test('do not hold up code that writes other documents without the session', async () => {
    await target.client.withSession((session) =>
      session.withTransaction(async () => {
        await things.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { session });
        await things.insertOne({ _id: 'outside' });
        await things.updateOne({ _id: 'b' }, { $inc: { n: 1 } });
      }),
    );
    expect(await things.countDocuments()).toBe(3);
    expect(await things.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 2 });
    expect(await things.findOne({ _id: 'b' })).toEqual({ _id: 'b', n: 3 });
  });

  test('make others wait for a document they hold, who then go on', async () => {
    const session = begin();
    await things.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { session });
    const outside = things.updateOne({ _id: 'a' }, { $inc: { n: 10 } });
    await things.updateOne({ _id: 'a' }, { $inc: { n: 100 } }, { session });
    await session.commitTransaction();
    expect((await outside).modifiedCount).toBe(1);
    expect(await things.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 112 });
  });

  test('let others wait no longer than they want to', async () => {
    const session = begin();
    await things.updateOne({ _id: 'a' }, { $inc: { n: 1 } }, { session });
    const refusal = await refusalOf(() =>
      things.updateOne({ _id: 'a' }, { $inc: { n: 10 } }, { maxTimeMS: 100 }),
    );
    expect([50, 112]).toContain(refusal.code);
    await session.commitTransaction();
    expect(await things.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 2 });
  });

  test('end when something in them is refused', async () => {
    const session = begin();
    await things.updateOne({ _id: 'a' }, { $set: { mail: 'x' } }, { session });
    const taken = await refusalOf(() => things.insertOne({ _id: 'c', mail: 'x' }, { session }));
    expect(taken.code).toBe(11000);
    const after = await refusalOf(() => things.findOne({ _id: 'a' }, { session }));
    expect(after.code).toBe(251);
    await session.abortTransaction();
    expect(await things.findOne({ _id: 'a' })).toEqual({ _id: 'a', n: 1 });
  });

  test('keep unique keys unique, whoever commits first', async () => {
    const session = begin();
    await things.insertOne({ _id: 'c', mail: 'y' }, { session });
    await things.deleteOne({ _id: 'a' }, { session });
    const other = things.insertOne({ _id: 'd', mail: 'y' }).then(
      () => true,
      () => false,
    );
    const mine = session.commitTransaction().then(
      () => true,
      () => false,
    );
    expect([await other, await mine].filter(Boolean)).toHaveLength(1);
    expect(await things.countDocuments({ mail: 'y' })).toBe(1);
  });

  test('hand a unique key from one document to another', async () => {
    await things.updateOne({ _id: 'a' }, { $set: { mail: 'z' } });
    const session = begin();
    await things.updateOne({ _id: 'a' }, { $unset: { mail: '' } }, { session });
    await things.updateOne({ _id: 'b' }, { $set: { mail: 'z' } }, { session });
    await session.commitTransaction();
    expect(await things.findOne({ mail: 'z' })).toMatchObject({ _id: 'b' });
  });

  test('answer a repeated commit as the first', async () => {
    const session = begin();
    await things.insertOne({ _id: 'c' }, { session });
    await session.commitTransaction();
    await session.commitTransaction();
    expect(await things.countDocuments({ _id: 'c' })).toBe(1);
  });

  test('write to a collection that was not there', async () => {
    const session = begin();
    await db.collection<Thing>('fresh').insertOne({ _id: 'x' }, { session });
    await session.commitTransaction();
    expect(await db.collection<Thing>('fresh').findOne()).toEqual({ _id: 'x' });
  });
});
