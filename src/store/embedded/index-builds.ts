import type { Catalog, Collection, Index } from './catalog.js';
import { duplicateKey, MARK, refuseTaken } from './changes.js';
import type { Engine } from './engine.js';
import type { IndexSpec } from './query/keys.js';
import { joinNeeded } from './query/needed-fields.js';
import type { Doc } from './query/values.js';
import { CommandError } from './query/command-error.js';
import { sameBytes, textOf } from './bytes.js';
import { entryKey, type StoredDocument, type View } from './views.js';

/** So many documents are put into new indexes in one commit. */
const CHUNK = 200;

/** Whether an index is among some already; throws when it contradicts one of them. */
export type IsThere = (known: readonly IndexSpec[], wanted: IndexSpec) => boolean;

/**
 * Builds indexes, all in one pass over the documents, while the store goes on working: from their
 * first commit on every write keeps them, queries read them once they are complete. Throws what the
 * documents make impossible, and leaves nothing. Those that are there already, which is asked in that
 * first commit, are left out: others may be as quick. Returns how many were built.
 */
export async function buildIndexes(
  engine: Engine,
  namespace: string,
  specs: readonly IndexSpec[],
  isThere: IsThere,
): Promise<number> {
  const { commits, catalog } = engine;
  const { begun, ready } = await commits.run(() => {
    const there = catalog.find(namespace)?.indexes ?? [];
    const missing: IndexSpec[] = [];
    for (const spec of specs) if (!isThere([...there, ...missing], spec)) missing.push(spec);
    if (missing.length === 0) return { begun: [], ready: true };
    const collection = catalog.find(namespace) ?? catalog.add(namespace, {});
    const added = missing.map((spec) => catalog.addIndex(collection, spec));
    if (collection.count > 0) return { begun: added, ready: false };
    for (const index of added) index.ready = true;
    catalog.save(collection);
    return { begun: added, ready: true };
  });
  if (ready) {
    for (const index of begun) catalog.complete(index);
    return begun.length;
  }
  const ids = begun.map(({ id }) => id);
  try {
    await fillIndexes(engine, namespace, ids);
    return begun.length;
  } catch (error) {
    await commits.run(() => {
      const collection = catalog.find(namespace);
      for (const index of collection?.indexes.filter(({ id }) => ids.includes(id)) ?? []) {
        if (collection) catalog.removeIndex(collection, index);
      }
    });
    throw error;
  }
}

async function fillIndexes(
  engine: Engine,
  namespace: string,
  ids: readonly number[],
): Promise<void> {
  const { commits, catalog } = engine;
  let after: Uint8Array | undefined;
  for (;;) {
    const from = after;
    const { last, indexes } = await commits.run(() => {
      const found = findIndexes(catalog, namespace, ids);
      const next = fillChunk(engine, found.collection, found.indexes, from);
      if (next === undefined) {
        for (const index of found.indexes) index.ready = true;
        catalog.save(found.collection);
      }
      return { last: next, indexes: found.indexes };
    });
    if (last === undefined) {
      for (const index of indexes) catalog.complete(index);
      return;
    }
    after = last;
  }
}

// Puts the next documents into the indexes; returns the key of the last, or undefined at the end.
function fillChunk(
  engine: Engine,
  collection: Collection,
  indexes: readonly Index[],
  from: Uint8Array | undefined,
): Uint8Array | undefined {
  const { live, storage, catalog } = engine;
  const bounds = from && { lower: from, upper: Buffer.alloc(64, 0xff) };
  const needed = joinNeeded(indexes.map(({ compiled }) => compiled.needed));
  const chunk: Row[] = [];
  for (const document of live.documents(collection, bounds, false)) {
    if (from && sameBytes(document.key, from)) continue;
    chunk.push({ document, doc: document.read(needed) });
    if (chunk.length === CHUNK) break;
  }
  const entries = indexes.flatMap((index) => entriesOf(live, collection, index, chunk));
  const turned = indexes.filter(
    ({ multikey, compiled }) => !multikey && chunk.some(({ doc }) => compiled.isMultikey(doc)),
  );
  for (const index of turned) index.multikey = true;
  if (turned.length > 0) catalog.save(collection);
  // In their order, neighbours are written to one page after the other.
  for (const key of entries.sort(Buffer.compare)) storage.put('entries', key, MARK);
  return chunk.length < CHUNK ? undefined : chunk.at(-1)?.document.key;
}

type Row = { document: StoredDocument; doc: Doc };

// The entries of some documents in a new index; throws 11000 when it is unique and they are not.
function entriesOf(
  live: View,
  collection: Collection,
  index: Index,
  chunk: readonly Row[],
): Buffer[] {
  const entries: Buffer[] = [];
  const seen = new Map<string, Row>();
  for (const row of chunk) {
    const { document, doc } = row;
    for (const key of index.compiled.keysOf(doc)) {
      if (index.unique) {
        const change = { collection, key: document.key, before: undefined, after: document };
        refuseTaken(live, index, key, change, doc, () => false);
        const twin = seen.get(textOf(key));
        if (twin && twin !== row && index.compiled.collides(twin.doc, doc)) {
          throw duplicateKey(collection, index, doc);
        }
        seen.set(textOf(key), row);
      }
      entries.push(entryKey(index.id, key, document.key));
    }
  }
  return entries;
}

function findIndexes(
  catalog: Catalog,
  namespace: string,
  ids: readonly number[],
): { collection: Collection; indexes: Index[] } {
  const collection = catalog.find(namespace);
  const indexes = collection?.indexes.filter(({ id }) => ids.includes(id)) ?? [];
  if (collection && indexes.length === ids.length) return { collection, indexes };
  throw new CommandError(276, 'IndexBuildAborted', 'The collection or an index was dropped.');
}

/** Takes out indexes whose building a crash cut short. */
export async function dropHalfBuilt(engine: Engine): Promise<void> {
  const { catalog, commits } = engine;
  if (catalog.all().every(({ indexes }) => indexes.every(({ ready }) => ready))) return;
  await commits.run(() => {
    for (const collection of catalog.all()) {
      for (const index of collection.indexes.filter(({ ready }) => !ready)) {
        catalog.removeIndex(collection, index);
      }
    }
  });
}
