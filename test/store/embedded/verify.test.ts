import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { prefixed } from '../../../src/store/embedded/bytes.js';
import { createCatalog, type Catalog } from '../../../src/store/embedded/catalog.js';
import { MARK } from '../../../src/store/embedded/changes.js';
import { encode } from '../../../src/store/embedded/query/values.js';
import { openStorage, type Storage } from '../../../src/store/embedded/storage.js';
import { verify } from '../../../src/store/embedded/verify.js';
import { documentKey, entryKey, rangeUnder } from '../../../src/store/embedded/views.js';
import { makeFolder, openHere, removeFolder } from '../support.js';

let dataDir: string;

beforeEach(async () => {
  dataDir = makeFolder('verify');
  const { client, close } = await openHere({ dataDir });
  const things = client.db('test').collection('things');
  await things.createIndex({ tags: 1 }, { name: 'by_tag' });
  await things.createIndex({ mail: 1 }, { name: 'by_mail', unique: true, sparse: true });
  await things.insertMany(
    Array.from({ length: 20 }, (_, n) => ({ n, tags: [`t${n % 3}`, 'all'], mail: `m${n}` })),
  );
  await close();
});
afterEach(() => removeFolder(dataDir));

async function damage(harm: (storage: Storage, catalog: Catalog) => void): Promise<void> {
  const storage = openStorage(join(dataDir, 'store'));
  const catalog = createCatalog(storage);
  await storage.commit(() => harm(storage, catalog));
  await storage.close();
}

async function faults(): Promise<Record<string, number>> {
  const { faults: found } = await verify(dataDir);
  return Object.fromEntries(
    found.map((fault) => [
      'index' in fault ? `${fault.type}: ${fault.index}` : fault.type,
      fault.times,
    ]),
  );
}

test('a sound store has no faults', async () => {
  expect(await verify(dataDir)).toEqual({
    collections: 1,
    documents: 20,
    entries: 60,
    faults: [],
  });
});

test('lost and left-over index entries are told and mended', async () => {
  await damage((storage, catalog) => {
    const [byTag, byMail] = catalog.find('test.things')?.indexes ?? [];
    if (!byTag || !byMail) throw new Error('The indexes are missing.');
    const lost = [...storage.scanKeys('entries', rangeUnder(byTag.id, undefined))].slice(0, 3);
    for (const entry of lost) storage.remove('entries', entry);
    const strange = entryKey(byMail.id, Buffer.from([60, 1, 0]), documentKey('nobody'));
    storage.put('entries', strange, MARK);
  });
  expect(await faults()).toEqual({
    'missing index entry: by_tag': 3,
    'index entry without its document: by_mail': 1,
  });
  expect(await faults()).toEqual({});
});

test('a wrong count is told and mended', async () => {
  await damage((_storage, catalog) => {
    const collection = catalog.find('test.things');
    if (!collection) throw new Error('The collection is missing.');
    collection.count = 7;
    catalog.touch(collection);
    catalog.flush();
  });
  expect(await faults()).toEqual({ 'wrong count': 1 });
  expect(await faults()).toEqual({});
});

test('damaged documents and keys of nothing known are told and left alone', async () => {
  await damage((storage, catalog) => {
    const collection = catalog.find('test.things');
    if (!collection) throw new Error('The collection is missing.');
    storage.put('documents', prefixed(collection.id, documentKey('x')), Buffer.from([1, 2, 3]));
    storage.put('documents', prefixed(collection.id, documentKey('y')), encode({ _id: 'z' }));
    storage.put('documents', prefixed(9_999, documentKey('x')), encode({ _id: 'x' }));
  });
  const found = {
    'unreadable document': 1,
    'document under a wrong key': 1,
    'keys of nothing known': 1,
  };
  expect(await faults()).toMatchObject(found);
  expect(await faults()).toMatchObject(found);
});

test('a store in use is not touched', async () => {
  const { close } = await openHere({ dataDir });
  await expect(verify(dataDir)).rejects.toThrow(/in use/);
  await close();
});
