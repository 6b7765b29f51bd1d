import { openView, type Call } from '../call.js';
import type { Collection } from '../catalog.js';
import { compileFilter } from '../query/filter.js';
import { neededByFilter } from '../query/needed-fields.js';
import { search, type Query } from '../search.js';
import type { StoredDocument } from '../views.js';
import { runSteps, type Writer } from '../writing.js';

/** What is done to each document that matches. */
export type Each = (writer: Writer, collection: Collection, document: StoredDocument) => void;

// So many documents are written in one commit; in between, other commands have their turn.
const CHUNK = 100;

/**
 * Does something to every document that matches: first finds them all in one frozen state, then
 * writes in chunks, each document only if it still matches. Returns how many; like MongoDB's, not
 * one atomic step, unless it is part of a transaction.
 */
export async function forEachMatch(
  call: Call,
  namespace: string,
  query: Query,
  each: Each,
): Promise<number> {
  const matches = compileFilter(query.filter, query.variables);
  const needed = neededByFilter(query.filter);
  const keys = await findKeys(call, namespace, query);
  let matched = 0;
  for (let at = 0; at < keys.length; at += CHUNK) {
    await runSteps(call, keys.slice(at, at + CHUNK), (writer, key) => {
      const collection = writer.find(namespace);
      const document = collection && writer.view.get(collection, key);
      if (!collection || !document || !matches(document.read(needed))) return () => undefined;
      each(writer, collection, document);
      return () => {
        matched += 1;
      };
    });
  }
  return matched;
}

async function findKeys(call: Call, namespace: string, query: Query): Promise<Uint8Array[]> {
  const collection = call.engine.catalog.find(namespace);
  if (!collection) return [];
  const pace = call.pace();
  const { view, release } = openView(call);
  const keys: Uint8Array[] = [];
  try {
    for (const document of search(view, collection, { ...query, limit: undefined })) {
      if (document) keys.push(document.key);
      if (pace.due()) await pace.pause();
    }
  } finally {
    release();
  }
  return keys;
}
