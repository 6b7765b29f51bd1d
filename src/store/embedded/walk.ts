import { sameBytes, textOf } from './bytes.js';
import type { Collection, Index } from './catalog.js';
import { KEY_LIMIT } from './query/keys.js';
import type { Bounds } from './query/plan.js';
import type { Doc } from './query/values.js';
import { documentKeyOf, valueOf, type StoredDocument, type View } from './views.js';

/** How to walk along an index. */
export type Walk = {
  bounds: readonly Bounds[];
  reverse: boolean;
  /** The order asked for, when the index is to give it. */
  order: ((a: Doc, b: Doc) => number) | undefined;
  /** Whether a document may come more than once. */
  repeats: boolean;
};

/** The documents along an index, each once; `undefined` for entries that lead to none. */
export function* readAlongIndex(
  view: View,
  collection: Collection,
  index: Index,
  walk: Walk,
): Generator<StoredDocument | undefined, void, undefined> {
  const seen = walk.repeats ? new Set<string>() : undefined;
  const pending = view.pending(collection);
  for (const range of walk.bounds) {
    const entries = view.entries(index, range, walk.reverse);
    for (const run of walk.order ? cutRuns(entries) : singly(entries)) {
      const found = run.map((entry) => {
        const key = documentKeyOf(entry);
        if (!seen && !pending) return view.get(collection, key);
        const name = textOf(key);
        if (pending?.has(name) || seen?.has(name)) return undefined;
        seen?.add(name);
        return view.get(collection, key);
      });
      yield* walk.order && found.length > 1 ? inOrder(found, walk.order) : found;
    }
  }
  // What a transaction wrote is not in the index yet; there is little of it.
  for (const { after } of pending?.values() ?? []) yield after;
}

function* singly(entries: Iterable<Uint8Array>): Generator<Uint8Array[]> {
  for (const entry of entries) yield [entry];
}

// Long values are cut in an index: entries that are alike up to the cut come together, because
// among them the index knows no order.
function* cutRuns(entries: Iterable<Uint8Array>): Generator<Uint8Array[]> {
  let run: Uint8Array[] = [];
  let value: Uint8Array | undefined;
  for (const entry of entries) {
    const own = valueOf(entry);
    if (own.length < KEY_LIMIT) {
      if (run.length > 0) yield run;
      run = [];
      yield [entry];
      continue;
    }
    if (run.length > 0 && !sameBytes(own, value)) {
      yield run;
      run = [];
    }
    run.push(entry);
    value = own;
  }
  if (run.length > 0) yield run;
}

function inOrder(
  found: ReadonlyArray<StoredDocument | undefined>,
  order: (a: Doc, b: Doc) => number,
): StoredDocument[] {
  return found.filter((document) => document !== undefined).sort((a, b) => order(a.doc, b.doc));
}
