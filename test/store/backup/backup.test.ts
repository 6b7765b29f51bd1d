import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { mongo } from 'mongoose';
import { readBackup, verifyBackup } from '../../../src/store/backup/read-backup.js';
import { restoreBackup } from '../../../src/store/backup/restore-backup.js';
import { writeBackup } from '../../../src/store/backup/write-backup.js';
import type { Store } from '../../../src/store/connection.js';
import { openTable } from '../../../src/store/table.js';
import { values as anyValues } from '../embedded/query/arbitraries.js';
import { makeFolder, openHere, removeFolder } from '../support.js';

const NOW = new Date(Date.UTC(2030, 0, 1));
const HEADER = { key: 'fingerprint' };
const { BSON } = mongo;

let folder: string;
let path: string;
let from: Store;
let to: Store;
let closers: (() => Promise<void>)[];

beforeEach(async () => {
  folder = makeFolder('backup');
  path = join(folder, 'campaign.backup');
  const opened = [await openHere(), await openHere()] as const;
  [from, to] = [opened[0].store, opened[1].store];
  closers = opened.map(({ close }) => close);
});
afterEach(async () => {
  for (const close of closers) await close();
  removeFolder(folder);
});

function dbOf({ connection }: Store): mongo.Db {
  if (connection.db === undefined) throw new Error('The store is not open.');
  return connection.db;
}

/** All that a store holds, to the last bit, with its indexes. */
async function everythingIn(store: Store): Promise<unknown> {
  const db = dbOf(store);
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(
    ({ name }) => name,
  );
  const all = names.sort().map(async (name) => {
    const rows = await db
      .collection(name)
      .find({}, { raw: true, sort: { _id: 1 } })
      .toArray();
    const bytes = rows.map((row) =>
      row instanceof Uint8Array ? Buffer.from(row).toString('hex') : row,
    );
    const indexes = await db.collection(name).indexes();
    return [name, { bytes, indexes }];
  });
  return Object.fromEntries(await Promise.all(all));
}

const restore = (replace = false) => restoreBackup(to.connection, path, { replace, now: NOW });

async function fill(store: Store, many = 2_500): Promise<void> {
  const people = openTable<{ _id: string; n: number; email?: string }>(store.connection, {
    name: 'people',
    schema: { n: Number, email: String },
    indexes: [[{ n: -1 }], [{ email: 1 }, { unique: true, sparse: true }]],
  });
  await people.createIndexes();
  for (let at = 0; at < many; at += 500) {
    await people.insertMissing(
      Array.from({ length: 500 }, (_, n) => ({
        _id: `p${at + n}`,
        n,
        email: `${at + n}@exemple.org`,
      })),
    );
  }
  await dbOf(store).createCollection('empty');
  await dbOf(store)
    .collection('empty')
    .createIndexes([
      { key: { at: 1 }, expireAfterSeconds: 60 },
      { key: { a: 1, b: -1 }, partialFilterExpression: { a: { $gt: 1 } }, name: 'some' },
    ]);
}

describe('a backup', () => {
  test('brings every document back to the last bit, whatever its types', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyValues, { minLength: 1, maxLength: 8 }), async (values) => {
        round += 1;
        path = join(folder, `${round}.backup`);
        const rows = values.map((value, n) => ({ _id: `${round} ${n}`, value }));
        await dbOf(from).collection<{ _id: string }>('things').insertMany(rows);
        await writeBackup(from.connection, path, HEADER);
        await restore(true);
        expect(await everythingIn(to)).toEqual(await everythingIn(from));
      }),
      { numRuns: 15 },
    );
  });

  test('holds collections, indexes and nothing beside them', async () => {
    await fill(from);
    const written = await writeBackup(from.connection, path, { ...HEADER, secret: 's' });
    expect(written).toMatchObject({ collections: 2, documents: 2_500, bytes: statSync(path).size });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await verifyBackup(path)).toEqual({
      header: { at: written.at, key: 'fingerprint', secret: 's' },
      collections: 2,
      documents: 2_500,
    });
    expect(await restore()).toEqual({ collections: 2, documents: 2_500 });
    expect(await everythingIn(to)).toEqual(await everythingIn(from));
  });

  test('is of one instant while others write', async () => {
    const [one, other] = ['one', 'other'].map((name) =>
      dbOf(from).collection<{ _id: number; n: number }>(name),
    );
    if (one === undefined || other === undefined) throw new Error('unreachable');
    const ids = Array.from({ length: 3_000 }, (_, _id) => ({ _id, n: 0 }));
    await one.insertMany(ids);
    await other.insertMany(ids);
    let writing = true;
    const writes = (async () => {
      for (let n = 1; writing; n += 1) {
        const session = from.connection.getClient().startSession();
        await session.withTransaction(async () => {
          // From both ends, so that whatever is read later is of a later state.
          for (const _id of [n % 3_000, 2_999 - (n % 3_000)]) {
            await one.updateOne({ _id }, { $set: { n } }, { session });
            await other.updateOne({ _id }, { $set: { n } }, { session });
          }
        });
        await session.endSession();
      }
    })();
    await writeBackup(from.connection, path, HEADER);
    writing = false;
    await writes;
    await restore();
    const [ones, others] = await Promise.all(
      ['one', 'other'].map((name) =>
        dbOf(to)
          .collection(name)
          .find({}, { sort: { _id: 1 } })
          .toArray(),
      ),
    );
    expect(ones).toHaveLength(3_000);
    expect(ones).toEqual(others);
  });

  test('never takes the place of a file, and leaves none behind that is not whole', async () => {
    await fill(from, 500);
    await writeBackup(from.connection, path, HEADER);
    const before = readFileSync(path);
    await expect(writeBackup(from.connection, path, HEADER)).rejects.toThrow('already');
    expect(readFileSync(path)).toEqual(before);
    const nowhere = join(folder, 'nowhere', 'x.backup');
    await expect(writeBackup(from.connection, nowhere, HEADER)).rejects.toThrow('no folder');
  });
});

describe('a restore', () => {
  test('refuses a store that holds something, unless that is given up', async () => {
    await fill(from, 500);
    await writeBackup(from.connection, path, HEADER);
    await dbOf(to).collection('others').insertOne({ a: 1 });
    const before = await everythingIn(to);
    await expect(restore()).rejects.toThrow('not empty (others)');
    expect(await everythingIn(to)).toEqual(before);
    await restore(true);
    expect(await everythingIn(to)).toEqual(await everythingIn(from));
  });

  test('keeps what is to outlast it, newer than what it brings', async () => {
    const register = ({ connection }: Store) =>
      connection.collection<{ _id: string; at: number }>('opt_outs');
    await register(from).insertMany([
      { _id: 'a', at: 1 },
      { _id: 'b', at: 1 },
    ]);
    await writeBackup(from.connection, path, HEADER);
    await register(to).insertMany([
      { _id: 'b', at: 2 },
      { _id: 'c', at: 2 },
    ]);
    await restoreBackup(to.connection, path, { replace: true, now: NOW, lasting: ['opt_outs'] });
    expect(
      await register(to)
        .find({}, { sort: { _id: 1 } })
        .toArray(),
    ).toEqual([
      { _id: 'a', at: 1 },
      { _id: 'b', at: 2 },
      { _id: 'c', at: 2 },
    ]);
    expect(Object.keys((await everythingIn(to)) as object)).toEqual(['opt_outs']);
  });

  test('of a file that was cut or changed anywhere is refused before it begins', async () => {
    await fill(from, 500);
    await writeBackup(from.connection, path, HEADER);
    const whole = readFileSync(path);
    const plain = gunzipSync(whole);
    const refusal = async (bytes: Uint8Array): Promise<string> => {
      writeFileSync(path, bytes);
      return verifyBackup(path).then(
        () => 'taken',
        (error: Error) => error.name,
      );
    };
    const place = (size: number) => fc.integer({ min: 0, max: size - 1 });
    await fc.assert(
      fc.asyncProperty(
        place(whole.length),
        place(plain.length),
        fc.integer({ min: 1, max: 255 }),
        async (cut, at, flip) => {
          expect(await refusal(whole.subarray(0, cut))).toBe('BackupFault');
          expect(await refusal(gzipSync(plain.subarray(0, at), { level: 1 }))).toBe('BackupFault');
          const changed = Buffer.from(plain);
          changed[at] = (changed[at] ?? 0) ^ flip;
          expect(await refusal(gzipSync(changed, { level: 1 }))).toBe('BackupFault');
        },
      ),
      { numRuns: 60 },
    );
    expect(await refusal(gzipSync(Buffer.concat([plain, plain])))).toBe('BackupFault');
    expect(await refusal(whole)).toBe('taken');
  });

  test('of what is no backup, or of a later program, says so', async () => {
    const header = (doc: object) =>
      gzipSync(Buffer.concat([Buffer.from('H'), BSON.serialize(doc)]));
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [Buffer.from('id,name\n1,Léa\n'), 'This file is no backup'],
      [gzipSync('id,name\n1,Léa\n'), 'This file is no backup'],
      [Buffer.alloc(0), 'damaged (it is cut short'],
      [header({ format: 'other' }), 'This file is no backup'],
      [header({ format: 'portevoix-backup', version: 2 }), 'made by a later version'],
    ];
    for (const [bytes, sentence] of cases) {
      writeFileSync(path, bytes);
      await expect(verifyBackup(path)).rejects.toThrow(sentence);
    }
    await expect(verifyBackup(join(folder, 'none'))).rejects.toThrow('There is no file');
  });
});

describe('a restore that is killed', () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = makeFolder('killed');
  });
  afterAll(() => removeFolder(dataDir));

  test.each(['halfway', 'mending'])(
    '%s is told to whoever opens the store, and run again',
    async (moment) => {
      await fill(from, 5_000);
      await writeBackup(from.connection, path, HEADER);
      const before = await openHere({ dataDir, unfinished: true });
      await before.store.connection
        .collection<{ _id: string }>('opt_outs')
        .insertOne({ _id: moment });
      await before.close();
      const script = join(__dirname, 'restore-until-killed.ts');
      const args = ['--import', 'tsx', script, dataDir, path, moment];
      expect(spawnSync(process.execPath, args, { stdio: 'inherit' }).signal).toBe('SIGKILL');

      await expect(openHere({ dataDir })).rejects.toThrow(
        `The restore of ${path} was not finished`,
      );
      const half = await openHere({ dataDir, unfinished: true });
      await restoreBackup(half.store.connection, path, {
        replace: false,
        now: NOW,
        lasting: ['opt_outs'],
      });
      await half.close();
      const whole = await openHere({ dataDir });
      const { opt_outs: register, ...rest } = (await everythingIn(whole.store)) as {
        opt_outs: { bytes: string[] };
      };
      expect(rest).toEqual(await everythingIn(from));
      expect(register.bytes.join()).toContain(Buffer.from(moment).toString('hex'));
      await whole.close();
    },
  );
});

test('reading a backup holds no more than a piece of it', async () => {
  await fill(from, 1_000);
  await writeBackup(from.connection, path, HEADER);
  const types: string[] = [];
  for await (const { type } of readBackup(path)) {
    types.push(type);
    // Whoever stops early closes the file.
    if (types.length === 5) break;
  }
  expect(types).toEqual(['header', 'collection', 'collection', 'document', 'document']);
});
