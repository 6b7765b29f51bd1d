import { location } from './command-error.js';
import { hashOf } from './expressions/sets.js';
import { compileExpression } from './expressions.js';
import { tuplesOf } from './index-tuples.js';
import { parsePath } from './path.js';
import type { PipelineContext, Stage } from './stage.js';
import { getField, isDoc, setField } from './values.js';
import type { Doc, Value } from './values.js';
import { bindVariables } from './variables.js';
import type { Cell, Variables } from './variables.js';

/** Compiles a pipeline; handed in, for a join may hold one. */
export type CompilePipeline = (stages: Doc[], context: PipelineContext) => Stage;

/** Compiles `$lookup`, by equal fields, by a pipeline with `let`, or both. */
export function compileLookup(
  spec: Value,
  context: PipelineContext,
  variables: Variables,
  compilePipeline: CompilePipeline,
): Stage {
  const { from, as, localField, foreignField, bindings, pipeline } = readLookup(spec);
  const cells: Record<string, Cell> = {};
  const binders = Object.keys(bindings).map((name) => {
    const cell: Cell = { value: undefined };
    cells[name] = cell;
    return { cell, expression: compileExpression(getField(bindings, name) ?? null, variables) };
  });
  const inner = { ...context, variables: bindVariables(variables, cells) };
  const run = pipeline && compilePipeline(pipeline, inner);
  return function* lookup(input) {
    const find =
      localField === undefined || foreignField === undefined
        ? () => context.read(from)
        : createFinder(from, localField, foreignField, context);
    for (const doc of input) {
      for (const { cell, expression } of binders) cell.value = expression(doc);
      const found = find(doc);
      yield withPath(doc, as.split('.'), [...(run ? run(found) : found)]);
    }
  };
}

type Lookup = {
  from: string;
  as: string;
  localField: string | undefined;
  foreignField: string | undefined;
  bindings: Doc;
  pipeline: Doc[] | undefined;
};

const FIELDS = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'];

function readLookup(spec: Value): Lookup {
  if (!isDoc(spec)) throw location(40319, 'the $lookup specification must be an Object');
  const stray = Object.keys(spec).find((name) => !FIELDS.includes(name));
  if (stray !== undefined) throw location(9, `unknown argument to $lookup: ${stray}`);
  const text = (name: string): string | undefined => {
    const value = getField(spec, name);
    if (value === undefined || typeof value === 'string') return value;
    throw location(9, `$lookup argument '${name}' must be a string`);
  };
  const from = text('from');
  const as = text('as');
  if (from === undefined || as === undefined) {
    throw location(9, "$lookup needs 'from' and 'as'");
  }
  const localField = text('localField');
  const foreignField = text('foreignField');
  const pipeline = getField(spec, 'pipeline');
  const bindings = getField(spec, 'let') ?? {};
  if ((localField === undefined) !== (foreignField === undefined) || !isDoc(bindings)) {
    throw location(
      9,
      "$lookup takes both 'localField' and 'foreignField' or neither, and 'let' is an object",
    );
  }
  if (pipeline === undefined && localField === undefined) {
    throw location(9, "$lookup requires either 'pipeline' or both 'localField' and 'foreignField'");
  }
  if (pipeline !== undefined && !(Array.isArray(pipeline) && pipeline.every(isDoc))) {
    throw location(9, "$lookup 'pipeline' must be an array of stages");
  }
  const stages = Array.isArray(pipeline) ? pipeline.filter(isDoc) : undefined;
  return { from, as, localField, foreignField, bindings, pipeline: stages };
}

/** Finds partners by an index of the storage, or else by a table made once. */
function createFinder(
  from: string,
  localField: string,
  foreignField: string,
  context: PipelineContext,
): (doc: Doc) => Iterable<Doc> {
  const local = [parsePath(localField)];
  const valuesOf = (doc: Doc) =>
    tuplesOf(doc, local)
      .map(({ values }) => values[0])
      .filter((value) => value !== undefined);
  const { find } = context;
  if (find) return (doc) => find(from, { [foreignField]: { $in: valuesOf(doc) } });
  let table: Map<string, Doc[]> | undefined;
  return (doc) => {
    table ??= tabulate(context.read(from), foreignField);
    const found = new Set<Doc>();
    for (const value of valuesOf(doc)) {
      for (const partner of table.get(hashOf(value)) ?? []) found.add(partner);
    }
    return found;
  };
}

function tabulate(docs: Iterable<Doc>, field: string): Map<string, Doc[]> {
  const table = new Map<string, Doc[]>();
  const path = [parsePath(field)];
  for (const doc of docs) {
    for (const { values } of tuplesOf(doc, path)) {
      const hash = hashOf(values[0]);
      const list = table.get(hash) ?? [];
      if (!list.includes(doc)) list.push(doc);
      table.set(hash, list);
    }
  }
  return table;
}

/** Sets a dotted path in a copy. */
export function withPath(doc: Doc, names: readonly string[], value: Value): Doc {
  const [name = '', ...rest] = names;
  const copy = { ...doc };
  const inner = getField(doc, name);
  setField(
    copy,
    name,
    rest.length === 0 ? value : withPath(isDoc(inner) ? inner : {}, rest, value),
  );
  return copy;
}
