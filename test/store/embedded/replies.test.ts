import { Binary, Long } from 'bson';
import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from '@jest/globals';
import { verify } from '../../../src/store/embedded/verify.js';
import type { Doc } from '../../../src/store/embedded/query/values.js';
import { makeFolder, openHere, removeFolder } from '../support.js';
import { connectRaw, socketIn } from './raw-client.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) removeFolder(folder);
});

// Sends commands to a store that is opened for them alone, as after a crash and a start.
async function askOnce(dataDir: string, commands: Doc[]): Promise<Doc[]> {
  const { close } = await openHere({ dataDir });
  const client = await connectRaw(socketIn(dataDir));
  const answers: Doc[] = [];
  for (const command of commands) answers.push(await client.ask({ ...command, $db: 'test' }));
  client.close();
  await close();
  return answers;
}

function newSession(): Doc {
  return { id: new Binary(randomBytes(16), Binary.SUBTYPE_UUID) };
}

function newFolder(): string {
  const folder = makeFolder('replies');
  folders.push(folder);
  return folder;
}

test('a write repeated after a restart is answered and not done twice', async () => {
  const dataDir = newFolder();
  const lsid = newSession();
  const update: Doc = {
    update: 'things',
    updates: [
      { q: { _id: 1 }, u: { $inc: { n: 1 } } },
      { q: { _id: 2 }, u: { $inc: { n: 1 } }, upsert: true },
    ],
    lsid,
    txnNumber: Long.fromNumber(5),
  };
  await askOnce(dataDir, [{ insert: 'things', documents: [{ _id: 1, n: 0 }] }]);
  const [first] = await askOnce(dataDir, [update]);
  const [second, found] = await askOnce(dataDir, [update, { find: 'things', filter: {} }]);
  expect(first).toMatchObject({ ok: 1, n: 2, nModified: 1, upserted: [{ index: 1, _id: 2 }] });
  expect(second).toEqual(first);
  expect(found).toMatchObject({
    cursor: {
      firstBatch: [
        { _id: 1, n: 1 },
        { _id: 2, n: 1 },
      ],
    },
  });
});

test('a repeated findAndModify gives the document it gave', async () => {
  const dataDir = newFolder();
  const command: Doc = {
    findAndModify: 'things',
    query: { _id: 1 },
    update: { $inc: { n: 1 } },
    new: true,
    upsert: true,
    lsid: newSession(),
    txnNumber: Long.fromNumber(1),
  };
  const [first] = await askOnce(dataDir, [command]);
  const [second] = await askOnce(dataDir, [command]);
  expect(first).toMatchObject({ value: { _id: 1, n: 1 } });
  expect(second).toEqual(first);
});

test('an insert repeated in part is completed, not refused', async () => {
  const dataDir = newFolder();
  const lsid = newSession();
  const insert = (ids: number[]): Doc => ({
    insert: 'things',
    documents: ids.map((_id) => ({ _id })),
    lsid,
    txnNumber: Long.fromNumber(1),
  });
  await askOnce(dataDir, [insert([1, 2])]);
  const [answer, count] = await askOnce(dataDir, [insert([1, 2, 3]), { count: 'things' }]);
  expect(answer).toMatchObject({ ok: 1, n: 3 });
  expect(count).toMatchObject({ n: 3 });
});

test('a number that the session has left behind is refused', async () => {
  const dataDir = newFolder();
  const lsid = newSession();
  const insert = (id: number, number: number): Doc => ({
    insert: 'things',
    documents: [{ _id: id }],
    lsid,
    txnNumber: Long.fromNumber(number),
  });
  const [, late] = await askOnce(dataDir, [insert(1, 7), insert(2, 6)]);
  expect(late).toMatchObject({ ok: 0, code: 225 });
});

test('a commit repeated after a restart is answered, an unknown one is refused', async () => {
  const dataDir = newFolder();
  const lsid = newSession();
  const part = { lsid, txnNumber: Long.fromNumber(3), autocommit: false };
  const commit: Doc = { commitTransaction: 1, ...part };
  await askOnce(dataDir, [
    { insert: 'things', documents: [{ _id: 1 }], startTransaction: true, ...part },
    commit,
  ]);
  const [again, other, count] = await askOnce(dataDir, [
    commit,
    { ...commit, txnNumber: Long.fromNumber(4) },
    { count: 'things' },
  ]);
  expect(again).toMatchObject({ ok: 1 });
  expect(other).toMatchObject({
    ok: 0,
    code: 251,
    errorLabels: ['TransientTransactionError'],
  });
  expect(count).toMatchObject({ n: 1 });
  expect((await verify(dataDir)).faults).toEqual([]);
});

test('a transaction ends with the last connection that used it', async () => {
  const dataDir = newFolder();
  const { close } = await openHere({ dataDir });
  const [dying, other] = [await connectRaw(socketIn(dataDir)), await connectRaw(socketIn(dataDir))];
  await other.ask({ insert: 'things', documents: [{ _id: 1, n: 0 }], $db: 'test' });
  const update: Doc = { update: 'things', updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }] };
  const part = { lsid: newSession(), txnNumber: Long.fromNumber(1), autocommit: false };
  await dying.ask({ ...update, ...part, startTransaction: true, $db: 'test' });
  const waiting = other.ask({ ...update, $db: 'test' });
  dying.close();
  expect(await waiting).toMatchObject({ ok: 1, nModified: 1 });
  expect(await other.ask({ find: 'things', $db: 'test' })).toMatchObject({
    cursor: { firstBatch: [{ _id: 1, n: 1 }] },
  });
  other.close();
  await close();
});

test('a write of every match takes no number, for it could not be repeated safely', async () => {
  const dataDir = newFolder();
  const [answer] = await askOnce(dataDir, [
    {
      update: 'things',
      updates: [{ q: {}, u: { $inc: { n: 1 } }, multi: true }],
      lsid: newSession(),
      txnNumber: Long.fromNumber(1),
    },
  ]);
  expect(answer).toMatchObject({ ok: 0, code: 72 });
});
