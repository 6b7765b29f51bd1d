import { Binary, Long } from 'bson';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Doc } from '../../../src/store/embedded/query/values.js';
import { openHere } from '../support.js';
import { connectRaw, socketIn, type RawClient } from './raw-client.js';

let here: Awaited<ReturnType<typeof openHere>>;
let first: RawClient;
let second: RawClient;

beforeAll(async () => {
  here = await openHere();
});

beforeEach(async () => {
  first = await connectRaw(socketIn(here.dataDir));
  second = await connectRaw(socketIn(here.dataDir));
});

afterEach(() => {
  first.close();
  second.close();
});

afterAll(() => here.close());

function newTransaction() {
  const lsid: Doc = { id: new Binary(randomBytes(16), Binary.SUBTYPE_UUID) };
  return { lsid, txnNumber: Long.fromNumber(1), autocommit: false };
}

describe('a transaction', () => {
  test('that is aborted while a command of it is under way holds no document', async () => {
    const part = newTransaction();
    const insert: Doc = { insert: 'fresh', documents: [{ _id: 1 }], $db: 'test' };
    const [late, aborted] = await Promise.all([
      // The collection has to be made first, and that takes a moment.
      first.ask({ ...insert, startTransaction: true, ...part }),
      second.ask({ abortTransaction: 1, ...part, $db: 'admin' }),
    ]);
    expect(aborted).toMatchObject({ ok: 1 });
    expect(late).toMatchObject({ ok: 0, code: 251, errorLabels: ['TransientTransactionError'] });
    expect(await second.ask({ ...insert, maxTimeMS: 1_000 })).toMatchObject({ ok: 1, n: 1 });
  });

  test('closes its cursors when it ends', async () => {
    const part = newTransaction();
    const documents = Array.from({ length: 9 }, (_, _id) => ({ _id }));
    await first.ask({ insert: 'read', documents, $db: 'test' });
    const find: Doc = { find: 'read', batchSize: 2, startTransaction: true, ...part };
    const { cursor } = await first.ask({ ...find, $db: 'test' });
    await first.ask({ commitTransaction: 1, ...part, $db: 'admin' });
    const getMore = Long.fromValue(Object(cursor).id);
    expect(
      await first.ask({ getMore, collection: 'read', lsid: part.lsid, $db: 'test' }),
    ).toMatchObject({ ok: 0, code: 43 });
    expect(await first.ask({ serverStatus: 1, $db: 'admin' })).toMatchObject({
      metrics: { cursor: { open: { total: 0 } } },
    });
  });

  test('is not begun by a command that would not be part of it', async () => {
    const { lsid, txnNumber } = newTransaction();
    const insert: Doc = { insert: 'half', documents: [{ _id: 1 }], lsid, txnNumber };
    expect(await first.ask({ ...insert, startTransaction: true, $db: 'test' })).toMatchObject({
      ok: 0,
      code: 9,
    });
    expect(await first.ask({ count: 'half', $db: 'test' })).toMatchObject({ n: 0 });
  });
});

test('an index that two ask for at once is made once', async () => {
  const createIndexes: Doc = { createIndexes: 'new', indexes: [{ key: { n: 1 }, name: 'n_1' }] };
  const made = await Promise.all(
    [first, second].map((client) => client.ask({ ...createIndexes, $db: 'test' })),
  );
  expect(made).toMatchObject([{ ok: 1 }, { ok: 1 }]);
  expect(await first.ask({ listIndexes: 'new', $db: 'test' })).toMatchObject({
    cursor: { firstBatch: [{ name: '_id_' }, { name: 'n_1' }] },
  });
});

test.each<[string, Doc, number]>([
  ['expiry by two fields', { key: { a: 1, b: 1 }, name: 'ab', expireAfterSeconds: 5 }, 67],
  ['the name of the index on _id', { key: { a: 1 }, name: '_id_' }, 67],
])('an index is refused for %s', async (_why, index, code) => {
  const refusal = await first.ask({ createIndexes: 'refused', indexes: [index], $db: 'test' });
  expect(refusal).toMatchObject({ ok: 0, code });
});

test('a collection is not renamed out of every database', async () => {
  await first.ask({ insert: 'named', documents: [{ _id: 1 }], $db: 'test' });
  const rename: Doc = { renameCollection: 'test.named', to: 'named', $db: 'admin' };
  expect(await first.ask(rename)).toMatchObject({ ok: 0, code: 73 });
});

test('an _id longer than any can be is looked for in vain', async () => {
  await first.ask({ insert: 'long', documents: [{ _id: 1 }], $db: 'test' });
  const find: Doc = { find: 'long', filter: { _id: 'x'.repeat(2_000) }, $db: 'test' };
  expect(await first.ask(find)).toMatchObject({ ok: 1, cursor: { firstBatch: [] } });
});

describe('explain', () => {
  beforeAll(async () => {
    const things = here.client.db('test').collection('explained');
    await things.insertMany(Array.from({ length: 20 }, (_, n) => ({ n, even: n % 2 === 0 })));
    await things.createIndex({ even: 1 });
  });

  const explain = (command: Doc): Promise<Doc> => first.ask({ explain: command, $db: 'test' });

  test('tells a sort in memory, and counts what is read once', async () => {
    expect(await explain({ find: 'explained', sort: { n: 1 } })).toMatchObject({
      queryPlanner: { winningPlan: { stage: 'SORT', inputStage: { stage: 'COLLSCAN' } } },
      executionStats: { nReturned: 20, totalDocsExamined: 20 },
    });
  });

  test('stops where the command would', async () => {
    const find: Doc = { find: 'explained', filter: { n: { $gte: 4 } }, skip: 1, limit: 2 };
    expect(await explain(find)).toMatchObject({
      executionStats: { nReturned: 2, totalDocsExamined: 7 },
    });
  });

  test('follows the hint of an update', async () => {
    const updates = [{ q: { even: true }, u: { $set: { x: 1 } }, hint: { _id: 1 } }];
    expect(await explain({ update: 'explained', updates })).toMatchObject({
      queryPlanner: { winningPlan: { inputStage: { indexName: '_id_' } } },
      executionStats: { nReturned: 1 },
    });
  });
});
