import { badValue, location } from './command-error.js';
import { compileElementTest } from './field-conditions.js';
import { isNumeric, numberOf } from './numbers.js';
import { compilePosition } from './position.js';
import { addField, createProjector } from './project.js';
import { isTruthy } from './truth.js';
import { getField, isDoc, setField } from './values.js';
import type { Doc, Value } from './values.js';
import { createVariables } from './variables.js';
import type { Variables } from './variables.js';

type Transform = (projected: Doc, doc: Doc) => Doc;

/**
 * Compiles a projection of `find`; the query is needed for the positional `$`.
 * Throws a CommandError for contradictions (31253, 31254) and what it does not know.
 */
export function compileProjection(
  spec: Doc | undefined,
  query: Doc = {},
  variables: Variables = createVariables(new Date()),
): (doc: Doc) => Doc {
  const names = Object.keys(spec ?? {});
  if (!spec || names.length === 0) return (doc) => doc;
  const projector = createProjector();
  const after: Transform[] = [];
  const sliced: string[] = [];
  let picksElements = false;
  for (const name of names) {
    const value = getField(spec, name) ?? null;
    const operator = isDoc(value) ? Object.keys(value)[0] : undefined;
    const operand = isDoc(value) && operator !== undefined ? getField(value, operator) : undefined;
    if (name.endsWith('.$')) {
      const path = name.slice(0, -2);
      if (!isTruthy(value))
        throw badValue(`positional projection cannot be used to exclude: ${name}`);
      projector.add(path, { type: 'include' });
      after.push(onlyMatched(path, query, variables));
    } else if (operator === '$slice' && isPlainSlice(operand)) {
      after.push(sliceAt(name, operand));
      sliced.push(name);
    } else if (operator === '$elemMatch') {
      picksElements = true;
      after.push(firstMatching(name, operand ?? null, variables));
    } else if (operator === '$meta') {
      throw badValue(`$meta is not supported by the embedded store: '${name}'`);
    } else addField(projector, name, value, variables);
  }
  // `$elemMatch` alone makes an inclusion, `$slice` alone leaves the other fields.
  const includes =
    projector.mode() === 'inclusion' || (projector.mode() === 'open' && picksElements);
  if (includes) for (const name of sliced) projector.add(name, { type: 'include' });
  const apply = projector.finish(includes);
  if (after.length === 0) return apply;
  return (doc) => after.reduce((projected, transform) => transform(projected, doc), apply(doc));
}

function isPlainSlice(operand: Value | undefined): operand is Value {
  return Array.isArray(operand) ? operand.every(isNumeric) : isNumeric(operand);
}

function sliceAt(path: string, operand: Value): Transform {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]).map(numberOf);
  if (first === undefined || (Array.isArray(operand) && second === undefined)) {
    throw location(28667, `$slice takes a count, or a position and a count: '${path}'`);
  }
  if (second !== undefined && second <= 0) {
    throw location(28729, `$slice limit must be positive: '${path}'`);
  }
  return (projected) =>
    changeArrays(projected, path.split('.'), (array) => {
      if (second === undefined) return first < 0 ? array.slice(first) : array.slice(0, first);
      const start = first < 0 ? Math.max(array.length + first, 0) : first;
      return array.slice(start, start + second);
    });
}

/** Changes the arrays at a path, copying what leads there. */
function changeArrays(doc: Doc, path: readonly string[], change: (array: Value[]) => Value): Doc {
  const [name = '', ...rest] = path;
  const value = getField(doc, name);
  const next = (current: Value): Value => {
    if (rest.length === 0) return Array.isArray(current) ? change(current) : current;
    if (isDoc(current)) return changeArrays(current, rest, change);
    return Array.isArray(current) ? current.map(next) : current;
  };
  if (value === undefined) return doc;
  const copy = { ...doc };
  setField(copy, name, next(value));
  return copy;
}

function firstMatching(name: string, operand: Value, variables: Variables): Transform {
  if (!isDoc(operand)) throw badValue('elemMatch: Invalid argument, object required');
  if (name.includes('.'))
    throw location(31275, 'Cannot use $elemMatch projection on a nested field');
  const matches = compileElementTest(operand, variables);
  return (projected, doc) => {
    const value = getField(doc, name);
    const found = Array.isArray(value) ? value.find(matches) : undefined;
    const copy = { ...projected };
    delete copy[name];
    if (found !== undefined) setField(copy, name, [found]);
    return copy;
  };
}

function onlyMatched(path: string, query: Doc, variables: Variables): Transform {
  const position = compilePosition(query, variables);
  return (projected, doc) =>
    changeArrays(projected, path.split('.'), (array) => {
      const element = array[position(doc, path) ?? -1];
      if (element !== undefined) return [element];
      throw location(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    });
}
