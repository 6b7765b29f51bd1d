import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Collection, Document, Filter } from 'mongodb';
import { openHere } from '../support.js';

type Person = Document & { _id: number };

let here: Awaited<ReturnType<typeof openHere>>;
let people: Collection<Person>;

beforeAll(async () => {
  here = await openHere();
  people = here.client.db('counts').collection('people');
  await people.createIndexes([
    { key: { tags: 1 } },
    { key: { age: 1 }, sparse: true },
    { key: { erasing: 1 }, sparse: true },
  ]);
  await people.insertMany(
    Array.from({ length: 120 }, (_, n): Person => ({
      _id: n,
      ...(n % 4 === 0 ? {} : { tags: ['all', `t${n % 5}`, `t${n % 3}`].slice(0, (n % 4) + 1) }),
      ...(n % 6 === 0 ? {} : { age: n % 7 === 0 ? null : n % 50 }),
      ...(n % 10 === 0 ? { erasing: new Date(0) } : {}),
    })),
  );
});

afterAll(() => here.close());

test.each<Filter<Person>>([
  {},
  { tags: 't1' },
  { tags: { $in: ['t1', 't2', 'all'] } },
  { tags: { $gte: 't' } },
  { $or: [{ tags: 't1' }, { tags: 't2' }] },
  { age: { $gte: 10, $lt: 20 } },
  { age: { $exists: true } },
  { age: { $nin: [null, []] } },
  { age: 5, tags: 'all' },
  { _id: { $lt: 50 } },
])(
  'counts %j by keys as by reading documents, also without those who are being erased',
  async (asked) => {
    for (const filter of [asked, { $and: [asked, { erasing: { $exists: false } }] }]) {
      const read = (await people.find(filter).hint({ $natural: 1 }).toArray()).length;
      expect(await people.countDocuments(filter)).toBe(read);
      expect(await people.countDocuments(filter, { limit: 5 })).toBe(Math.min(5, read));
      const grouped = [{ $match: filter }, { $group: { _id: null, all: { $sum: 1 } } }];
      expect(await people.aggregate(grouped).toArray()).toEqual(
        read > 0 ? [{ _id: null, all: read }] : [],
      );
      expect(
        await people.aggregate([{ $match: filter }, { $limit: 7 }, { $count: 'n' }]).next(),
      ).toEqual(read > 0 ? { n: Math.min(7, read) } : null);
      const { n } = await here.client
        .db('counts')
        .command({ count: 'people', query: filter, skip: 2 });
      expect(n).toBe(Math.max(0, read - 2));
    }
  },
);

test.each([
  { $group: { _id: 1, twice: { $sum: 2 } } },
  { $group: { _id: '$tags', n: { $sum: 1 } } },
  { $group: { _id: null, n: { $sum: 1 }, most: { $max: '$age' } } },
])('groups by reading documents where %j asks for more than a count', async (group) => {
  const query = { age: { $gte: 10 } };
  const read = await people.aggregate([{ $match: query }, { $unwind: '$_id' }, group]).toArray();
  const found = await people.aggregate([{ $match: query }, group]).toArray();
  expect(found).toHaveLength(read.length);
  expect(found).toEqual(expect.arrayContaining(read));
});

test('counts what a transaction wrote', async () => {
  await here.client.withSession((session) =>
    session.withTransaction(async () => {
      const before = await people.countDocuments({ tags: 't1' }, { session });
      await people.insertOne({ _id: 1000, tags: ['t1'] }, { session });
      expect(await people.countDocuments({ tags: 't1' }, { session })).toBe(before + 1);
      await session.abortTransaction();
    }),
  );
});

test('refuses an operator that it does not know, also where keys would tell', async () => {
  await expect(people.countDocuments({ tags: { $wonder: 1 } })).rejects.toThrow('$wonder');
});

test('of several clauses about one array, reads along the one with the fewest keys', async () => {
  const common = { tags: { $elemMatch: { $gte: 'a', $lt: 'b' } } };
  const rare = { tags: { $elemMatch: { $gte: 't4', $lt: 't5' } } };
  const those = await people.countDocuments({ tags: 't4' });
  for (const clauses of [
    [common, rare],
    [rare, common],
  ]) {
    const found = people.find({ $and: clauses });
    const { executionStats } = await people.find({ $and: clauses }).explain();
    expect(executionStats).toMatchObject({ totalDocsExamined: those });
    expect(await found.toArray()).toHaveLength(those);
  }
});
