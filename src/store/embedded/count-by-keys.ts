import { textOf } from './bytes.js';
import type { Collection, Index } from './catalog.js';
import { ID_INDEX } from './changes.js';
import { compileFilter } from './query/filter.js';
import { chooseStrategy, type Query } from './search.js';
import { documentKeyOf, type View } from './views.js';

// More documents than this that have a field which has to be absent, and the others are looked at.
const MOST_EXCEPTIONS = 10_000;

/**
 * How many documents match, when the keys of an index tell it alone: no document is read. Undefined
 * when they do not. Of more than the query's limit it may tell the limit.
 */
export function countByKeys(view: View, collection: Collection, query: Query): number | undefined {
  const pending = view.pending(collection);
  if (pending && pending.size > 0) return undefined;
  const strategy = chooseStrategy(view, collection, query);
  if (strategy.type === 'point' || !strategy.exactBut) return undefined;
  // A fault in the filter is one even when the filter is not applied.
  compileFilter(query.filter, query.variables);
  const exceptions = findExceptions(view, collection, strategy.exactBut);
  if (!exceptions) return undefined;
  if (strategy.type === 'scan') return view.count(collection, undefined) - exceptions.size;
  if (strategy.index.name === ID_INDEX.name) {
    if (exceptions.size > 0) return undefined;
    return strategy.bounds.reduce((sum, range) => sum + view.count(collection, range), 0);
  }
  const index = collection.indexes.find(({ name }) => name === strategy.index.name);
  if (!index) return undefined;
  const { bounds, repeats } = strategy;
  if (!repeats && exceptions.size === 0) {
    return bounds.reduce((sum, range) => sum + view.count(index, range), 0);
  }
  const met = new Set<string>();
  let count = 0;
  for (const range of bounds) {
    for (const entry of view.entries(index, range, false)) {
      const name = textOf(documentKeyOf(entry));
      if (exceptions.has(name) || met.has(name)) continue;
      if (repeats) met.add(name);
      count += 1;
      if (count === query.limit) return count;
    }
  }
  return count;
}

/** The keys of all documents that have one of some fields; undefined when no index tells, or too many. */
function findExceptions(
  view: View,
  collection: Collection,
  fields: readonly string[],
): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const field of fields) {
    const index = collection.indexes.find((other) => tellsPresence(other, field));
    if (!index || !view.sees(index)) return undefined;
    if (view.count(index, undefined) > MOST_EXCEPTIONS) return undefined;
    for (const entry of view.entries(index, EVERYTHING, false))
      found.add(textOf(documentKeyOf(entry)));
  }
  return found;
}

const EVERYTHING = { lower: Uint8Array.of(0), upper: Uint8Array.of(0xff) };

function tellsPresence(index: Index, field: string): boolean {
  const [path, ...more] = Object.keys(index.key);
  return (
    index.sparse === true &&
    index.partialFilterExpression === undefined &&
    more.length === 0 &&
    path === field &&
    !field.includes('.')
  );
}
