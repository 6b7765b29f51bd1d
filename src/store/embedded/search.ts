import { textOf } from './bytes.js';
import type { Collection, Index } from './catalog.js';
import { ID_INDEX } from './changes.js';
import { CommandError } from './query/command-error.js';
import { compileFilter } from './query/filter.js';
import { planQuery, type Bounds, type Plan } from './query/plan.js';
import { compileSort } from './query/sort.js';
import { getField, type Doc, type Value } from './query/values.js';
import type { Variables } from './query/variables.js';
import { Binary, Decimal128, Double, Int32, Long, ObjectId } from 'bson';
import { documentKey, type StoredDocument, type View } from './views.js';

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

// MongoDB's own limit for a sort in memory: 100 MB.
const LARGEST_SORT_BYTES = 100 * 2 ** 20;

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
  const found = readAlong(view, collection, strategy);
  const sorted = !query.sort || isEmpty(query.sort) || isSorted(view, collection, strategy);
  if (sorted) {
    for (const document of found) {
      yield document && matches(document) ? document : undefined;
    }
    return;
  }
  const kept = createSorter(query.sort ?? {}, query.limit);
  for (const document of found) {
    if (document && matches(document)) kept.add(document);
    yield undefined;
  }
  yield* kept.all();
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
  return planQuery(query.filter, query.sort, indexes, query.hint);
}

function isSorted(view: View, collection: Collection, strategy: Strategy): boolean {
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
  return (document) => filter(document.doc);
}

function* readAlong(
  view: View,
  collection: Collection,
  strategy: Strategy,
): Generator<StoredDocument | undefined, void, undefined> {
  switch (strategy.type) {
    case 'point':
      yield view.get(collection, documentKey(strategy.id));
      return;
    case 'scan':
      yield* view.documents(collection, undefined, false);
      return;
    case 'index': {
      const { reverse } = strategy;
      const bounds = reverse ? strategy.bounds.toReversed() : strategy.bounds;
      if (strategy.index.name === ID_INDEX.name) {
        for (const range of bounds) yield* view.documents(collection, range, reverse);
        return;
      }
      const index = collection.indexes.find(({ name }) => name === strategy.index.name);
      if (!index) throw new Error('The plan names an index that is not there.');
      yield* readAlongIndex(view, collection, index, bounds, reverse);
      return;
    }
    default:
      strategy satisfies never;
  }
}

function* readAlongIndex(
  view: View,
  collection: Collection,
  index: Index,
  bounds: readonly Bounds[],
  reverse: boolean,
): Generator<StoredDocument | undefined, void, undefined> {
  const seen = index.multikey ? new Set<string>() : undefined;
  const pending = view.pending(collection);
  for (const range of bounds) {
    for (const key of view.entries(index, range, reverse)) {
      if (seen || pending) {
        const name = textOf(key);
        if (pending?.has(name) || seen?.has(name)) {
          yield undefined;
          continue;
        }
        seen?.add(name);
      }
      yield view.get(collection, key);
    }
  }
  // What a transaction wrote is not in the index yet; there is little of it.
  for (const { after } of pending?.values() ?? []) yield after;
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

function isEmpty(doc: Doc): boolean {
  return Object.keys(doc).length === 0;
}

function createSorter(spec: Doc, limit: number | undefined) {
  const compare = compileSort(spec);
  let kept: StoredDocument[] = [];
  let bytes = 0;
  const order = (): void => {
    kept.sort((a, b) => compare(a.doc, b.doc));
    if (limit !== undefined) kept = kept.slice(0, limit);
    bytes = kept.reduce((sum, document) => sum + document.bytes.length, 0);
  };
  return {
    add(document: StoredDocument): void {
      kept.push(document);
      bytes += document.bytes.length;
      if (limit !== undefined && kept.length >= 2 * limit + 100) order();
      if (bytes > LARGEST_SORT_BYTES) {
        throw new CommandError(
          292,
          'QueryExceededMemoryLimitNoDiskUseAllowed',
          'The sort takes more than 100 MB; add an index in its order, or a limit.',
        );
      }
    },
    all(): StoredDocument[] {
      order();
      return kept;
    },
  };
}
