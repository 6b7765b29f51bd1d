import { Binary, BSONRegExp, BSONSymbol, Code, ObjectId, Timestamp } from 'bson';
import { compareNumbers, isNumeric } from './numbers.js';
import { rankOf } from './rank.js';
import { getField, isDoc, scopeOf } from './values.js';
import type { Doc, Value } from './values.js';

/**
 * Orders two values as MongoDB does across and within types; undefined (a missing field) comes
 * before null. Numbers are compared by exact value whatever their types, strings by UTF-8 bytes.
 */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (a === b) return 0;
  const rankA = rankOf(a);
  const rankB = rankOf(b);
  if (rankA !== rankB) return rankA < rankB ? -1 : 1;
  return compareSameRank(a, b);
}

/** Whether two values are equal for a query: 1 equals 1.0 and NumberLong(1). */
export function equalValues(a: Value | undefined, b: Value | undefined): boolean {
  return compareValues(a, b) === 0;
}

function compareSameRank(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b);
  if (isDoc(a) && isDoc(b)) return compareDocs(a, b);
  if (a instanceof ObjectId && b instanceof ObjectId) return compareBytes(a.id, b.id);
  if (a instanceof Date && b instanceof Date) return Math.sign(a.getTime() - b.getTime());
  if (a instanceof Timestamp && b instanceof Timestamp) return a.comp(b);
  if (a instanceof Binary && b instanceof Binary) return compareBinaries(a, b);
  if (a instanceof BSONRegExp && b instanceof BSONRegExp) {
    return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
  }
  if (a instanceof Code && b instanceof Code) return compareCodes(a, b);
  if (isStringLike(a) && isStringLike(b)) return compareStrings(textOf(a), textOf(b));
  return 0;
}

function isStringLike(value: Value | undefined): value is string | BSONSymbol {
  return typeof value === 'string' || value instanceof BSONSymbol;
}

function textOf(value: string | BSONSymbol): string {
  return typeof value === 'string' ? value : value.value;
}

/** Orders strings by their UTF-8 bytes, which is the order of code points. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // Only above the surrogates do UTF-16 units stand in another order than code points.
    if (x >= 0xd800 && y >= 0xd800) return codePointRank(x) < codePointRank(y) ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

function codePointRank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function compareArrays(a: readonly Value[], b: readonly Value[]): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

function compareDocs(a: Doc, b: Doc): number {
  const namesA = Object.keys(a);
  const namesB = Object.keys(b);
  const length = Math.min(namesA.length, namesB.length);
  for (let i = 0; i < length; i++) {
    const nameA = namesA[i] ?? '';
    const nameB = namesB[i] ?? '';
    const valueA = getField(a, nameA);
    const valueB = getField(b, nameB);
    const order =
      rankOf(valueA) - rankOf(valueB) ||
      compareStrings(nameA, nameB) ||
      compareValues(valueA, valueB);
    if (order !== 0) return Math.sign(order);
  }
  return Math.sign(namesA.length - namesB.length);
}

/** Orders bytes as unsigned numbers, a prefix first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = (a[i] ?? 0) - (b[i] ?? 0);
    if (order !== 0) return Math.sign(order);
  }
  return Math.sign(a.length - b.length);
}

function compareBinaries(a: Binary, b: Binary): number {
  return (
    Math.sign(a.position - b.position) ||
    Math.sign(a.sub_type - b.sub_type) ||
    compareBytes(a.value(), b.value())
  );
}

function compareCodes(a: Code, b: Code): number {
  const order = compareStrings(a.code, b.code);
  return order || compareValues(scopeOf(a), scopeOf(b));
}
