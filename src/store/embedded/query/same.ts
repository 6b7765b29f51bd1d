import { Decimal128 } from 'bson';
import { compareBytes, compareValues } from './compare.js';
import { isNumeric, numericType } from './numbers.js';
import type { Numeric } from './numbers.js';
import { getField, isDoc, typeName } from './values.js';
import type { Doc, Value } from './values.js';

/** Whether two values are the same down to their types: 1 and 1.0 are not. */
export function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return a !== 0 || Object.is(a, b);
  if (isNumeric(a)) return isNumeric(b) && isSameNumber(a, b);
  if (Array.isArray(a)) return Array.isArray(b) && isSameArray(a, b);
  if (isDoc(a)) return isDoc(b) && isSameDoc(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return typeName(a) === typeName(b) && compareValues(a, b) === 0;
}

function isSameNumber(a: Numeric, b: Numeric): boolean {
  if (a instanceof Decimal128 && b instanceof Decimal128) {
    return compareBytes(a.bytes, b.bytes) === 0;
  }
  return (
    numericType(a) === numericType(b) &&
    compareValues(a, b) === 0 &&
    Object.is(Number(a), -0) === Object.is(Number(b), -0)
  );
}

function isSameArray(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((value, i) => isSame(value, b[i]));
}

function isSameDoc(a: Doc, b: Doc): boolean {
  const names = Object.keys(a);
  const others = Object.keys(b);
  return (
    names.length === others.length &&
    names.every((name, i) => name === others[i] && isSame(getField(a, name), getField(b, name)))
  );
}
