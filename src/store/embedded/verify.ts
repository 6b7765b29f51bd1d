import { textOf } from './bytes.js';
import { createCatalog, type Catalog, type Collection, type Index } from './catalog.js';
import { MARK } from './changes.js';
import { isAlive, prepareFolder, readOwner } from './owner.js';
import type { Doc } from './query/values.js';
import { openStorage, type Storage } from './storage.js';
import {
  createLiveView,
  documentKey,
  documentKeyOf,
  entryKey,
  rangeUnder,
  valueOf,
} from './views.js';

/** Something that was not as it should be. */
export type Fault =
  | { type: 'unreadable document'; namespace: string }
  | { type: 'document under a wrong key'; namespace: string }
  | { type: 'missing index entry'; namespace: string; index: string }
  | { type: 'index entry without its document'; namespace: string; index: string }
  | { type: 'two documents with one unique key'; namespace: string; index: string }
  | { type: 'index not marked for its arrays'; namespace: string; index: string }
  | { type: 'wrong count'; namespace: string }
  | { type: 'keys of nothing known'; tree: 'documents' | 'entries' };

/** What `verify` looked at and found; entries and counts are mended, documents never touched. */
export type Verification = {
  collections: number;
  documents: number;
  entries: number;
  faults: Array<Fault & { times: number }>;
};

/**
 * Checks a store that nobody serves: every document readable, every index holding exactly what the
 * documents say. What is wrong with indexes and counts is mended. Throws when the store is in use.
 */
export async function verify(dataDir: string): Promise<Verification> {
  const folder = prepareFolder(dataDir);
  const owner = readOwner(folder);
  if (owner && isAlive(owner)) {
    throw new Error(`The embedded store is in use by process ${owner.pid}: stop it first.`);
  }
  const storage = openStorage(folder);
  try {
    return await verifyStorage(storage);
  } finally {
    await storage.close();
  }
}

type Notes = {
  fault(fault: Fault): void;
  mend(write: () => void): Promise<void>;
};

async function verifyStorage(storage: Storage): Promise<Verification> {
  const catalog = createCatalog(storage);
  const found: Verification = { collections: 0, documents: 0, entries: 0, faults: [] };
  const notes: Notes = {
    fault(fault) {
      const same = (other: Fault): boolean =>
        JSON.stringify({ ...other, times: 0 }) === JSON.stringify({ ...fault, times: 0 });
      const known = found.faults.find(same);
      if (known) known.times += 1;
      else found.faults.push({ ...fault, times: 1 });
    },
    mend: (write) => storage.commit(write),
  };
  for (const collection of catalog.all()) {
    found.collections += 1;
    found.documents += await checkDocuments(storage, catalog, collection, notes);
    for (const index of collection.indexes) {
      if (index.ready) found.entries += await checkEntries(storage, collection, index, notes);
    }
  }
  checkStrays(storage, catalog, notes);
  return found;
}

async function checkDocuments(
  storage: Storage,
  catalog: Catalog,
  collection: Collection,
  notes: Notes,
): Promise<number> {
  const { namespace } = collection;
  const lost: Buffer[] = [];
  const arrays = new Set<Index>();
  let count = 0;
  let bytes = 0;
  for (const document of createLiveView(storage).documents(collection, undefined, false)) {
    count += 1;
    bytes += document.bytes.length;
    const doc = readable(() => document.doc);
    if (!doc) {
      notes.fault({ type: 'unreadable document', namespace });
      continue;
    }
    if (textOf(documentKey(doc['_id'])) !== textOf(document.key)) {
      notes.fault({ type: 'document under a wrong key', namespace });
    }
    for (const index of collection.indexes) {
      for (const key of index.compiled.keysOf(doc)) {
        const entry = entryKey(index.id, key, document.key);
        if (storage.get('entries', entry)) continue;
        notes.fault({ type: 'missing index entry', namespace, index: index.name });
        lost.push(entry);
      }
      if (!index.multikey && index.compiled.isMultikey(doc)) arrays.add(index);
    }
  }
  for (const { name } of arrays) {
    notes.fault({ type: 'index not marked for its arrays', namespace, index: name });
  }
  const counted = collection.count === count && collection.bytes === bytes;
  if (!counted) notes.fault({ type: 'wrong count', namespace });
  if (lost.length === 0 && arrays.size === 0 && counted) return count;
  await notes.mend(() => {
    for (const entry of lost) storage.put('entries', entry, MARK);
    for (const index of arrays) index.multikey = true;
    Object.assign(collection, { count, bytes });
    catalog.save(collection);
    catalog.touch(collection);
    catalog.flush();
  });
  return count;
}

async function checkEntries(
  storage: Storage,
  collection: Collection,
  index: Index,
  notes: Notes,
): Promise<number> {
  const { namespace } = collection;
  const live = createLiveView(storage);
  const stale: Uint8Array[] = [];
  let entries = 0;
  let previous: { key: string; doc: Doc } | undefined;
  for (const entry of storage.scanKeys('entries', rangeUnder(index.id, undefined))) {
    entries += 1;
    const key = documentKeyOf(entry);
    const document = live.get(collection, key);
    const doc = document && readable(() => document.doc);
    const value = textOf(valueOf(entry));
    if (!doc || !index.compiled.keysOf(doc).some((own) => textOf(own) === value)) {
      notes.fault({ type: 'index entry without its document', namespace, index: index.name });
      stale.push(entry);
      continue;
    }
    if (index.unique && previous?.key === value && index.compiled.collides(previous.doc, doc)) {
      notes.fault({ type: 'two documents with one unique key', namespace, index: index.name });
    }
    previous = { key: value, doc };
  }
  if (stale.length > 0) {
    await notes.mend(() => {
      for (const entry of stale) storage.remove('entries', entry);
    });
  }
  return entries;
}

// Keys under an id that neither the catalog nor the list of garbage knows.
function checkStrays(storage: Storage, catalog: Catalog, notes: Notes): void {
  const waste = catalog.garbage();
  const known = {
    documents: catalog.all().map(({ id }) => id),
    entries: catalog.all().flatMap(({ indexes }) => indexes.map(({ id }) => id)),
  };
  for (const tree of ['documents', 'entries'] as const) {
    const ids = new Set([
      ...known[tree],
      ...waste.filter((item) => item.tree === tree).map(({ id }) => id),
    ]);
    const all = { lower: Buffer.alloc(1), upper: Buffer.alloc(8, 0xff) };
    for (const key of storage.scanKeys(tree, all)) {
      const id = Buffer.from(key).readUInt32BE(0);
      if (!ids.has(id)) notes.fault({ type: 'keys of nothing known', tree });
    }
  }
}

function readable(read: () => Doc): Doc | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
