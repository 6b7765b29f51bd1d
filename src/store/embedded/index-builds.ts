import type { Catalog, Collection, Index } from './catalog.js';
import { duplicateKey, MARK, refuseTaken } from './changes.js';
import type { Engine } from './engine.js';
import type { IndexSpec } from './query/keys.js';
import { CommandError } from './query/command-error.js';
import { sameBytes, textOf } from './bytes.js';
import { entryKey } from './views.js';

/** So many documents are put into a new index in one commit. */
const CHUNK = 200;

/**
 * Builds an index while the store goes on working: from its first commit on every write keeps it,
 * queries read it once it is complete. Throws what the documents make impossible, and leaves nothing.
 * False when it `isThere` already, which is asked in that first commit: others may be as quick.
 */
export async function buildIndex(
  engine: Engine,
  namespace: string,
  spec: IndexSpec,
  isThere: (indexes: readonly Index[]) => boolean = () => false,
): Promise<boolean> {
  const { commits, catalog } = engine;
  const begun = await commits.run(() => {
    if (isThere(catalog.find(namespace)?.indexes ?? [])) return undefined;
    const collection = catalog.find(namespace) ?? catalog.add(namespace, {});
    const index = catalog.addIndex(collection, spec);
    if (collection.count > 0) return { index, ready: false };
    index.ready = true;
    catalog.save(collection);
    return { index, ready: true };
  });
  if (!begun) return false;
  if (begun.ready) {
    catalog.complete(begun.index);
    return true;
  }
  try {
    await fillIndex(engine, namespace, begun.index.id);
    return true;
  } catch (error) {
    await commits.run(() => {
      const found = findIndex(catalog, namespace, begun.index.id);
      if (found) catalog.removeIndex(found.collection, found.index);
    });
    throw error;
  }
}

async function fillIndex(engine: Engine, namespace: string, indexId: number): Promise<void> {
  const { commits, catalog } = engine;
  let after: Uint8Array | undefined;
  for (;;) {
    const from = after;
    const { last, index } = await commits.run(() => {
      const found = findIndex(catalog, namespace, indexId);
      if (!found) {
        throw new CommandError(
          276,
          'IndexBuildAborted',
          'The collection or the index was dropped.',
        );
      }
      const next = fillChunk(engine, found.collection, found.index, from);
      if (next === undefined) {
        found.index.ready = true;
        catalog.save(found.collection);
      }
      return { last: next, index: found.index };
    });
    if (last === undefined) {
      catalog.complete(index);
      return;
    }
    after = last;
  }
}

// Puts the next documents into the index; returns the key of the last, or undefined at the end.
function fillChunk(
  engine: Engine,
  collection: Collection,
  index: Index,
  from: Uint8Array | undefined,
): Uint8Array | undefined {
  const { live, storage, catalog } = engine;
  const bounds = from && { lower: from, upper: Buffer.alloc(64, 0xff) };
  const chunk = [];
  for (const document of live.documents(collection, bounds, false)) {
    if (from && sameBytes(document.key, from)) continue;
    chunk.push(document);
    if (chunk.length === CHUNK) break;
  }
  const entries: Buffer[] = [];
  const seen = new Map<string, (typeof chunk)[number]>();
  for (const document of chunk) {
    const change = { collection, key: document.key, before: undefined, after: document };
    for (const key of index.compiled.keysOf(document.doc)) {
      if (index.unique) {
        refuseTaken(live, index, key, change, document.doc, () => false);
        const twin = seen.get(textOf(key));
        if (twin && twin !== document && index.compiled.collides(twin.doc, document.doc)) {
          throw duplicateKey(collection, index, document.doc);
        }
        seen.set(textOf(key), document);
      }
      entries.push(entryKey(index.id, key, document.key));
    }
    if (!index.multikey && index.compiled.isMultikey(document.doc)) {
      index.multikey = true;
      catalog.save(collection);
    }
  }
  for (const key of entries) storage.put('entries', key, MARK);
  return chunk.length < CHUNK ? undefined : chunk.at(-1)?.key;
}

function findIndex(
  catalog: Catalog,
  namespace: string,
  id: number,
): { collection: Collection; index: Index } | undefined {
  const collection = catalog.find(namespace);
  const index = collection?.indexes.find((other) => other.id === id);
  return collection && index && { collection, index };
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
