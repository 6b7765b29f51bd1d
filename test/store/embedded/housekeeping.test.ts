import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { join } from 'node:path';
import type { Engine } from '../../../src/store/embedded/engine.js';
import { buildIndexes, dropHalfBuilt } from '../../../src/store/embedded/index-builds.js';
import { insertOne, toStored } from '../../../src/store/embedded/commands/insert.js';
import { createEngine } from '../../../src/store/embedded/open-engine.js';
import { removeExpired } from '../../../src/store/embedded/expiry.js';
import type { Doc } from '../../../src/store/embedded/query/values.js';
import { searchAll } from '../../../src/store/embedded/search.js';
import { openStorage, type Storage } from '../../../src/store/embedded/storage.js';
import { clearGarbage, forgetOldReplies } from '../../../src/store/embedded/sweeping.js';
import { verify } from '../../../src/store/embedded/verify.js';
import { commitWriter } from '../../../src/store/embedded/writing.js';
import { makeFolder, removeFolder } from '../support.js';

let dataDir: string;
let storage: Storage;
let engine: Engine;
let today: Date;
const attempt = (name: string) => ({ session: Buffer.alloc(16, name), number: 1n });
const goOn = (): boolean => false;

beforeEach(() => {
  dataDir = makeFolder('housekeeping');
  today = new Date('2026-04-10T12:00:00Z');
  storage = openStorage(join(dataDir, 'store'), { noSync: true });
  engine = open();
});
afterEach(async () => {
  await storage.close();
  removeFolder(dataDir);
});

function open(): Engine {
  return {
    ...createEngine({
      storage,
      storeId: 'test',
      socketPath: '',
      cursorsAre: 'even',
      checkOwner: () => undefined,
      connections: () => 0,
      report: () => undefined,
    }),
    now: () => today,
  };
}

async function insert(docs: Doc[]): Promise<void> {
  await engine.commits.run(() => {
    for (const doc of docs) insertOne(commitWriter(engine), 'test.things', toStored(doc));
  });
}

function find(filter: Doc, sort?: Doc): unknown[] {
  const collection = engine.catalog.find('test.things');
  if (!collection) return [];
  return searchAll(engine.live, collection, { filter, sort }).map(({ doc }) => doc['_id']);
}

const ids = (count: number): Doc[] =>
  Array.from({ length: count }, (_, n) => ({ _id: `d${String(n).padStart(4, '0')}`, n }));

test('documents go when their time is over, and not before', async () => {
  await buildIndexes(
    engine,
    'test.things',
    [{ name: 'ttl', key: { at: 1 }, expireAfterSeconds: 60 }],
    () => false,
  );
  const at = (seconds: number): Date => new Date(today.getTime() - seconds * 1000);
  await insert([
    { _id: 'old', at: at(61) },
    { _id: 'fresh', at: at(59) },
    { _id: 'list', at: [at(10), at(100)] },
    { _id: 'no date', at: 'yesterday' },
    { _id: 'none' },
    ...Array.from({ length: 250 }, (_, n) => ({ _id: `more ${n}`, at: at(3600) })),
  ]);
  await removeExpired(engine, goOn);
  expect(find({}, { _id: 1 })).toEqual(['fresh', 'no date', 'none']);
  today = new Date(today.getTime() + 2_000);
  await removeExpired(engine, goOn);
  expect(find({}, { _id: 1 })).toEqual(['no date', 'none']);
});

test('what a dropped collection leaves is cleared, even after a restart', async () => {
  await buildIndexes(engine, 'test.things', [{ name: 'by_n', key: { n: 1 } }], () => false);
  await insert(ids(1_200));
  await engine.commits.run(() => {
    const collection = engine.catalog.find('test.things');
    if (collection) engine.catalog.remove(collection);
  });
  engine = open();
  expect(engine.catalog.garbage()).toHaveLength(2);
  await clearGarbage(engine, goOn);
  expect(engine.catalog.garbage()).toEqual([]);
  const all = { lower: Buffer.alloc(1), upper: Buffer.alloc(8, 0xff) };
  expect([...storage.scanKeys('documents', all), ...storage.scanKeys('entries', all)]).toEqual([]);
});

test('old replies are forgotten, fresh ones kept', async () => {
  const keep = (name: string, at: Date): Promise<void> =>
    engine.commits.run(() => engine.replies.keep(attempt(name), { type: 'committed' }, at));
  await keep('a', new Date(today.getTime() - 2 * 3_600_000));
  await keep('b', new Date(today.getTime() - 60_000));
  await forgetOldReplies(engine);
  expect(engine.replies.read(attempt('a'))).toBeUndefined();
  expect(engine.replies.read(attempt('b'))).toEqual({ type: 'committed' });
});

test('an index is complete though documents come and go while it is built', async () => {
  await insert(ids(1_000));
  const building = buildIndexes(
    engine,
    'test.things',
    [
      { name: 'by_n', key: { n: 1 } },
      { name: 'by_n_backwards', key: { n: -1, _id: 1 }, sparse: true },
    ],
    () => false,
  );
  const writing = (async () => {
    for (let n = 0; n < 100; n += 1) {
      await engine.commits.run(() => {
        const writer = commitWriter(engine);
        const collection = writer.need('test.things');
        const [document] = searchAll(writer.view, collection, {
          filter: { _id: `d${String(n * 10).padStart(4, '0')}` },
        });
        if (!document) throw new Error('A document is missing.');
        const after = n % 2 === 0 ? undefined : toStored({ ...document.doc, n: -n });
        writer.write({ collection, key: document.key, before: document, after });
        insertOne(writer, 'test.things', toStored({ _id: `new ${n}`, n: 5_000 + n }));
      });
    }
  })();
  await Promise.all([building, writing]);
  expect(find({ n: { $gte: 5_000 } })).toHaveLength(100);
  expect(find({ n: { $lt: 0 } })).toHaveLength(50);
  await storage.close();
  expect((await verify(dataDir)).faults).toEqual([]);
  storage = openStorage(join(dataDir, 'store'), { noSync: true });
});

test('an index whose building a crash cut short is taken out at the next start', async () => {
  await insert(ids(10));
  await engine.commits.run(() => {
    const collection = engine.catalog.find('test.things');
    if (collection) engine.catalog.addIndex(collection, { name: 'half', key: { n: 1 } });
  });
  engine = open();
  expect(find({ n: 3 })).toEqual(['d0003']);
  await dropHalfBuilt(engine);
  expect(engine.catalog.find('test.things')?.indexes).toEqual([]);
});

test('long values come in their true order, though an index cuts them', async () => {
  await buildIndexes(engine, 'test.things', [{ name: 'by_text', key: { text: 1 } }], () => false);
  const long = 'y'.repeat(2_000);
  await insert([
    { _id: 1, text: `${long}c` },
    { _id: 2, text: 'a' },
    { _id: 3, text: `${long}a` },
    { _id: 4, text: 'z' },
    { _id: 5, text: `${long}b` },
  ]);
  const filter = { text: { $gte: 'a' } };
  const shown = (sort: Doc): number[] => find(filter, sort).map(Number);
  expect(shown({ text: 1 })).toEqual([2, 3, 5, 1, 4]);
  expect(shown({ text: -1 })).toEqual([4, 1, 5, 3, 2]);
});

test('a sort of more than fits in memory gives every document once and in order', async () => {
  const filler = 'f'.repeat(20_000);
  const docs = Array.from({ length: 700 }, (_, n) => ({ _id: n, rank: (n * 37) % 700, filler }));
  for (let from = 0; from < docs.length; from += 100) await insert(docs.slice(from, from + 100));
  const found = find({}, { rank: 1 }).map(Number);
  expect(found.map((id) => (id * 37) % 700)).toEqual(docs.map((_, n) => n));
});
