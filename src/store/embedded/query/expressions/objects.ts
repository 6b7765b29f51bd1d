import { location } from '../command-error.js';
import { getField, isDoc, setField, typeName, withoutField } from '../values.js';
import type { Doc, Value } from '../values.js';
import { isNullish, listed, readFields, unary, wrongType } from './operator.js';
import type { Operator, Operators, Scope } from './operator.js';

/** Joins documents, the later fields over the earlier. */
export function merge(values: readonly (Value | undefined)[], scope: { name: string }): Doc {
  const merged: Doc = {};
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value)) {
      throw location(
        40400,
        `${scope.name} requires object inputs, but input is of type ${typeName(value)}`,
      );
    }
    for (const name of Object.keys(value)) setField(merged, name, getField(value, name) ?? null);
  }
  return merged;
}

const mergeObjects: Operator = listed(1, Infinity, (values, scope) => {
  const [only] = values;
  return merge(values.length === 1 && Array.isArray(only) ? only : values, scope);
});

function toPairs(value: Value | undefined, scope: Scope): Value {
  if (isNullish(value)) return null;
  if (!isDoc(value)) throw wrongType(scope, 'objects', value, 40390);
  return Object.keys(value).map((name) => ({ k: name, v: getField(value, name) ?? null }));
}

function fromPairs(value: Value | undefined, scope: Scope): Value {
  if (isNullish(value)) return null;
  if (!Array.isArray(value)) throw wrongType(scope, 'arrays', value, 40386);
  const doc: Doc = {};
  for (const pair of value) {
    const name = isDoc(pair) ? getField(pair, 'k') : Array.isArray(pair) ? pair[0] : undefined;
    const held = isDoc(pair) ? getField(pair, 'v') : Array.isArray(pair) ? pair[1] : undefined;
    if (typeof name !== 'string' || held === undefined) {
      throw location(40391, '$arrayToObject requires pairs of a string and a value');
    }
    setField(doc, name, held);
  }
  return doc;
}

const readOne: Operator = (operand, scope) => {
  const isShort = !isDoc(operand) || getField(operand, 'field') === undefined;
  const fields = isShort
    ? { field: operand, input: '$$CURRENT' }
    : readFields(operand, scope, ['field'], ['input']);
  const name = scope.compile(fields.field ?? null);
  const input = scope.compile(fields.input ?? '$$CURRENT');
  return (doc) => {
    const field = name(doc);
    if (typeof field !== 'string') throw wrongType(scope, 'strings as field', field, 5654602);
    const from = input(doc);
    if (isDoc(from)) return getField(from, field);
    return from === null ? null : undefined;
  };
};

function change(withValue: boolean): Operator {
  return (operand, scope) => {
    const names = withValue
      ? (['field', 'input', 'value'] as const)
      : (['field', 'input'] as const);
    const fields = readFields(operand, scope, names);
    const { field } = fields;
    if (typeof field !== 'string') throw wrongType(scope, 'strings as field', field, 4161106);
    const input = scope.compile(fields.input ?? null);
    const value = scope.compile(('value' in fields ? fields.value : null) ?? null);
    return (doc) => {
      const from = input(doc);
      if (isNullish(from)) return null;
      if (!isDoc(from)) throw wrongType(scope, 'objects as input', from, 4161105);
      const next = withValue ? value(doc) : undefined;
      if (next === undefined) return withoutField(from, field);
      const copy = { ...from };
      setField(copy, field, next);
      return copy;
    };
  };
}

/** Documents. */
export const objectOperators: Operators = {
  $mergeObjects: mergeObjects,
  $objectToArray: unary(toPairs),
  $arrayToObject: unary(fromPairs),
  $getField: readOne,
  $setField: change(true),
  $unsetField: change(false),
};
