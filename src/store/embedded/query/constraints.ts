import { BSONRegExp, ObjectId } from 'bson';
import { readRegex } from './field-conditions.js';
import {
  admitsNull,
  equalIntervals,
  intersect,
  memberIntervals,
  notNullIntervals,
  orderIntervals,
  patternIntervals,
  pointAt,
} from './intervals.js';
import type { Interval } from './intervals.js';
import { isOperators } from './operands.js';
import { isTruthy } from './truth.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';

/**
 * What a clause implies for what an index holds of the field: a document that matches has a value
 * (of an array: an element) in the intervals. Undefined intervals say only that the field exists.
 */
export type Constraint = {
  path: string;
  intervals: Interval[] | undefined;
  exists: boolean;
  exact: Exactness;
};

/**
 * Whether a document matches just when the index has a value of it in the intervals: always, unless
 * there are arrays, not; or the clause only asks whether the field is present or absent.
 */
export type Exactness = 'always' | 'without arrays' | 'never' | 'present' | 'absent';

/** A query as an index sees it: clauses that all hold, and alternatives of which one holds. */
export type Conjunction = { constraints: Constraint[]; alternatives: Conjunction[][] };

/** Reads what a query implies; clauses no index can help with have no intervals. */
export function readConjunction(query: Doc): Conjunction {
  const result: Conjunction = { constraints: [], alternatives: [] };
  for (const name of Object.keys(query)) {
    const operand = getField(query, name);
    if (operand === undefined || name === '$comment') continue;
    if (name === '$and' && Array.isArray(operand)) {
      for (const part of operand.filter(isDoc)) absorb(result, readConjunction(part));
    } else if (name === '$or' && Array.isArray(operand)) {
      const [only] = operand;
      if (operand.length === 1 && isDoc(only)) absorb(result, readConjunction(only));
      else result.alternatives.push(operand.filter(isDoc).map(readConjunction));
    } else if (name.startsWith('$')) result.constraints.push(opaque(name));
    else result.constraints.push(...fieldConstraints(name, operand));
  }
  return result;
}

function absorb(into: Conjunction, part: Conjunction): void {
  into.constraints.push(...part.constraints);
  into.alternatives.push(...part.alternatives);
}

/** Joins two conjunctions into one. */
export function both(a: Conjunction, b: Conjunction): Conjunction {
  return {
    constraints: [...a.constraints, ...b.constraints],
    alternatives: [...a.alternatives, ...b.alternatives],
  };
}

/** Reads what the clause of one field implies. */
export function fieldConstraints(path: string, operand: Value): Constraint[] {
  if (operand instanceof BSONRegExp) return [constraint(path, patternIntervals(operand))];
  if (!isOperators(operand)) {
    return [constraint(path, equalIntervals(operand), exactness(path, [operand]))];
  }
  return Object.keys(operand).flatMap((name) => {
    const value = getField(operand, name);
    return value === undefined ? [] : operatorConstraints(path, name, value, operand);
  });
}

function constraint(path: string, intervals: Interval[], exact: Exactness = 'never'): Constraint {
  return { path, intervals, exists: !admitsNull(intervals), exact };
}

/** What no index can tell. */
function opaque(path: string): Constraint {
  return { path, intervals: undefined, exists: false, exact: 'never' };
}

/** How exactly intervals tell equality with one of some values, or order. */
function exactness(path: string, operands: readonly Value[]): Exactness {
  // A position may name a field or an element.
  if (/\.\d+(?:\.|$)/.test(path)) return 'never';
  if (operands.every(isPlain)) return 'always';
  return operands.every((operand) => operand === null || isPlain(operand))
    ? 'without arrays'
    : 'never';
}

function isPlain(value: Value): boolean {
  if (typeof value === 'number') return !Number.isNaN(value);
  return (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    value instanceof Date ||
    value instanceof ObjectId
  );
}

function operatorConstraints(path: string, name: string, value: Value, all: Doc): Constraint[] {
  switch (name) {
    case '$eq':
      return [constraint(path, equalIntervals(value), exactness(path, [value]))];
    case '$in':
      return Array.isArray(value)
        ? [constraint(path, memberIntervals(value), exactness(path, value))]
        : [opaque(path)];
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte': {
      const intervals = orderIntervals(name, value);
      const exact = isPlain(value) ? exactness(path, [value]) : 'never';
      return intervals ? [constraint(path, intervals, exact)] : [opaque(path)];
    }
    case '$regex': {
      const pattern = readRegex(value, getField(all, '$options'));
      return [constraint(path, patternIntervals(pattern))];
    }
    case '$exists':
      return isTruthy(value)
        ? [{ path, intervals: undefined, exists: true, exact: 'present' }]
        : [constraint(path, [pointAt(null)], 'absent')];
    case '$ne':
      return value === null ? [notNull(path, [])] : [opaque(path)];
    case '$nin':
      return Array.isArray(value) && value.includes(null) ? [notNull(path, value)] : [opaque(path)];
    case '$all':
      return Array.isArray(value)
        ? [opaque(path), ...value.flatMap((part) => fieldConstraints(path, part))]
        : [opaque(path)];
    case '$elemMatch':
      return [opaque(path), ...(isDoc(value) ? elementConstraints(path, value) : [])];
    case '$options':
    case '$comment':
      return [];
    default:
      return [opaque(path)];
  }
}

/** Neither null nor one of some others, of which only an empty array is told exactly. */
function notNull(path: string, others: readonly Value[]): Constraint {
  // In an array on the way, elements without the field are indexed as null yet may pass.
  if (path.includes('.')) return opaque(path);
  const isAll = others.every(
    (value) => value === null || (Array.isArray(value) && value.length === 0),
  );
  return constraint(path, notNullIntervals(), isAll ? 'without arrays' : 'never');
}

/** One element passes everything `$elemMatch` asks of it, so its intervals may be intersected. */
function elementConstraints(path: string, operand: Doc): Constraint[] {
  if (!isOperators(operand)) {
    // A position also names a place in an element that is an array, which is indexed whole.
    return Object.keys(operand)
      .filter((name) => !/^[$\d]/.test(name))
      .flatMap((name) => fieldConstraints(`${path}.${name}`, getField(operand, name) ?? null))
      .filter(({ intervals, exists }) => intervals !== undefined && exists);
  }
  // A position names its element as it is: an array there is indexed whole, not by its elements.
  if (/\.\d+$/.test(path)) return [];
  const known = fieldConstraints(path, operand)
    .map(({ intervals }) => intervals)
    .filter((intervals) => intervals !== undefined);
  const [first, ...rest] = known;
  return first
    ? [
        constraint(
          path,
          rest.reduce((a, b) => intersect(a, b), first),
        ),
      ]
    : [];
}
