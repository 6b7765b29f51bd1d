import { Decimal128, Timestamp } from 'bson';
import { add, multiply } from './arithmetic.js';
import { badValue, failedToParse, typeMismatch } from './command-error.js';
import { compareValues } from './compare.js';
import { isNumeric, makeDouble, makeLong, numericType, toDouble, truncate } from './numbers.js';
import type { Numeric, NumericType } from './numbers.js';
import { isSame } from './same.js';
import { getField, isDoc, typeName } from './values.js';
import type { Doc, Value } from './values.js';

/** Changes one value; the very same value means no change, undefined removal. */
export type Change = (current: Value | undefined, doc: Doc) => Value | undefined;

/** Makes the change of `$set` and `$setOnInsert`. */
export function setTo(value: Value): Change {
  return (current) => (isSame(current, value) ? current : value);
}

/** Makes the change of `$min` (sign -1) or `$max` (sign 1). */
export function setToExtreme(value: Value, sign: 1 | -1): Change {
  return (current) =>
    current === undefined || compareValues(value, current) === sign ? value : current;
}

/** Makes the change of `$inc`. */
export function increment(path: string, by: Value): Change {
  if (!isNumeric(by)) {
    throw typeMismatch(`Cannot increment with non-numeric argument: {${path}: ${typeName(by)}}`);
  }
  return (current) => {
    if (current === undefined) return by;
    if (!isNumeric(current)) throw notNumeric('$inc', path, current);
    return unlessSame(current, add(current, by), '$inc');
  };
}

/** Makes the change of `$mul`. */
export function multiplyBy(path: string, by: Value): Change {
  if (!isNumeric(by)) {
    throw typeMismatch(`Cannot multiply with non-numeric argument: {${path}: ${typeName(by)}}`);
  }
  return (current) => {
    if (current === undefined) return zeroOf(numericType(by));
    if (!isNumeric(current)) throw notNumeric('$mul', path, current);
    return unlessSame(current, multiply(current, by), '$mul');
  };
}

function unlessSame(current: Value, next: Numeric | undefined, operator: string): Value {
  if (next === undefined) {
    throw badValue(`Failed to apply ${operator} operations: the result does not fit 64 bits`);
  }
  return isSame(current, next) ? current : next;
}

function zeroOf(type: NumericType): Value {
  switch (type) {
    case 'int':
      return 0;
    case 'long':
      return makeLong(0n);
    case 'double':
      return makeDouble(0);
    case 'decimal':
      return Decimal128.fromString('0');
    default:
      return type satisfies never;
  }
}

function notNumeric(operator: string, path: string, current: Value): Error {
  const type = typeName(current);
  return typeMismatch(
    `Cannot apply ${operator} to a value of non-numeric type: the field '${path}' is of non-numeric type ${type}`,
  );
}

/** Makes the change of `$currentDate`: `true`, or `{ $type: "date" | "timestamp" }`. */
export function setToNow(operand: Value, now: Date): Change {
  const wanted = isDoc(operand) ? getField(operand, '$type') : undefined;
  if (
    isDoc(operand) &&
    ((wanted !== 'date' && wanted !== 'timestamp') || Object.keys(operand).length > 1)
  ) {
    throw badValue(
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  }
  if (!isDoc(operand) && typeof operand !== 'boolean') {
    throw badValue(
      `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  const seconds = Math.floor(now.getTime() / 1000);
  return () => (wanted === 'timestamp' ? new Timestamp({ t: seconds, i: 1 }) : now);
}

type BitStep = { name: 'and' | 'or' | 'xor'; value: Numeric };

/** Makes the change of `$bit`: `{ and | or | xor: integer }`, applied in order. */
export function changeBits(path: string, operand: Value): Change {
  if (!isDoc(operand) || Object.keys(operand).length === 0) {
    throw badValue(`You must pass in at least one bitwise operation to $bit for '${path}'`);
  }
  const steps = Object.entries(operand).map(([name, value]): BitStep => {
    if (name !== 'and' && name !== 'or' && name !== 'xor') {
      throw badValue(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
    }
    if (!isInteger(value)) {
      throw badValue(
        `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(value)}' is not supported here`,
      );
    }
    return { name, value };
  });
  return (current) => {
    if (current !== undefined && !isInteger(current)) {
      throw badValue(
        `Cannot apply $bit to a value of non-integral type: '${path}' is of type ${typeName(current)}`,
      );
    }
    let result: Numeric = current ?? 0;
    for (const { name, value } of steps) result = bitwise(name, result, value);
    return isSame(current, result) ? current : result;
  };
}

function isInteger(value: Value): value is Numeric {
  return isNumeric(value) && ['int', 'long'].includes(numericType(value));
}

function bitwise(name: 'and' | 'or' | 'xor', a: Numeric, b: Numeric): Numeric {
  const [x, y] = [truncate(a) ?? 0n, truncate(b) ?? 0n];
  const bits = { and: x & y, or: x | y, xor: x ^ y }[name];
  const isLong = numericType(a) === 'long' || numericType(b) === 'long';
  return isLong ? makeLong(bits) : toDouble(bits);
}

/** Reads which end of an array `$pop` takes off. */
export function readPopEnd(operand: Value): 'first' | 'last' {
  const end = isNumeric(operand) ? toDouble(operand) : undefined;
  if (end === 1) return 'last';
  if (end === -1) return 'first';
  throw failedToParse(`$pop expects 1 or -1, found: ${end ?? typeName(operand)}`);
}
