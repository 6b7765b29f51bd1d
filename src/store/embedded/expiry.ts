import { textOf } from './bytes.js';
import type { Collection, Index } from './catalog.js';
import type { Engine } from './engine.js';
import { encodeKey } from './query/keys.js';
import { getField, type Doc } from './query/values.js';
import { documentKeyOf } from './views.js';
import { commitWriter } from './writing.js';
import { HeldByTransaction } from './refusal.js';

// So many documents are deleted in one commit.
const CHUNK = 100;

/** Deletes documents whose time is over, by the indexes that say so (`expireAfterSeconds`). */
export async function removeExpired(engine: Engine, stopped: () => boolean): Promise<void> {
  for (const { namespace, indexes } of engine.catalog.all()) {
    for (const { id, expireAfterSeconds } of indexes) {
      if (expireAfterSeconds === undefined) continue;
      while (!stopped() && (await removeChunk(engine, namespace, id)) === CHUNK) {
        // Each round is a commit of its own, so that commands have their turn.
      }
    }
  }
}

function removeChunk(engine: Engine, namespace: string, indexId: number): Promise<number> {
  return engine.commits.run(() => {
    const collection = engine.catalog.find(namespace);
    const index = collection?.indexes.find(({ id }) => id === indexId);
    return collection && index?.ready ? removeFrom(engine, collection, index) : 0;
  });
}

function removeFrom(engine: Engine, collection: Collection, index: Index): number {
  const field = Object.keys(index.key)[0];
  const seconds = index.expireAfterSeconds;
  if (field === undefined || seconds === undefined) return 0;
  const limit = new Date(engine.now().getTime() - seconds * 1000);
  const writer = commitWriter(engine);
  const ascending = Number(index.key[field]) > 0;
  const earliest = encodeKey([new Date(-8_640_000_000_000_000)], [ascending ? 1 : -1]);
  const latest = encodeKey([limit], [ascending ? 1 : -1]);
  const bounds = ascending
    ? { lower: earliest, upper: latest }
    : { lower: latest, upper: earliest };
  const keys = new Map<string, Uint8Array>();
  for (const entry of engine.live.entries(index, bounds, false)) {
    const key = documentKeyOf(entry);
    keys.set(textOf(key), key);
    if (keys.size === CHUNK) break;
  }
  let removed = 0;
  for (const key of keys.values()) {
    const document = engine.live.get(collection, key);
    if (!document || !isOver(document.doc, field, limit)) continue;
    try {
      writer.write({ collection, key, before: document, after: undefined });
      removed += 1;
    } catch (error) {
      // What a transaction holds is left for the next round.
      if (!(error instanceof HeldByTransaction)) throw error;
    }
  }
  return removed;
}

function isOver(doc: Doc, path: string, limit: Date): boolean {
  const value = path
    .split('.')
    .reduce<unknown>((at, name) => (isPlain(at) ? getField(at, name) : undefined), doc);
  const dates = (Array.isArray(value) ? value : [value]).filter((item) => item instanceof Date);
  return dates.some((date) => date < limit);
}

function isPlain(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
