import { compileAccumulator } from './accumulators.js';
import type { GroupField } from './accumulators.js';
import { location } from './command-error.js';
import { compareValues } from './compare.js';
import { hashOf } from './expressions/sets.js';
import { compileExpression } from './expressions.js';
import type { Expression } from './expressions.js';
import { numberOf } from './numbers.js';
import type { Stage } from './stage.js';
import { getField, isDoc, setField } from './values.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

type Accumulators = { name: string; accumulator: GroupField }[];

/** Groups documents by a key; groups come in the order their first documents did. */
function groupBy(
  key: (doc: Doc) => Value | undefined,
  accumulators: Accumulators,
  input: Iterable<Doc>,
): Doc[] {
  const groups = new Map<string, { id: Value; running: ReturnType<typeof startAll> }>();
  for (const doc of input) {
    const id = key(doc) ?? null;
    const hash = hashOf(id);
    let group = groups.get(hash);
    if (!group) {
      group = { id, running: startAll(accumulators) };
      groups.set(hash, group);
    }
    for (const { accumulator, expression } of group.running) accumulator.add(expression(doc));
  }
  return [...groups.values()].map(({ id, running }) => {
    const row: Doc = { _id: id };
    for (const { name, accumulator } of running) setField(row, name, accumulator.result());
    return row;
  });
}

function startAll(accumulators: Accumulators) {
  return accumulators.map(({ name, accumulator: { create, expression } }) => ({
    name,
    accumulator: create(),
    expression,
  }));
}

function readAccumulators(spec: Doc, names: readonly string[], variables: Variables): Accumulators {
  return names.map((name) => ({
    name,
    accumulator: compileAccumulator(name, getField(spec, name) ?? null, variables),
  }));
}

/** Compiles `$group`. */
export function compileGroup(spec: Value, variables: Variables): Stage {
  if (!isDoc(spec)) throw location(15947, "a group's fields must be specified in an object");
  const id = getField(spec, '_id');
  if (id === undefined) throw location(15955, 'a group specification must include an _id');
  const key = compileExpression(id, variables);
  const names = Object.keys(spec).filter((name) => name !== '_id');
  const accumulators = readAccumulators(spec, names, variables);
  return (input) => groupBy(key, accumulators, input);
}

/** Compiles `$sortByCount`. */
export function compileSortByCount(spec: Value, variables: Variables): Stage {
  const isExpression =
    (typeof spec === 'string' && spec.startsWith('$')) ||
    (isDoc(spec) && Object.keys(spec)[0]?.startsWith('$'));
  if (!isExpression) {
    throw location(
      40147,
      'the sortByCount field must be defined as a $-prefixed path or expression',
    );
  }
  const key = compileExpression(spec, variables);
  const accumulators = readAccumulators({ count: { $sum: 1 } }, ['count'], variables);
  return (input) =>
    groupBy(key, accumulators, input).sort(
      (a, b) => (numberOf(b['count']) ?? 0) - (numberOf(a['count']) ?? 0),
    );
}

/** Compiles `$bucket`: groups by ranges between ascending boundaries. */
export function compileBucket(spec: Value, variables: Variables): Stage {
  if (!isDoc(spec)) throw location(40201, 'Argument to $bucket stage must be an object');
  const stray = Object.keys(spec).find(
    (name) => !['groupBy', 'boundaries', 'default', 'output'].includes(name),
  );
  if (stray !== undefined) throw location(40197, `Unrecognized option to $bucket: ${stray}`);
  const { groupBy: by, boundaries, default: fallback, output } = spec;
  const edges = readBoundaries(boundaries);
  if (by === undefined) throw location(40198, "$bucket requires 'groupBy' and 'boundaries'");
  const value = compileExpression(by, variables);
  const fields = isDoc(output) ? output : { count: { $sum: 1 } };
  const accumulators = readAccumulators(fields, Object.keys(fields), variables);
  const key = bucketOf(value, edges, fallback);
  return (input) =>
    groupBy(key, accumulators, input).sort((a, b) => compareValues(a['_id'], b['_id']));
}

function readBoundaries(boundaries: Value | undefined): Value[] {
  if (!Array.isArray(boundaries) || boundaries.length < 2) {
    throw location(40192, "The $bucket 'boundaries' field must be an array of at least 2 values");
  }
  boundaries.slice(1).forEach((edge, i) => {
    if (compareValues(boundaries[i], edge) >= 0) {
      throw location(40194, "The 'boundaries' option to $bucket must be sorted");
    }
  });
  return boundaries;
}

function bucketOf(value: Expression, edges: readonly Value[], fallback: Value | undefined) {
  return (doc: Doc): Value => {
    const found = value(doc);
    const next = edges.findIndex((edge) => compareValues(found, edge) < 0);
    const edge = next > 0 ? edges[next - 1] : undefined;
    if (edge !== undefined) return edge;
    if (fallback !== undefined) return fallback;
    throw location(
      40066,
      '$bucket could not find a bucket for a value, and no default was specified',
    );
  };
}
