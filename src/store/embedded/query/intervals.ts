import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { compareBytes } from './compare.js';
import { bytesAfter, encodeComponent } from './key-encoding.js';
import { compareNumbers, isNumeric } from './numbers.js';
import { Rank, rankOf } from './rank.js';
import { compileRegex } from './regex.js';
import type { Value } from './values.js';
import type { Comparison } from './value-tests.js';

/** Values of one key component whose ascending bytes lie between; the upper end is exclusive. */
export type Interval = { lower: Uint8Array; upper: Uint8Array; isPoint: boolean };

/** All values equal to one. */
export function pointAt(value: Value | undefined): Interval {
  const lower = encodeComponent(value);
  return { lower, upper: bytesAfter(lower), isPoint: true };
}

/** What an index holds of documents whose field equals a value. */
export function equalIntervals(value: Value): Interval[] {
  if (!Array.isArray(value)) return [pointAt(value)];
  // An array is indexed by its elements, an empty one as undefined, one inside another as it is.
  return union([pointAt(value), pointAt(value[0])]);
}

/** What an index holds of documents whose field is in a list, patterns included. */
export function memberIntervals(values: readonly Value[]): Interval[] {
  return union(
    values.flatMap((value) =>
      value instanceof BSONRegExp ? patternIntervals(value) : equalIntervals(value),
    ),
  );
}

/** What an index holds of documents whose text matches a pattern. */
export function patternIntervals(pattern: BSONRegExp): Interval[] {
  const { prefix } = compileRegex(pattern.pattern, pattern.options);
  const text = Buffer.from(prefix, 'utf8');
  const lower = Uint8Array.of(Rank.string, ...text);
  return union([{ lower, upper: bytesAfter(lower), isPoint: false }, pointAt(pattern)]);
}

/** What an index holds for a comparison; undefined when it cannot say. */
export function orderIntervals(comparison: Comparison, operand: Value): Interval[] | undefined {
  const orEqual = comparison === '$gte' || comparison === '$lte';
  const isNaNumber = isNumeric(operand) && compareNumbers(operand, NaN) === 0;
  if (operand === null || isNaNumber) return orEqual ? [pointAt(operand)] : [];
  if (operand instanceof MinKey || operand instanceof MaxKey) return undefined;
  // Whole arrays are compared, of which the index holds only the elements.
  if (Array.isArray(operand)) return undefined;
  const value = pointAt(operand);
  const rank = Uint8Array.of(rankOf(operand));
  const first = isNumeric(operand) ? pointAt(NaN).upper : rank;
  const last = bytesAfter(rank);
  switch (comparison) {
    case '$gt':
      return [{ lower: value.upper, upper: last, isPoint: false }];
    case '$gte':
      return [{ lower: value.lower, upper: last, isPoint: false }];
    case '$lt':
      return [{ lower: first, upper: value.lower, isPoint: false }];
    case '$lte':
      return [{ lower: first, upper: value.upper, isPoint: false }];
    default:
      return comparison satisfies never;
  }
}

/** Everything but null and missing. */
export function notNullIntervals(): Interval[] {
  const nothing = pointAt(null);
  return [
    { lower: Uint8Array.of(1), upper: nothing.lower, isPoint: false },
    { lower: nothing.upper, upper: Uint8Array.of(0xff), isPoint: false },
  ];
}

/** Sorts intervals and joins those that overlap. */
export function union(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.slice().sort((a, b) => compareBytes(a.lower, b.lower));
  const joined: Interval[] = [];
  for (const interval of sorted) {
    const last = joined.at(-1);
    if (!last || compareBytes(interval.lower, last.upper) >= 0) joined.push(interval);
    else if (compareBytes(interval.upper, last.upper) > 0) {
      joined[joined.length - 1] = { lower: last.lower, upper: interval.upper, isPoint: false };
    }
  }
  return joined;
}

/** What lies in both; each list is sorted and free of overlaps. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const common: Interval[] = [];
  let i = 0;
  let j = 0;
  for (let x = a[0], y = b[0]; x && y; x = a[i], y = b[j]) {
    const lower = compareBytes(x.lower, y.lower) > 0 ? x.lower : y.lower;
    const xEndsFirst = compareBytes(x.upper, y.upper) < 0;
    const upper = xEndsFirst ? x.upper : y.upper;
    if (compareBytes(lower, upper) < 0) {
      common.push({ lower, upper, isPoint: x.isPoint || y.isPoint });
    }
    if (xEndsFirst) i += 1;
    else j += 1;
  }
  return common;
}

/** Whether all of `a` lies within `b`. */
export function isWithin(a: readonly Interval[], b: readonly Interval[]): boolean {
  return a.every((x) =>
    b.some((y) => compareBytes(y.lower, x.lower) <= 0 && compareBytes(x.upper, y.upper) <= 0),
  );
}

/** Whether a missing field (indexed as null) may lie within. */
export function admitsNull(intervals: readonly Interval[]): boolean {
  return intersect(intervals, [pointAt(null)]).length > 0;
}
