import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  Binary,
  Decimal128,
  Double,
  Long,
  MongoBulkWriteError,
  ObjectId,
  type Collection,
  type Db,
  type Document,
  type MongoClient,
} from 'mongodb';
import { openStore } from '../../src/store/connection.js';
import { clientOf, openHere, refusalOf } from './support.js';

/*
 * The same cases against the embedded store and, when MONGODB_URI is set, against that server: what
 * holds for both is what the program may rely on.
 */
type Target = { client: MongoClient; close(): Promise<void> };
const uri = process.env['MONGODB_URI'];
const targets: Array<[string, () => Promise<Target>]> = [['the embedded store', () => openHere()]];
if (uri !== undefined) targets.push(['MongoDB', () => openServer(uri)]);

async function openServer(mongodbUri: string): Promise<Target> {
  const store = await openStore({ dataDir: '', mongodbUri });
  return { client: clientOf(store), close: () => store.close() };
}

describe.each(targets)('%s', (_name, open) => {
  let target: Target;
  let db: Db;
  let things: Collection;

  beforeAll(async () => {
    target = await open();
    db = target.client.db(`conformance_${process.pid}`);
  });

  afterAll(async () => {
    await db.dropDatabase();
    await target.close();
  });

  beforeEach(async () => {
    await db.collection('things').drop();
    things = db.collection('things');
  });

  describe('insert', () => {
    test('acknowledges one and many, and finds them again in every type', async () => {
      const id = new ObjectId();
      const doc = {
        _id: id,
        int: 1,
        double: 1.5,
        whole: new Double(2),
        long: Long.fromString('9007199254740993'),
        decimal: Decimal128.fromString('1.10'),
        at: new Date('2026-01-02T03:04:05.678Z'),
        bytes: new Binary(Buffer.from([1, 2, 3])),
        nothing: null,
        nested: { list: [1, 'two', { three: 3 }] },
        yes: true,
      };
      const { insertedId } = await things.insertOne(doc);
      expect(insertedId).toEqual(id);
      const found = await things.findOne({ _id: id }, { promoteValues: false });
      expect(JSON.stringify(found)).toBe(
        JSON.stringify(
          await things.findOne(
            { long: Long.fromString('9007199254740993') },
            { promoteValues: false },
          ),
        ),
      );
      expect(found?.['decimal']).toEqual(doc.decimal);
      expect(found?.['long']).toEqual(doc.long);
      expect(found?.['whole']).toEqual(doc.whole);
      const { insertedCount } = await things.insertMany([{ _id: 1 }, { _id: 2 }] as Document[]);
      expect(insertedCount).toBe(2);
    });

    test('refuses a taken _id with code 11000 and says which key', async () => {
      await things.insertOne({ _id: 'a' } as Document);
      const refusal = await refusalOf(() => things.insertOne({ _id: 'a' } as Document));
      expect(refusal).toMatchObject({
        code: 11000,
        keyPattern: { _id: 1 },
        keyValue: { _id: 'a' },
      });
    });

    test('stops at the first refusal when ordered', async () => {
      const docs = [{ _id: 1 }, { _id: 1 }, { _id: 2 }] as Document[];
      await expect(things.insertMany(docs)).rejects.toMatchObject({ code: 11000 });
      expect(await things.countDocuments()).toBe(1);
    });

    test('goes on after a refusal when unordered, and says which ones were refused', async () => {
      const docs = [{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 2 }] as Document[];
      const refusal = await things
        .insertMany(docs, { ordered: false })
        .catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(MongoBulkWriteError);
      const errors = refusal instanceof MongoBulkWriteError ? refusal.writeErrors : [];
      expect([errors].flat().map(({ index }) => index)).toEqual([1, 3]);
      expect(await things.countDocuments()).toBe(2);
    });

    test('takes a numeric _id of another type for the same', async () => {
      await things.insertOne({ _id: 1 } as Document);
      const refusal = await refusalOf(() =>
        things.insertOne({ _id: Long.fromNumber(1) } as Document),
      );
      expect(refusal.code).toBe(11000);
      expect(await things.findOne({ _id: new Double(1) } as Document)).toEqual({ _id: 1 });
    });
  });

  describe('find', () => {
    beforeEach(async () => {
      await things.insertMany(
        Array.from({ length: 250 }, (_, n) => ({
          _id: n,
          group: n % 5,
          name: `n${String(249 - n).padStart(3, '0')}`,
          tags: [`t${n % 3}`, `u${n % 4}`],
        })) as Document[],
      );
    });

    test('filters, sorts, skips and limits', async () => {
      const found = await things.find({ group: 2 }).sort({ name: 1 }).skip(1).limit(3).toArray();
      expect(found.map(({ _id }) => _id)).toEqual([242, 237, 232]);
    });

    test('gives everything in batches', async () => {
      const cursor = things.find({}).batchSize(30);
      const ids: unknown[] = [];
      for await (const { _id: id } of cursor) ids.push(id);
      expect(ids).toEqual(Array.from({ length: 250 }, (_, n) => n));
    });

    test('gives the same with an index as without', async () => {
      const queries: Document[] = [
        { group: 3 },
        { group: { $gt: 1, $lt: 4 }, name: { $gte: 'n100' } },
        { tags: 't1' },
        { tags: { $all: ['t1', 'u2'] } },
        { $or: [{ group: 1 }, { tags: 'u3' }] },
        { group: { $in: [0, 4] }, tags: { $ne: 't0' } },
      ];
      const answers = async (): Promise<unknown> =>
        Promise.all(queries.map((query) => things.find(query).sort({ name: 1 }).toArray()));
      const without = await answers();
      await things.createIndexes([
        { key: { group: 1, name: -1 } },
        { key: { tags: 1 } },
        { key: { name: 1 } },
      ]);
      expect(await answers()).toEqual(without);
    });

    test('shows what a projection asks for', async () => {
      expect(await things.findOne({ _id: 7 } as Document, { projection: { group: 1 } })).toEqual({
        _id: 7,
        group: 2,
      });
      expect(
        await things.findOne({ _id: 7 } as Document, { projection: { _id: 0, tags: 0 } }),
      ).toEqual({ group: 2, name: 'n242' });
    });

    test('counts and lists what is different', async () => {
      expect(await things.countDocuments({ group: 1 })).toBe(50);
      expect(await things.estimatedDocumentCount()).toBe(250);
      expect(await things.distinct('tags', { group: 1 })).toEqual([
        't0',
        't1',
        't2',
        'u0',
        'u1',
        'u2',
        'u3',
      ]);
    });

    test('closes a cursor that is not read to the end', async () => {
      const cursor = things.find({}).batchSize(2);
      await cursor.next();
      const { id } = cursor;
      await cursor.close();
      const refusal = await refusalOf(() => db.command({ getMore: id, collection: 'things' }));
      expect(refusal.code).toBe(43);
    });

    test('finds nothing in a collection that is not there', async () => {
      expect(await db.collection('nowhere').find({ a: 1 }).toArray()).toEqual([]);
      expect(await db.collection('nowhere').countDocuments()).toBe(0);
    });
  });

  describe('update', () => {
    test('tells what matched and what changed', async () => {
      await things.insertOne({ _id: 1, n: 1 } as Document);
      expect(await things.updateOne({ n: 1 }, { $set: { n: 1 } })).toMatchObject({
        matchedCount: 1,
        modifiedCount: 0,
      });
      const change: Document = { $inc: { n: 1 }, $push: { l: 'x' } };
      expect(await things.updateOne({ n: 1 }, change)).toMatchObject({
        matchedCount: 1,
        modifiedCount: 1,
      });
      expect(await things.findOne()).toEqual({ _id: 1, n: 2, l: ['x'] });
      expect((await things.updateOne({ n: 9 }, { $set: { n: 3 } })).matchedCount).toBe(0);
    });

    test('inserts what is missing when asked to', async () => {
      const made = await things.updateOne(
        { _id: 'a' } as Document,
        { $setOnInsert: { first: true }, $set: { n: 1 } },
        { upsert: true },
      );
      expect(made).toMatchObject({ upsertedId: 'a', upsertedCount: 1, matchedCount: 0 });
      await things.updateOne({ _id: 'a' } as Document, { $set: { n: 2 } }, { upsert: true });
      expect(await things.find().toArray()).toEqual([{ _id: 'a', first: true, n: 2 }]);
    });

    test('changes every match', async () => {
      await things.insertMany(Array.from({ length: 450 }, (_, n) => ({ n, even: n % 2 === 0 })));
      expect(await things.updateMany({ even: true }, { $inc: { n: 1000 } })).toMatchObject({
        matchedCount: 225,
        modifiedCount: 225,
      });
      expect(await things.countDocuments({ n: { $gte: 1000 } })).toBe(225);
    });

    test('replaces, and runs a pipeline', async () => {
      await things.insertOne({ _id: 1, a: 1, b: 2 } as Document);
      await things.replaceOne({ _id: 1 } as Document, { c: 3 });
      expect(await things.findOne()).toEqual({ _id: 1, c: 3 });
      await things.updateOne({ _id: 1 } as Document, [{ $set: { d: { $add: ['$c', 1] } } }]);
      expect(await things.findOne()).toEqual({ _id: 1, c: 3, d: 4 });
    });

    test('changes the elements of an array that are meant', async () => {
      await things.insertOne({ _id: 1, l: [{ k: 1 }, { k: 2 }, { k: 2 }] } as Document);
      await things.updateOne(
        { _id: 1 } as Document,
        { $set: { 'l.$[two].seen': true } },
        { arrayFilters: [{ 'two.k': 2 }] },
      );
      await things.updateOne({ 'l.k': 1 }, { $set: { 'l.$.first': true } });
      expect(await things.findOne()).toEqual({
        _id: 1,
        l: [
          { k: 1, first: true },
          { k: 2, seen: true },
          { k: 2, seen: true },
        ],
      });
    });

    test('never changes an _id', async () => {
      await things.insertOne({ _id: 1 } as Document);
      const refusal = await refusalOf(() => things.updateOne({}, { $set: { _id: 2 } }));
      expect(refusal.code).toBe(66);
    });

    test('guards: of many clients with the same revision one wins', async () => {
      await things.insertOne({ _id: 1, revision: 0 } as Document);
      const results = await Promise.all(
        Array.from({ length: 20 }, () =>
          things.updateOne({ _id: 1, revision: 0 } as Document, { $inc: { revision: 1 } }),
        ),
      );
      expect(results.filter(({ modifiedCount }) => modifiedCount === 1)).toHaveLength(1);
      expect(await things.findOne()).toEqual({ _id: 1, revision: 1 });
    });

    test('loses no increment', async () => {
      await things.insertOne({ _id: 1, n: 0 } as Document);
      await Promise.all(
        Array.from({ length: 100 }, () =>
          things.updateOne({ _id: 1 } as Document, { $inc: { n: 1 } }),
        ),
      );
      expect(await things.findOne()).toEqual({ _id: 1, n: 100 });
    });
  });

  describe('findAndModify', () => {
    beforeEach(async () => {
      await things.insertMany([
        { _id: 1, n: 3 },
        { _id: 2, n: 1 },
      ] as Document[]);
    });

    test('gives the document before or after, by the order asked for', async () => {
      const before = await things.findOneAndUpdate({}, { $inc: { n: 10 } }, { sort: { n: 1 } });
      expect(before).toEqual({ _id: 2, n: 1 });
      const after = await things.findOneAndUpdate(
        {},
        { $inc: { n: 10 } },
        { sort: { n: 1 }, returnDocument: 'after', projection: { n: 1, _id: 0 } },
      );
      expect(after).toEqual({ n: 13 });
    });

    test('deletes, and gives null when nothing matched', async () => {
      expect(await things.findOneAndDelete({ n: 3 })).toEqual({ _id: 1, n: 3 });
      expect(await things.findOneAndDelete({ n: 3 })).toBeNull();
    });

    test('inserts what is missing when asked to', async () => {
      const made = await things.findOneAndUpdate(
        { _id: 5 } as Document,
        { $set: { n: 5 } },
        { upsert: true, returnDocument: 'after' },
      );
      expect(made).toEqual({ _id: 5, n: 5 });
    });
  });

  test('deletes one match, or all', async () => {
    await things.insertMany(Array.from({ length: 300 }, (_, n) => ({ n: n % 3 })));
    expect((await things.deleteOne({ n: 1 })).deletedCount).toBe(1);
    expect((await things.deleteMany({ n: 1 })).deletedCount).toBe(99);
    expect((await things.deleteMany({})).deletedCount).toBe(200);
    expect(await things.countDocuments()).toBe(0);
  });

  test('carries out a mixed bulk, told apart by statement', async () => {
    const result = await things.bulkWrite([
      { insertOne: { document: { _id: 1, n: 1 } as Document } },
      { updateOne: { filter: { n: 1 }, update: { $set: { n: 2 } } } },
      { updateMany: { filter: { n: 2 }, update: { $inc: { n: 1 } } } },
      { updateOne: { filter: { _id: 9 } as Document, update: { $set: { n: 9 } }, upsert: true } },
      { deleteOne: { filter: { n: 3 } } },
    ]);
    expect(result).toMatchObject({
      insertedCount: 1,
      matchedCount: 2,
      modifiedCount: 2,
      upsertedCount: 1,
      deletedCount: 1,
      upsertedIds: { 3: 9 },
    });
  });

  describe('indexes', () => {
    test('a unique one refuses, with the pattern and the value', async () => {
      await things.createIndex({ a: 1, b: -1 }, { unique: true });
      await things.insertOne({ _id: 1, a: 1, b: 1 } as Document);
      await things.insertOne({ _id: 2, a: 1, b: 2 } as Document);
      const refusal = await refusalOf(() => things.insertOne({ _id: 3, a: 1, b: 2 } as Document));
      expect(refusal).toMatchObject({
        code: 11000,
        keyPattern: { a: 1, b: -1 },
        keyValue: { a: 1, b: 2 },
      });
      const change = await refusalOf(() => things.updateOne({ b: 1 }, { $set: { b: 2 } }));
      expect(change.code).toBe(11000);
      await things.deleteOne({ b: 2 });
      await things.updateOne({ b: 1 }, { $set: { b: 2 } });
      expect(await things.find({ a: 1, b: 2 }).toArray()).toEqual([{ _id: 1, a: 1, b: 2 }]);
    });

    test('a unique one that is sparse or partial leaves out what it does not cover', async () => {
      await things.createIndex({ mail: 1 }, { unique: true, sparse: true });
      await things.createIndex(
        { phone: 1 },
        { unique: true, partialFilterExpression: { phone: { $exists: true } } },
      );
      await things.insertMany([{ n: 1 }, { n: 2 }, { mail: 'a', phone: '1' }]);
      expect((await refusalOf(() => things.insertOne({ mail: 'a' }))).code).toBe(11000);
      expect((await refusalOf(() => things.insertOne({ phone: '1' }))).code).toBe(11000);
      expect(await things.countDocuments({ mail: { $exists: false } })).toBe(2);
    });

    test('a unique one compares long values to their end', async () => {
      await things.createIndex({ text: 1 }, { unique: true });
      const long = 'x'.repeat(3000);
      await things.insertOne({ text: `${long}a` });
      await things.insertOne({ text: `${long}b` });
      expect((await refusalOf(() => things.insertOne({ text: `${long}b` }))).code).toBe(11000);
      expect(await things.countDocuments({ text: `${long}a` })).toBe(1);
    });

    test('one over documents that contradict it is not built', async () => {
      await things.insertMany([{ a: 1 }, { a: 1 }]);
      const refusal = await refusalOf(() => things.createIndex({ a: 1 }, { unique: true }));
      expect(refusal.code).toBe(11000);
      expect((await things.indexes()).map(({ name }) => name)).toEqual(['_id_']);
      await things.insertOne({ a: 1 });
    });

    test('are listed, made once, and dropped', async () => {
      await things.createIndex({ a: 1 }, { name: 'by_a', expireAfterSeconds: 3600 });
      await things.createIndex({ a: 1 }, { name: 'by_a', expireAfterSeconds: 3600 });
      expect(await things.indexes()).toEqual([
        { v: 2, key: { _id: 1 }, name: '_id_' },
        { v: 2, key: { a: 1 }, name: 'by_a', expireAfterSeconds: 3600 },
      ]);
      const other = await refusalOf(() => things.createIndex({ a: 1 }, { name: 'other' }));
      expect(other.code).toBe(85);
      const same = await refusalOf(() => things.createIndex({ b: 1 }, { name: 'by_a' }));
      expect(same.code).toBe(86);
      await things.dropIndex('by_a');
      expect((await refusalOf(() => things.dropIndex('by_a'))).code).toBe(27);
    });

    test('are used, and explain says which', async () => {
      await things.insertMany(Array.from({ length: 50 }, (_, n) => ({ a: n, b: n % 7 })));
      await things.createIndex({ a: 1 }, { name: 'by_a' });
      const used = JSON.stringify(await things.find({ a: 5 }).explain('queryPlanner'));
      expect(used).toContain('"indexName":"by_a"');
      const scan = JSON.stringify(await things.find({ b: 5 }).explain('queryPlanner'));
      expect(scan).toContain('COLLSCAN');
    });
  });

  describe('aggregate', () => {
    beforeEach(async () => {
      await things.insertMany([
        { _id: 1, kind: 'a', n: 1, tags: ['x', 'y'] },
        { _id: 2, kind: 'a', n: 2, tags: ['y'] },
        { _id: 3, kind: 'b', n: 3, tags: [] },
      ] as Document[]);
    });

    test('matches, groups and sorts', async () => {
      const found = await things
        .aggregate([
          { $match: { n: { $gte: 1 } } },
          { $group: { _id: '$kind', total: { $sum: '$n' }, most: { $max: '$n' } } },
          { $sort: { _id: 1 } },
        ])
        .toArray();
      expect(found).toEqual([
        { _id: 'a', total: 3, most: 2 },
        { _id: 'b', total: 3, most: 3 },
      ]);
    });

    test('unwinds, looks up in another collection, and counts', async () => {
      await db.collection('tags').drop();
      await db.collection('tags').insertMany([{ _id: 'x', label: 'X' }] as Document[]);
      const found = await things
        .aggregate([
          { $unwind: '$tags' },
          { $lookup: { from: 'tags', localField: 'tags', foreignField: '_id', as: 'known' } },
          { $match: { 'known.label': 'X' } },
          { $project: { n: 1, label: { $arrayElemAt: ['$known.label', 0] } } },
        ])
        .toArray();
      expect(found).toEqual([{ _id: 1, n: 1, label: 'X' }]);
      expect(await things.aggregate([{ $count: 'all' }]).toArray()).toEqual([{ all: 3 }]);
    });

    test('refuses a stage that nobody knows', async () => {
      const refusal = await refusalOf(() => things.aggregate([{ $wonder: {} }]).toArray());
      expect(refusal.code).toBe(40324);
    });
  });

  describe('collections', () => {
    test('are made, listed and dropped', async () => {
      await db.createCollection('made');
      expect((await refusalOf(() => db.command({ create: 'made' }))).code).toBe(48);
      const names = async (): Promise<string[]> =>
        (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
      expect(await names()).toContain('made');
      await db.collection('made').drop();
      expect(await names()).not.toContain('made');
      expect((await refusalOf(() => db.collection('made').indexes())).code).toBe(26);
    });

    test('are renamed, never over another', async () => {
      await things.insertOne({ a: 1 });
      await db.collection('other').drop();
      await db.createCollection('other');
      expect((await refusalOf(() => things.rename('other'))).code).toBe(48);
      await things.rename('other', { dropTarget: true });
      expect(await db.collection('other').countDocuments()).toBe(1);
      await db.collection('other').drop();
    });
  });

  describe('what nobody knows is refused, never left aside', () => {
    test('a command', async () => {
      expect((await refusalOf(() => db.command({ wonder: 1 }))).code).toBe(59);
    });

    test('an option', async () => {
      const refusal = await refusalOf(() => db.command({ find: 'things', wonder: 1 }));
      expect([72, 40415]).toContain(refusal.code);
    });

    test('an operator of a query or of an update', async () => {
      await things.insertOne({ a: 1 });
      expect((await refusalOf(() => things.findOne({ a: { $wonder: 1 } }))).code).toBe(2);
      const wonder: Document = { $wonder: { a: 1 } };
      expect((await refusalOf(() => things.updateOne({}, wonder))).code).toBe(9);
    });
  });
});
