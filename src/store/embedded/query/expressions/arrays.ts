import { location } from '../command-error.js';
import { compareValues, equalValues } from '../compare.js';
import { isNumeric, numberOf } from '../numbers.js';
import { compileSort } from '../sort.js';
import { isTruthy } from '../truth.js';
import { isDoc, typeName } from '../values.js';
import type { Value } from '../values.js';
import { bindVariables } from '../variables.js';
import type { Cell } from '../variables.js';
import { checkVariableName } from './control.js';
import { binary, fielded, isNullish, listed, readFields, unary, wrongType } from './operator.js';
import type { Operator, Operators, Scope } from './operator.js';

function requireArray(value: Value | undefined, scope: Scope, code: number): Value[] {
  if (Array.isArray(value)) return value;
  throw location(
    code,
    `The argument to ${scope.name} must be an array, but was of type: ${typeName(value)}`,
  );
}

function requireIndex(value: Value | undefined, scope: Scope, code: number): number {
  const index = numberOf(value);
  if (index === undefined || !Number.isInteger(index)) {
    throw wrongType(scope, 'integers as positions and counts', value, code);
  }
  return index;
}

function elementAt(array: Value | undefined, position: Value | undefined, scope: Scope) {
  if (isNullish(array) || isNullish(position)) return null;
  return requireArray(array, scope, 28689).at(requireIndex(position, scope, 28690));
}

function slice(values: readonly (Value | undefined)[], scope: Scope): Value {
  const [array, second, third] = values;
  if (isNullish(array) || isNullish(second) || third === null) return null;
  const all = requireArray(array, scope, 28724);
  const first = requireIndex(second, scope, 28725);
  if (third === undefined) return first < 0 ? all.slice(first) : all.slice(0, first);
  const count = requireIndex(third, scope, 28727);
  if (count <= 0) throw location(28729, 'Third argument to $slice must be positive');
  const start = first < 0 ? Math.max(all.length + first, 0) : first;
  return all.slice(start, start + count);
}

/** Compiles an operator that computes something for each element, bound to a variable. */
function perElement(operand: Value, scope: Scope, body: string, optional: readonly string[]) {
  const fields = readFields<string>(operand, scope, ['input', body], optional);
  const name = fields['as'] ?? 'this';
  if (typeof name !== 'string') throw wrongType(scope, "a string as 'as'", name);
  checkVariableName(name);
  const cell: Cell = { value: undefined };
  const inner = bindVariables(scope.variables, { [name]: cell });
  return {
    fields,
    cell,
    input: scope.compile(fields['input'] ?? null),
    each: scope.compile(fields[body] ?? null, inner),
  };
}

const filter: Operator = (operand, scope) => {
  const { fields, cell, input, each } = perElement(operand, scope, 'cond', ['as', 'limit']);
  const most = fields['limit'] === undefined ? undefined : scope.compile(fields['limit']);
  return (doc) => {
    const array = input(doc);
    if (isNullish(array)) return null;
    const limit = numberOf(most?.(doc)) ?? Infinity;
    const kept: Value[] = [];
    for (const element of requireArray(array, scope, 28651)) {
      cell.value = element;
      if (kept.length < limit && isTruthy(each(doc))) kept.push(element);
    }
    return kept;
  };
};

const map: Operator = (operand, scope) => {
  const { cell, input, each } = perElement(operand, scope, 'in', ['as']);
  return (doc) => {
    const array = input(doc);
    if (isNullish(array)) return null;
    return requireArray(array, scope, 16883).map((element) => {
      cell.value = element;
      return each(doc) ?? null;
    });
  };
};

const reduce: Operator = (operand, scope) => {
  const fields = readFields(operand, scope, ['input', 'initialValue', 'in']);
  const current: Cell = { value: undefined };
  const value: Cell = { value: undefined };
  const input = scope.compile(fields.input ?? null);
  const initial = scope.compile(fields.initialValue ?? null);
  const body = scope.compile(
    fields.in ?? null,
    bindVariables(scope.variables, { this: current, value }),
  );
  return (doc) => {
    const array = input(doc);
    if (isNullish(array)) return null;
    let total = initial(doc);
    for (const element of requireArray(array, scope, 40080)) {
      current.value = element;
      value.value = total;
      total = body(doc);
    }
    return total;
  };
};

function concatArrays(values: readonly (Value | undefined)[], scope: Scope): Value {
  const all: Value[] = [];
  for (const value of values) {
    if (isNullish(value)) return null;
    all.push(...requireArray(value, scope, 28664));
  }
  return all;
}

const MOST = 1_000_000;

function range(values: readonly (Value | undefined)[], scope: Scope): Value {
  const [from, to, by] = values;
  const start = requireIndex(from, scope, 34443);
  const end = requireIndex(to, scope, 34444);
  const step = by === undefined ? 1 : requireIndex(by, scope, 34447);
  if (step === 0) throw location(34449, '$range requires a non-zero step value');
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (count > MOST) throw location(34449, `$range makes at most ${MOST} numbers here`);
  return Array.from({ length: count }, (_, i) => start + i * step);
}

function indexOfArray(values: readonly (Value | undefined)[], scope: Scope): Value {
  const [array, wanted, from, to] = values;
  if (isNullish(array)) return null;
  const start = from === undefined ? 0 : requireIndex(from, scope, 40096);
  const end = to === undefined ? Infinity : requireIndex(to, scope, 40096);
  return requireArray(array, scope, 40090).findIndex(
    (element, i) => i >= start && i < end && equalValues(element, wanted),
  );
}

function edge(position: 0 | -1): Operator {
  return unary((value, scope) => {
    return isNullish(value) ? null : requireArray(value, scope, 28689).at(position);
  });
}

const sortArray = fielded(['input', 'sortBy'], [], ({ input, sortBy }, scope) => {
  if (isNullish(input)) return null;
  const array = requireArray(input, scope, 2942504).slice();
  if (isDoc(sortBy)) {
    const order = compileSort(sortBy);
    return array.sort((a, b) => order(isDoc(a) ? a : {}, isDoc(b) ? b : {}));
  }
  const direction = isNumeric(sortBy) ? numberOf(sortBy) : undefined;
  if (direction !== 1 && direction !== -1) throw wrongType(scope, '1, -1 or a pattern', sortBy);
  return array.sort((a, b) => direction * compareValues(a, b));
});

/** Arrays. */
export const arrayOperators: Operators = {
  $size: unary((value, scope) => requireArray(value, scope, 17124).length),
  $in: binary((value, array, scope) =>
    requireArray(array, scope, 40081).some((element) => equalValues(element, value)),
  ),
  $arrayElemAt: binary(elementAt),
  $first: edge(0),
  $last: edge(-1),
  $slice: listed(2, 3, slice),
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $concatArrays: listed(0, Infinity, concatArrays),
  $range: listed(2, 3, range),
  $reverseArray: unary((value, scope) =>
    isNullish(value) ? null : requireArray(value, scope, 34435).toReversed(),
  ),
  $indexOfArray: listed(2, 4, indexOfArray),
  $sortArray: sortArray,
};
