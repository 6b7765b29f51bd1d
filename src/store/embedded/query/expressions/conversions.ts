import { Binary, BSONSymbol, Decimal128, Long, ObjectId, Timestamp } from 'bson';
import { CommandError, location } from '../command-error.js';
import { writeDecimal } from '../decimal.js';
import {
  contentOf,
  fitsLong,
  isNumeric,
  makeDouble,
  makeLong,
  toDouble,
  truncate,
} from '../numbers.js';
import { isTruthy } from '../truth.js';
import { readTypeName } from '../type-names.js';
import { isInt32, typeName } from '../values.js';
import type { Value } from '../values.js';
import { fielded, isNullish, readFields, unary } from './operator.js';
import type { Operator, Operators } from './operator.js';
import { parseInstant } from './calendar.js';

function failure(value: Value, to: string, why = ''): CommandError {
  const reason = why || 'no conversion between these types';
  return new CommandError(
    241,
    'ConversionFailure',
    `Failed to convert a value of type ${typeName(value)} to ${to} in $convert: ${reason}`,
  );
}

/** The text of a scalar, as `$toString` gives it. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return textOfDouble(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof BSONSymbol) return value.value;
  if (value instanceof Decimal128 || (value instanceof Long && !(value instanceof Timestamp))) {
    return value.toString();
  }
  if (isNumeric(value)) return textOfDouble(toDouble(value));
  if (value instanceof Binary && value.sub_type === Binary.SUBTYPE_UUID) {
    return value.toUUID().toHexString();
  }
  throw failure(value, 'string');
}

function textOfDouble(value: number): string {
  if (value === Infinity) return 'Infinity';
  return Object.is(value, -0) ? '-0' : String(value);
}

function toInteger(value: Value, to: 'int' | 'long'): Value {
  const make = (whole: bigint | undefined): Value => {
    if (whole === undefined) throw failure(value, to, 'the number is not finite');
    const fits = to === 'int' ? isInt32(Number(whole)) : fitsLong(whole);
    if (!fits) throw failure(value, to, 'the number is out of range');
    return to === 'int' ? Number(whole) : makeLong(whole);
  };
  if (isNumeric(value)) return make(truncate(value));
  if (typeof value === 'boolean') return make(value ? 1n : 0n);
  if (value instanceof Date && to === 'long') return make(BigInt(value.getTime()));
  if (typeof value === 'string') {
    if (!/^[+-]?\d+$/.test(value)) throw failure(value, to, 'the text is not an integer');
    return make(BigInt(value.replace('+', '')));
  }
  throw failure(value, to);
}

function toReal(value: Value): Value {
  if (isNumeric(value)) return makeDouble(toDouble(value));
  if (typeof value === 'boolean') return makeDouble(Number(value));
  if (value instanceof Date) return makeDouble(value.getTime());
  if (typeof value === 'string') {
    const isNumber = /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|Infinity|NaN)$/i.test(
      value,
    );
    if (!isNumber) throw failure(value, 'double', 'the text is not a number');
    return makeDouble(Number(value));
  }
  throw failure(value, 'double');
}

function toDecimal(value: Value): Value {
  if (value instanceof Decimal128) return value;
  if (typeof value === 'boolean') return writeDecimal(contentOf(Number(value)));
  if (value instanceof Date) return writeDecimal(contentOf(value.getTime()));
  if (isNumeric(value)) {
    // A double becomes the decimal of 15 digits that reads the same, as in MongoDB.
    const isReal = typeName(value) === 'double' && Number.isFinite(toDouble(value));
    return isReal
      ? Decimal128.fromString(Number(toDouble(value).toPrecision(15)).toString())
      : writeDecimal(contentOf(value));
  }
  if (typeof value === 'string') {
    try {
      return Decimal128.fromStringWithRounding(value);
    } catch {
      throw failure(value, 'decimal', 'the text is not a number');
    }
  }
  throw failure(value, 'decimal');
}

function toDate(value: Value): Value {
  const at = (milliseconds: number) => {
    const date = new Date(milliseconds);
    if (Number.isNaN(date.getTime())) throw failure(value, 'date', 'out of range');
    return date;
  };
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return at(value.t * 1000);
  if (isNumeric(value) && typeName(value) !== 'int') return at(Number(truncate(value) ?? NaN));
  if (typeof value === 'string') {
    const instant = parseInstant(value);
    if (!instant) throw failure(value, 'date', 'the text is not a date');
    return instant;
  }
  throw failure(value, 'date');
}

function toObjectId(value: Value): Value {
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-fA-F]{24}$/.test(value)) return new ObjectId(value);
  throw failure(
    value,
    'objectId',
    typeof value === 'string' ? 'the text is not 24 hex digits' : '',
  );
}

function convertTo(value: Value, to: string): Value {
  switch (to) {
    case 'string':
      return textOf(value);
    case 'int':
    case 'long':
      return toInteger(value, to);
    case 'double':
      return toReal(value);
    case 'decimal':
      return toDecimal(value);
    case 'bool':
      return isTruthy(value);
    case 'date':
      return toDate(value);
    case 'objectId':
      return toObjectId(value);
    default:
      throw failure(value, to);
  }
}

const convert: Operator = (operand, scope) => {
  const fields = readFields(operand, scope, ['input', 'to'], ['onError', 'onNull']);
  const parts = fielded(['input', 'to'], [], ({ input, to }) => {
    if (isNullish(input)) return null;
    if (isNullish(to)) return null;
    const [name, ...others] = readTypeName(to);
    if (name === undefined || others.length > 0)
      throw location(9, `Unknown type name: ${typeName(to)}`);
    return convertTo(input, name);
  })({ input: fields.input ?? null, to: fields.to ?? null }, scope);
  const onNull = fields.onNull === undefined ? undefined : scope.compile(fields.onNull);
  const onError = fields.onError === undefined ? undefined : scope.compile(fields.onError);
  return (doc) => {
    try {
      const value = parts(doc);
      return value === null && onNull ? onNull(doc) : value;
    } catch (error) {
      if (onError && error instanceof CommandError && error.code === 241) return onError(doc);
      throw error;
    }
  };
};

const to = (type: string): Operator =>
  unary((value) => (isNullish(value) ? null : convertTo(value, type)));

/** Conversions, and questions about types. */
export const conversionOperators: Operators = {
  $convert: convert,
  $toString: to('string'),
  $toInt: to('int'),
  $toLong: to('long'),
  $toDouble: to('double'),
  $toDecimal: to('decimal'),
  $toBool: to('bool'),
  $toDate: to('date'),
  $toObjectId: to('objectId'),
  $type: unary((value) => typeName(value)),
  $isNumber: unary((value) => isNumeric(value)),
  $isArray: unary((value) => Array.isArray(value)),
};
