import { ObjectId, Timestamp } from 'bson';
import { failedToParse, location } from '../command-error.js';
import { makeLong, numberOf } from '../numbers.js';
import { getField, isDoc, typeName } from '../values.js';
import type { Value } from '../values.js';
import {
  addUnits,
  dayOfYear,
  findZone,
  fromLocal,
  isoWeek,
  parseInstant,
  toLocal,
  UNITS,
  unitsSince2000,
  unitStart,
  weekOfYear,
} from './calendar.js';
import type { Unit, Zone } from './calendar.js';
import { formatDate } from './date-format.js';
import { fielded, isNullish, unary, wrongType } from './operator.js';
import type { Operator, Operators, Scope } from './operator.js';

function readInstant(value: Value, scope: Scope): number {
  if (value instanceof Date) return value.getTime();
  if (value instanceof ObjectId) return value.getTimestamp().getTime();
  if (value instanceof Timestamp) return value.t * 1000;
  throw location(16006, `can't convert from BSON type ${typeName(value)} to Date in ${scope.name}`);
}

function readZone(value: Value | undefined, scope: Scope): Zone {
  if (value === undefined) return findZone('UTC');
  if (typeof value === 'string') return findZone(value);
  throw wrongType(scope, 'strings as timezone', value, 40517);
}

function readUnit(value: Value | undefined, scope: Scope): Unit {
  const unit = UNITS.find((each) => each === value);
  if (unit === undefined)
    throw failedToParse(`${scope.name} parameter 'unit' value is not a time unit`);
  return unit;
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function readWeekStart(value: Value | undefined, scope: Scope): number {
  if (value === undefined) return 0;
  const day = typeof value === 'string' ? value.toLowerCase() : '';
  const index = DAYS.findIndex((name) => name === day || name.slice(0, 3) === day);
  if (index < 0)
    throw failedToParse(`${scope.name} parameter 'startOfWeek' is not a day of the week`);
  return index;
}

function readCount(value: Value | undefined, scope: Scope, name: string): number {
  const count = numberOf(value);
  if (count !== undefined && Number.isInteger(count)) return count;
  throw failedToParse(`${scope.name} requires '${name}' to be an integer, not ${typeName(value)}`);
}

/** Makes an operator that reads one part of a date: `$part: date`, or `{ date, timezone }`. */
function part(read: (local: Date) => number): Operator {
  const value = (date: Value | undefined, timezone: Value | undefined, scope: Scope) => {
    if (isNullish(date) || timezone === null) return null;
    return read(toLocal(readInstant(date, scope), readZone(timezone, scope)));
  };
  const long = fielded(['date'], ['timezone'], ({ date, timezone }, scope) =>
    value(date, timezone, scope),
  );
  const short = unary((date, scope) => value(date, undefined, scope));
  return (operand, scope) => {
    const isLong = isDoc(operand) && getField(operand, 'date') !== undefined;
    return isLong ? long(operand, scope) : short(operand, scope);
  };
}

const toText = fielded(
  ['date'],
  ['format', 'timezone', 'onNull'],
  ({ date, format, timezone, onNull }, scope) => {
    if (isNullish(date)) return onNull ?? null;
    if (format === null || timezone === null) return null;
    const zone = readZone(timezone, scope);
    const isUtc = timezone === undefined || timezone === 'UTC';
    const pattern = format ?? (isUtc ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
    if (typeof pattern !== 'string') throw wrongType(scope, 'strings as format', pattern, 18533);
    return formatDate(readInstant(date, scope), pattern, zone);
  },
);

const fromText = fielded(
  ['dateString'],
  ['timezone', 'onNull', 'onError'],
  ({ dateString, timezone, onNull, onError }, scope) => {
    if (isNullish(dateString)) return onNull ?? null;
    const text = typeof dateString === 'string' ? dateString : '';
    const instant = parseInstant(text);
    if (!instant) {
      if (onError !== undefined) return onError;
      throw location(241, `Error parsing date string in ${scope.name}`);
    }
    const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10));
    if (timezone === undefined || hasOffset) return instant;
    return new Date(fromLocal(instant.getTime(), readZone(timezone, scope)));
  },
);

function move(sign: 1 | -1): Operator {
  return fielded(
    ['startDate', 'unit', 'amount'],
    ['timezone'],
    ({ startDate, unit, amount, timezone }, scope) => {
      if (isNullish(startDate) || isNullish(unit) || isNullish(amount)) return null;
      const count = sign * readCount(amount, scope, 'amount');
      const zone = readZone(timezone, scope);
      return new Date(addUnits(readInstant(startDate, scope), readUnit(unit, scope), count, zone));
    },
  );
}

const difference = fielded(
  ['startDate', 'endDate', 'unit'],
  ['timezone', 'startOfWeek'],
  ({ startDate, endDate, unit, timezone, startOfWeek }, scope) => {
    if (isNullish(startDate) || isNullish(endDate) || isNullish(unit)) return null;
    const zone = readZone(timezone, scope);
    const weekStart = readWeekStart(startOfWeek, scope);
    const count = (value: Value) =>
      unitsSince2000(readInstant(value, scope), readUnit(unit, scope), zone, weekStart);
    return makeLong(BigInt(count(endDate) - count(startDate)));
  },
);

const truncated = fielded(
  ['date', 'unit'],
  ['binSize', 'timezone', 'startOfWeek'],
  ({ date, unit, binSize, timezone, startOfWeek }, scope) => {
    if (isNullish(date) || isNullish(unit) || binSize === null) return null;
    const zone = readZone(timezone, scope);
    const weekStart = readWeekStart(startOfWeek, scope);
    const size = binSize === undefined ? 1 : readCount(binSize, scope, 'binSize');
    if (size < 1) throw failedToParse(`${scope.name} requires 'binSize' to be greater than 0`);
    const known = readUnit(unit, scope);
    const count = unitsSince2000(readInstant(date, scope), known, zone, weekStart);
    return new Date(unitStart(Math.floor(count / size) * size, known, zone, weekStart));
  },
);

const fromParts = fielded(
  ['year'],
  ['month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone'],
  ({ year, month, day, hour, minute, second, millisecond, timezone }, scope) => {
    const parts = [
      year,
      month ?? 1,
      day ?? 1,
      hour ?? 0,
      minute ?? 0,
      second ?? 0,
      millisecond ?? 0,
    ];
    if (parts.some(isNullish)) return null;
    const [y = 0, mo = 1, d = 1, h = 0, mi = 0, s = 0, ms = 0] = parts.map((value) =>
      readCount(value, scope, 'date parts'),
    );
    return new Date(fromLocal(Date.UTC(y, mo - 1, d, h, mi, s, ms), readZone(timezone, scope)));
  },
);

/** Dates. */
export const dateOperators: Operators = {
  $year: part((local) => local.getUTCFullYear()),
  $month: part((local) => local.getUTCMonth() + 1),
  $dayOfMonth: part((local) => local.getUTCDate()),
  $hour: part((local) => local.getUTCHours()),
  $minute: part((local) => local.getUTCMinutes()),
  $second: part((local) => local.getUTCSeconds()),
  $millisecond: part((local) => local.getUTCMilliseconds()),
  $dayOfWeek: part((local) => local.getUTCDay() + 1),
  $dayOfYear: part(dayOfYear),
  $week: part(weekOfYear),
  $isoWeek: part((local) => isoWeek(local).week),
  $isoWeekYear: part((local) => isoWeek(local).year),
  $isoDayOfWeek: part((local) => isoWeek(local).day),
  $dateToString: toText,
  $dateFromString: fromText,
  $dateFromParts: fromParts,
  $dateAdd: move(1),
  $dateSubtract: move(-1),
  $dateDiff: difference,
  $dateTrunc: truncated,
};
