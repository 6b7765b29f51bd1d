import { badValue, location } from './command-error.js';
import { compileFilter } from './filter.js';
import { compileBucket, compileGroup, compileSortByCount } from './group.js';
import { compileLookup } from './join.js';
import { isIntegral, isNumeric, toDouble } from './numbers.js';
import { sortDocs } from './sort.js';
import type { PipelineContext, Stage } from './stage.js';
import { compileTransform, readStage } from './transforms.js';
import { compileUnwind } from './unwind.js';
import { getField, isDoc, setField, typeName } from './values.js';
import type { Doc, Value } from './values.js';
import { createVariables } from './variables.js';
import type { Variables } from './variables.js';

export type { PipelineContext } from './stage.js';
export { leadingMatch } from './leading-match.js';
export type { LeadingMatch } from './leading-match.js';

/** Compiles an aggregation pipeline. Throws a CommandError (40324) on any unknown stage. */
export function compilePipeline(stages: Doc[], context: PipelineContext): Stage {
  const variables = context.variables ?? createVariables(context.now);
  const compiled: Stage[] = [];
  for (let i = 0; i < stages.length; i++) {
    const { name, spec } = readStage(stages[i] ?? null);
    const next = stages[i + 1];
    const limit = name === '$sort' && next ? getField(next, '$limit') : undefined;
    compiled.push(
      limit === undefined
        ? compileStage(name, spec, context, variables)
        : compileSortStage(spec, readCount('$limit', limit)),
    );
  }
  return (input) => compiled.reduce((docs, stage) => stage(docs), input);
}

function compileStage(
  name: string,
  spec: Value,
  context: PipelineContext,
  variables: Variables,
): Stage {
  const transform = compileTransform(name, spec, variables);
  if (transform) {
    return function* mapped(input) {
      for (const doc of input) yield transform(doc);
    };
  }
  switch (name) {
    case '$match':
      return compileMatch(spec, variables);
    case '$sort':
      return compileSortStage(spec, undefined);
    case '$limit':
      return limitTo(readCount('$limit', spec));
    case '$skip':
      return skipOver(readCount('$skip', spec));
    case '$count':
      return compileCount(spec);
    case '$group':
      return compileGroup(spec, variables);
    case '$sortByCount':
      return compileSortByCount(spec, variables);
    case '$bucket':
      return compileBucket(spec, variables);
    case '$unwind':
      return compileUnwind(spec);
    case '$lookup':
      return compileLookup(spec, context, variables, compilePipeline);
    case '$facet':
      return compileFacet(spec, { ...context, variables });
    case '$sample':
      return compileSample(spec);
    case '$merge':
    case '$out':
      throw badValue(`${name} is not supported by the embedded store`);
    case '$changeStream':
      throw location(
        40573,
        'The $changeStream stage is only supported on replica sets, not by the embedded store',
      );
    default:
      throw location(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function compileMatch(spec: Value, variables: Variables): Stage {
  if (!isDoc(spec)) throw location(15959, 'the match filter must be an expression in an object');
  const matches = compileFilter(spec, variables);
  return function* matched(input) {
    for (const doc of input) if (matches(doc)) yield doc;
  };
}

function compileSortStage(spec: Value, limit: number | undefined): Stage {
  if (!isDoc(spec)) throw location(15973, 'the $sort key specification must be an object');
  if (Object.keys(spec).length === 0)
    throw location(15976, '$sort stage must have at least one sort key');
  sortDocs([], spec);
  return (input) => sortDocs(input, spec, limit);
}

function readCount(name: string, spec: Value): number {
  const count = isNumeric(spec) && isIntegral(spec) ? toDouble(spec) : undefined;
  if (count === undefined || count < 0) {
    throw location(
      5107201,
      `invalid argument to ${name} stage: Expected a non-negative number, but got type ${typeName(spec)}`,
    );
  }
  if (count === 0 && name === '$limit') throw location(15958, 'the limit must be positive');
  return count;
}

function limitTo(count: number): Stage {
  return function* limited(input) {
    let taken = 0;
    for (const doc of input) {
      yield doc;
      taken += 1;
      if (taken === count) return;
    }
  };
}

function skipOver(count: number): Stage {
  return function* skipped(input) {
    let passed = 0;
    for (const doc of input) {
      if (passed === count) yield doc;
      else passed += 1;
    }
  };
}

function compileCount(spec: Value): Stage {
  if (typeof spec !== 'string' || spec === '' || spec.startsWith('$') || spec.includes('.')) {
    throw location(
      40156,
      'the count field must be a non-empty string without $ at its start and dots',
    );
  }
  return function* counted(input) {
    let count = 0;
    for (const doc of input) if (doc) count += 1;
    if (count === 0) return;
    const row: Doc = {};
    setField(row, spec, count);
    yield row;
  };
}

function compileFacet(spec: Value, context: PipelineContext): Stage {
  const names = isDoc(spec) ? Object.keys(spec) : [];
  if (!isDoc(spec) || names.length === 0) {
    throw location(40169, 'the $facet specification must be a non-empty object');
  }
  const facets = names.map((name) => {
    const stages = getField(spec, name);
    if (!Array.isArray(stages))
      throw location(40170, `arguments to $facet must be arrays: '${name}'`);
    return { name, run: compilePipeline(stages.filter(isDoc), context) };
  });
  return function* faceted(input) {
    const docs = [...input];
    const row: Doc = {};
    for (const { name, run } of facets) setField(row, name, [...run(docs)]);
    yield row;
  };
}

function compileSample(spec: Value): Stage {
  const size = isDoc(spec) ? getField(spec, 'size') : undefined;
  if (size === undefined) throw location(28749, '$sample stage must specify a size');
  const count = readCount('$sample', size);
  return (input) => {
    const sample: Doc[] = [];
    let seen = 0;
    for (const doc of input) {
      seen += 1;
      if (sample.length < count) sample.push(doc);
      else {
        const place = Math.floor(Math.random() * seen);
        if (place < count) sample[place] = doc;
      }
    }
    return sample;
  };
}
