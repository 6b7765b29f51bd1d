import { badValue, CommandError } from './command-error.js';
import { equalValues } from './compare.js';
import { readConjunction } from './constraints.js';
import type { Conjunction } from './constraints.js';
import { exactBut } from './exactness.js';
import { everything, reachOf } from './index-bounds.js';
import type { Bounds, Reach } from './index-bounds.js';
import { indexFields } from './keys.js';
import type { IndexField, IndexSpec } from './keys.js';
import { numberOf } from './numbers.js';
import { impliesFilter, impliesPresence } from './partial-index.js';
import type { Doc } from './values.js';

export type { Bounds } from './index-bounds.js';

export type Plan =
  | {
      type: 'index';
      index: IndexSpec;
      /** Disjoint and ascending; to be walked from the last to the first when `reverse`. */
      bounds: Bounds[];
      reverse: boolean;
      /**
       * Whether the order of the index is the order asked for. Keys of `KEY_LIMIT` bytes were cut:
       * meeting one, the storage has to sort after all.
       */
      sorted: boolean;
      /**
       * When the bounds hold just what matches: the fields which a document that matches may not
       * have, each of them once, else undefined.
       */
      exactBut: readonly string[] | undefined;
      /** Whether a document may come more than once along the bounds. */
      repeats: boolean;
    }
  | { type: 'scan'; exactBut: readonly string[] | undefined };

export type PlannedIndex = IndexSpec & { multikey: boolean };
export type KeysWithin = (index: PlannedIndex, bounds: Bounds) => number;

/**
 * Chooses how to find what matches; the storage applies the full filter again to what it reads,
 * and leaves out a document that it meets a second time when the index is multikey.
 * `keysWithin` tells how many keys an index has within bounds, where one of several has to be chosen.
 * Throws a CommandError (2) when the hint names no index.
 */
export function planQuery(
  filter: Doc,
  sort: Doc | undefined,
  indexes: readonly PlannedIndex[],
  hint?: string | Doc,
  keysWithin?: KeysWithin,
): Plan {
  const query = readConjunction(filter);
  if (hint !== undefined) return planHinted(filter, query, sort, indexes, hint, keysWithin);
  let best: { plan: Plan; score: number } = { plan: planScan(query), score: 0 };
  for (const index of indexes) {
    if (index.hidden || !covers(index, filter, query)) continue;
    const candidate = planIndex(index, filter, query, sort, keysWithin);
    if (candidate.score > best.score) best = candidate;
  }
  return best.plan;
}

function planHinted(
  filter: Doc,
  query: Conjunction,
  sort: Doc | undefined,
  indexes: readonly PlannedIndex[],
  hint: string | Doc,
  keysWithin: KeysWithin | undefined,
): Plan {
  if (typeof hint !== 'string' && '$natural' in hint) return planScan(query);
  const index = indexes.find(
    ({ name, key, hidden }) =>
      !hidden && (typeof hint === 'string' ? name === hint : equalValues(key, hint)),
  );
  if (!index) {
    throw badValue(
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    );
  }
  // A sparse index that was asked for is used even when it holds too little; a partial one is not.
  if (index.partialFilterExpression && !covers(index, filter, query)) {
    throw new CommandError(
      291,
      'NoQueryExecutionPlans',
      'error processing query: planner returned error: No query solutions',
    );
  }
  return planIndex(index, filter, query, sort, keysWithin).plan;
}

function planScan({ constraints, alternatives }: Conjunction): Plan {
  const plain = { multikey: false, sparseOn: undefined };
  const rest = alternatives.length === 0 ? exactBut(constraints, [], plain) : undefined;
  return { type: 'scan', exactBut: rest };
}

/** Whether an index holds every document that can match. */
function covers(index: PlannedIndex, filter: Doc, query: Conjunction): boolean {
  if (index.sparse && !impliesPresence(query, Object.keys(index.key))) return false;
  const partial = index.partialFilterExpression;
  return !partial || impliesFilter(partial, filter, query);
}

function planIndex(
  index: PlannedIndex,
  filter: Doc,
  query: Conjunction,
  sort: Doc | undefined,
  keysWithin: KeysWithin | undefined,
): { plan: Plan; score: number } {
  const fields = indexFields(index.key);
  const told = index.sparse && index.multikey ? present(query) : query;
  const sparseOn = index.sparse && fields.length === 1 ? fields[0]?.path : undefined;
  const counted = keysWithin && ((bounds: Bounds) => keysWithin(index, bounds));
  const telling = { multikey: index.multikey, sparseOn, keysWithin: counted };
  const reach = reachOf(fields, telling, told);
  // What a sparse or partial index lacks is known not to match only when it was not merely hinted at.
  const isCovered = covers(index, filter, query);
  const order = index.multikey ? undefined : orderOf(fields, reach, sort);
  const plan: Plan = {
    type: 'index',
    index,
    bounds: reach.bounds,
    reverse: order === 'backward',
    sorted: order !== undefined,
    exactBut: isCovered ? reach.exactBut : undefined,
    repeats: index.multikey && !reach.isOneKey,
  };
  const isWhole = reach.bounds === everything.bounds;
  const wins = order !== undefined && sort !== undefined && Object.keys(sort).length > 0;
  const isSmall = index.sparse === true || index.partialFilterExpression !== undefined;
  // A bound of any kind beats an order, an order beats reading a small index whole.
  const score = (isWhole ? 0 : reach.score * 10) + (wins ? 5 : 0) + (isSmall ? 1 : 0);
  return { plan, score: score + (index.unique && reach.score >= fields.length * 8 ? 2 : 0) };
}

/** A sparse index leaves out the elements without the field, so only what is present can be told. */
function present({ constraints, alternatives }: Conjunction): Conjunction {
  return {
    constraints: constraints.map((constraint) =>
      constraint.exists ? constraint : { ...constraint, intervals: undefined },
    ),
    alternatives: alternatives.map((branches) => branches.map(present)),
  };
}

/** How the index has to be walked for a sort; undefined when it does not give that order. */
function orderOf(
  fields: readonly IndexField[],
  reach: Reach,
  sort: Doc | undefined,
): 'forward' | 'backward' | undefined {
  let sign = 0;
  let at = 0;
  for (const [path, value] of Object.entries(sort ?? {})) {
    if (reach.fixed.has(path)) continue;
    while (fields[at] && fields[at]?.path !== path && reach.fixed.has(fields[at]?.path ?? ''))
      at += 1;
    const field = fields[at];
    if (field?.path !== path) return undefined;
    const relative = Math.sign(numberOf(value) ?? 0) * field.direction;
    if (relative === 0 || (sign !== 0 && sign !== relative)) return undefined;
    sign = relative;
    at += 1;
  }
  return sign === -1 ? 'backward' : 'forward';
}
