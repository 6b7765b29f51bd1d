import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import type { Collection } from './catalog.js';
import { ID_INDEX } from './changes.js';
import { compileFilter } from './query/filter.js';
import { encodeKey, KEY_LIMIT } from './query/keys.js';
import { neededByFilter } from './query/needed-fields.js';
import { planQuery, type Plan } from './query/plan.js';
import { compileSort } from './query/sort.js';
import { getField, type Doc, type Value } from './query/values.js';
import type { Variables } from './query/variables.js';
import { createSorter } from './sorter.js';
import type { StoredDocument, View } from './views.js';
import { readAlongIndex } from './walk.js';

/** What to look for. */
export type Query = {
  filter: Doc;
  sort?: Doc | undefined;
  hint?: string | Doc | undefined;
  /** Only the first so many are wanted: a sort in memory keeps no more. */
  limit?: number | undefined;
  variables?: Variables | undefined;
};

/** How a query is carried out: one document by its `_id`, or along a plan. */
export type Strategy = { type: 'point'; id: Value } | Plan;

/**
 * Finds documents, lazily. Yields `undefined` for each document read in vain, so that a long search
 * can be interrupted between any two.
 */
export function* search(
  view: View,
  collection: Collection,
  query: Query,
): Generator<StoredDocument | undefined, void, undefined> {
  const strategy = chooseStrategy(view, collection, query);
  const matches = compileMatch(query, strategy);
  const sort = query.sort && Object.keys(query.sort).length > 0 ? query.sort : undefined;
  const found = readAlong(view, collection, strategy, sort);
  if (!sort || isSorted(view, collection, strategy)) {
    for (const document of found) yield document && matches(document) ? document : undefined;
    return;
  }
  const sorter = createSorter(sort, query.limit, (key) => view.get(collection, key));
  for (const document of found) {
    if (document && matches(document)) sorter.add(document);
    yield undefined;
  }
  yield* sorter.all();
}

/** Everything found, in a list; for searches known to be short, or inside a commit. */
export function searchAll(view: View, collection: Collection, query: Query): StoredDocument[] {
  const found: StoredDocument[] = [];
  for (const document of search(view, collection, query)) {
    if (!document) continue;
    found.push(document);
    if (query.limit !== undefined && found.length >= query.limit) break;
  }
  return found;
}

/** Chooses between the `_id`, the indexes that the view sees, and reading everything. */
export function chooseStrategy(view: View, collection: Collection, query: Query): Strategy {
  const id = getField(query.filter, '_id');
  if (id !== undefined && isScalar(id) && query.hint === undefined) return { type: 'point', id };
  const indexes = [ID_INDEX, ...collection.indexes.filter((index) => view.sees(index))];
  return planQuery(query.filter, query.sort, indexes, query.hint, ({ name }, bounds) => {
    const index = collection.indexes.find((other) => other.name === name);
    return index ? view.count(index, bounds) : 0;
  });
}

/** Whether documents come in the order asked for; else all are read before the first is given. */
export function isSorted(view: View, collection: Collection, strategy: Strategy): boolean {
  switch (strategy.type) {
    case 'point':
      return true;
    case 'scan':
      return false;
    case 'index': {
      const pending = view.pending(collection);
      const merged = strategy.index.name === ID_INDEX.name || !pending || pending.size === 0;
      return strategy.sorted && merged;
    }
    default:
      return strategy satisfies never;
  }
}

function compileMatch(query: Query, strategy: Strategy): (document: StoredDocument) => boolean {
  const fields = Object.keys(query.filter).length;
  if (fields === 0 || (fields === 1 && strategy.type === 'point')) return () => true;
  const filter = compileFilter(query.filter, query.variables);
  const needed = neededByFilter(query.filter);
  return (document) => filter(document.read(needed));
}

function* readAlong(
  view: View,
  collection: Collection,
  strategy: Strategy,
  sort: Doc | undefined,
): Generator<StoredDocument | undefined, void, undefined> {
  switch (strategy.type) {
    case 'point':
      yield findById(view, collection, strategy.id);
      return;
    case 'scan':
      yield* view.documents(collection, undefined, false);
      return;
    case 'index': {
      const { reverse, sorted } = strategy;
      const bounds = reverse ? strategy.bounds.toReversed() : strategy.bounds;
      if (strategy.index.name === ID_INDEX.name) {
        for (const range of bounds) yield* view.documents(collection, range, reverse);
        return;
      }
      const index = collection.indexes.find(({ name }) => name === strategy.index.name);
      if (!index) throw new Error('The plan names an index that is not there.');
      const order = sort && sorted ? compileSort(sort) : undefined;
      const { repeats } = strategy;
      yield* readAlongIndex(view, collection, index, { bounds, reverse, order, repeats });
      return;
    }
    default:
      strategy satisfies never;
  }
}

// No document has an _id that is too long to be kept whole, but anybody may ask for one.
function findById(view: View, collection: Collection, id: Value): StoredDocument | undefined {
  const key = encodeKey([id], [1]);
  return key.length < KEY_LIMIT ? view.get(collection, key) : undefined;
}

function isScalar(value: Value): boolean {
  return (
    typeof value === 'string' ||
    typeof value === 'number' ||
    value instanceof ObjectId ||
    value instanceof Int32 ||
    value instanceof Long ||
    value instanceof Decimal128 ||
    value instanceof Double ||
    value instanceof Date ||
    value instanceof Binary
  );
}
