import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { textOf } from '../../../src/store/embedded/bytes.js';
import { createCatalog, type Collection } from '../../../src/store/embedded/catalog.js';
import { writeChanges } from '../../../src/store/embedded/changes.js';
import { toStored } from '../../../src/store/embedded/commands/insert.js';
import type { IndexSpec } from '../../../src/store/embedded/query/keys.js';
import type { Doc, Value } from '../../../src/store/embedded/query/values.js';
import { openStorage, type Storage } from '../../../src/store/embedded/storage.js';
import { createLiveView, entryKey, rangeUnder } from '../../../src/store/embedded/views.js';
import { makeFolder, removeFolder } from '../support.js';
import { docOf } from './query/arbitraries.js';

const INDEXES: readonly IndexSpec[] = [
  { name: 'a', key: { a: 1 } },
  { name: 'b.x', key: { 'b.x': 1 }, sparse: true },
  { name: 'c a', key: { c: -1, a: 1 } },
  { name: 'a of some', key: { a: 1 }, partialFilterExpression: { c: { $gt: 1 } } },
];

let folder: string;
let storage: Storage;

beforeAll(() => {
  folder = makeFolder('changes');
  storage = openStorage(folder, { noSync: true });
});

afterAll(async () => {
  await storage.close();
  removeFolder(folder);
});

const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, 1, 2, 'a'),
  fc.array(fc.constantFrom<Value>(1, 2, 'a'), { maxLength: 2 }),
);
const docs = fc
  .record({
    a: fc.option(value, { nil: undefined }),
    b: fc.option(
      value.map((x): Value => ({ x })),
      { nil: undefined },
    ),
    c: fc.option(fc.constantFrom<Value>(1, 2, 3), { nil: undefined }),
    d: fc.option(value, { nil: undefined }),
  })
  .map((fields) =>
    docOf(
      Object.entries(fields).flatMap(([name, found]): [string, Value][] =>
        found === undefined ? [] : [[name, found]],
      ),
    ),
  );

test('after any change of a document its indexes hold just its keys', async () => {
  const catalog = createCatalog(storage);
  await fc.assert(
    fc.asyncProperty(fc.array(docs, { minLength: 2, maxLength: 6 }), async (versions) => {
      let made: Collection | undefined;
      await storage.commit(() => {
        const collection = catalog.add(`test.${Math.random()}`, {});
        for (const spec of INDEXES) catalog.addIndex(collection, spec);
        const live = createLiveView(storage);
        for (const version of versions) {
          const after = toStored({ _id: 1, ...version });
          const before = live.get(collection, after.key);
          writeChanges(storage, catalog, live, [{ collection, key: after.key, before, after }]);
        }
        made = collection;
      });
      if (!made) throw new Error('Nothing was written.');
      expect(entriesOf(made)).toEqual(keysOf(made, { _id: 1, ...versions.at(-1) }));
    }),
    { numRuns: 150 },
  );
});

function entriesOf({ indexes }: Collection): string[] {
  return indexes
    .flatMap(({ id }) => [...storage.scanKeys('entries', rangeUnder(id, undefined))].map(textOf))
    .sort();
}

function keysOf({ indexes }: Collection, doc: Doc): string[] {
  const { key } = toStored(doc);
  return indexes
    .flatMap(({ id, compiled }) =>
      compiled.keysOf(doc).map((own) => textOf(entryKey(id, own, key))),
    )
    .sort();
}
