import { BSONRegExp } from 'bson';
import { badValue, typeMismatch } from './command-error.js';
import { compareValues, equalValues } from './compare.js';
import { conditionAt } from './conditions.js';
import { compileCondition } from './field-conditions.js';
import { compileFilter } from './filter.js';
import { readPopEnd } from './field-operators.js';
import type { Change } from './field-operators.js';
import type { Test } from './match-path.js';
import { isIntegral, isNumeric, numberOf, toDouble } from './numbers.js';
import { isLogical, isOperators } from './operands.js';
import { compileSort } from './sort.js';
import { getField, isDoc, typeName } from './values.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

/** Makes the change of `$push`, with `$each`, `$position`, `$slice` and `$sort`. */
export function push(path: string, operand: Value): Change {
  const { each, position, slice, order } = readPush(operand);
  return (current) => {
    const array = arrayAt(path, current);
    if (each.length === 0 && slice === undefined && order === undefined) return current ?? [];
    const at = position < 0 ? Math.max(array.length + position, 0) : position;
    const next =
      at >= array.length
        ? [...array, ...each]
        : [...array.slice(0, at), ...each, ...array.slice(at)];
    if (order) next.sort(order);
    if (slice === undefined) return next;
    return slice < 0 ? next.slice(slice) : next.slice(0, slice);
  };
}

type Push = {
  each: readonly Value[];
  position: number;
  slice: number | undefined;
  order: ((a: Value, b: Value) => number) | undefined;
};

function readPush(operand: Value): Push {
  if (!isDoc(operand) || getField(operand, '$each') === undefined) {
    return { each: [operand], position: Infinity, slice: undefined, order: undefined };
  }
  for (const name of Object.keys(operand)) {
    if (!['$each', '$position', '$slice', '$sort'].includes(name)) {
      throw badValue(`Unrecognized clause in $push: ${name}`);
    }
  }
  const sort = getField(operand, '$sort');
  return {
    each: readEach('$push', operand),
    position: readInteger('$position', getField(operand, '$position')) ?? Infinity,
    slice: readInteger('$slice', getField(operand, '$slice')),
    order: sort === undefined ? undefined : readOrder(sort),
  };
}

function readEach(operator: string, operand: Doc): Value[] {
  const each = getField(operand, '$each');
  if (Array.isArray(each)) return each;
  throw badValue(
    `The argument to $each in ${operator} must be an array but it was of type ${typeName(each)}`,
  );
}

function readInteger(clause: string, value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (isNumeric(value) && isIntegral(value)) return toDouble(value);
  throw badValue(
    `The value for ${clause} must be an integer value but was given type: ${typeName(value)}`,
  );
}

function readOrder(sort: Value): (a: Value, b: Value) => number {
  if (isDoc(sort)) {
    const order = compileSort(sort);
    // Elements that are no documents lack every field of the pattern.
    return (a, b) => order(isDoc(a) ? a : {}, isDoc(b) ? b : {});
  }
  const direction = numberOf(sort);
  if (direction !== 1 && direction !== -1) {
    throw badValue('The $sort element value must be either 1 or -1');
  }
  return (a, b) => direction * compareValues(a, b);
}

function arrayAt(path: string, current: Value | undefined): readonly Value[] {
  if (current === undefined) return [];
  if (Array.isArray(current)) return current;
  throw badValue(`The field '${path}' must be an array but is of type ${typeName(current)}`);
}

/** Makes the change of `$addToSet`, with `$each`. */
export function addToSet(path: string, operand: Value): Change {
  const isEach = isDoc(operand) && getField(operand, '$each') !== undefined;
  if (isEach && Object.keys(operand).length > 1) {
    throw badValue('Found unexpected fields after $each in $addToSet');
  }
  const added = isEach ? readEach('$addToSet', operand) : [operand];
  return (current) => {
    if (current !== undefined && !Array.isArray(current)) {
      throw badValue(
        `Cannot apply $addToSet to non-array field. Field named '${path}' has non-array type ${typeName(current)}`,
      );
    }
    const next = current ? current.slice() : [];
    for (const value of added) {
      if (!next.some((element) => equalValues(element, value))) next.push(value);
    }
    return current && next.length === current.length ? current : next;
  };
}

/** Makes the change of `$pop`. */
export function pop(path: string, operand: Value): Change {
  const end = readPopEnd(operand);
  return (current) => {
    if (current === undefined) return current;
    if (!Array.isArray(current)) {
      throw typeMismatch(
        `Path '${path}' contains an element of non-array type '${typeName(current)}'`,
      );
    }
    if (current.length === 0) return current;
    return end === 'first' ? current.slice(1) : current.slice(0, -1);
  };
}

/** Makes the change of `$pull`: by value, by operators, or by a query on documents. */
export function pull(operand: Value, variables: Variables): Change {
  return removeWhere('$pull', pullTest(operand, variables));
}

function pullTest(operand: Value, variables: Variables): Test {
  if (operand instanceof BSONRegExp || (isOperators(operand) && !isLogical(operand))) {
    // As in MongoDB, an element that is an array passes by one of its own elements.
    const matches = conditionAt('element', compileCondition(operand, variables));
    return (value) => matches({ element: value ?? null });
  }
  if (!isDoc(operand)) return (value) => equalValues(value, operand);
  const filter = compileFilter(operand, variables);
  return (value) => isDoc(value) && filter(value);
}

/** Makes the change of `$pullAll`. */
export function pullAll(operand: Value): Change {
  if (!Array.isArray(operand)) {
    throw badValue(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
  }
  return removeWhere('$pullAll', (value) => operand.some((part) => equalValues(part, value)));
}

function removeWhere(operator: string, test: Test): Change {
  return (current) => {
    if (current === undefined) return current;
    if (!Array.isArray(current)) throw badValue(`Cannot apply ${operator} to a non-array value`);
    const kept = current.filter((value) => !test(value));
    return kept.length === current.length ? current : kept;
  };
}
