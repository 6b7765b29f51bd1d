import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import { compareExact, exactOfDouble, readDecimal } from './decimal.js';
import type { DecimalContent } from './decimal.js';
import { isInt32 } from './values.js';
import type { Value } from './values.js';

export type Numeric = number | bigint | Int32 | Double | Long | Decimal128;
export type NumericType = 'int' | 'long' | 'double' | 'decimal';

/** Tells whether a value is of one of the four number types. */
export function isNumeric(value: Value | undefined): value is Numeric {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null) return false;
  return (
    value instanceof Double ||
    (value instanceof Long && !(value instanceof Timestamp)) ||
    value instanceof Decimal128 ||
    value instanceof Int32
  );
}

/** Names the type of a number. */
export function numericType(value: Numeric): NumericType {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (typeof value === 'bigint' || value instanceof Long) return 'long';
  if (value instanceof Int32) return 'int';
  return value instanceof Double ? 'double' : 'decimal';
}

/** A number without its wrapper: a plain number where that is exact, a bigint for a wide long. */
export function unwrap(value: Exclude<Numeric, Decimal128>): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Long) {
    const isSafe = value.high < 0x1fffff && value.high > -0x1fffff;
    return isSafe ? value.high * 0x1_0000_0000 + (value.low >>> 0) : value.toBigInt();
  }
  return value.value;
}

/** The exact content of any number; NaN and the infinities stay plain numbers. */
export function contentOf(value: Numeric): DecimalContent {
  if (value instanceof Decimal128) return readDecimal(value);
  const bare = unwrap(value);
  if (typeof bare === 'bigint') return { coefficient: bare, exponent: 0 };
  return Number.isFinite(bare) ? exactOfDouble(bare) : bare;
}

/** Orders numbers by value whatever their types, exactly; NaN is less than all and equals itself. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return compareContents(contentOf(a), contentOf(b));
  }
  return compareBare(unwrap(a), unwrap(b));
}

function compareBare(a: number | bigint, b: number | bigint): number {
  // JavaScript compares numbers with bigints by mathematical value, without rounding.
  if (a < b) return -1;
  if (a > b) return 1;
  const aIsNaN = Number.isNaN(a);
  const bIsNaN = Number.isNaN(b);
  if (aIsNaN === bIsNaN) return 0;
  return aIsNaN ? -1 : 1;
}

function compareContents(a: DecimalContent, b: DecimalContent): number {
  if (typeof a === 'object' && typeof b === 'object') return compareExact(a, b);
  return compareBare(typeof a === 'object' ? 0 : a, typeof b === 'object' ? 0 : b);
}

/** The nearest double. */
export function toDouble(value: Numeric): number {
  if (value instanceof Decimal128) return Number(value.toString());
  return Number(unwrap(value));
}

/** The number if it is one, otherwise undefined: for options such as `limit`. */
export function numberOf(value: Value | undefined): number | undefined {
  return isNumeric(value) ? toDouble(value) : undefined;
}

/** The integer nearest to zero from a finite number, otherwise undefined. */
export function truncate(value: Numeric): bigint | undefined {
  const content = contentOf(value);
  if (typeof content === 'number') return undefined;
  const { coefficient, exponent } = content;
  if (exponent >= 0) return coefficient * 10n ** BigInt(exponent);
  // Beyond 40 places nothing is left of 34 digits; a double may have more, so its own test is exact.
  return coefficient / 10n ** BigInt(-exponent);
}

/** Whether a number has no fraction (and is finite). */
export function isIntegral(value: Numeric): boolean {
  const content = contentOf(value);
  if (typeof content === 'number') return false;
  if (content.exponent >= 0) return true;
  return content.coefficient % 10n ** BigInt(-content.exponent) === 0n;
}

/** A value of type double. */
export function makeDouble(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

/** A value of type long. The bigint must fit 64 bits. */
export function makeLong(value: bigint): Long {
  return Long.fromBigInt(value);
}

const LONG_MIN = -(2n ** 63n);
const LONG_MAX = 2n ** 63n - 1n;

/** Whether an integer fits a long. */
export function fitsLong(value: bigint): boolean {
  return value >= LONG_MIN && value <= LONG_MAX;
}

/** An integer as an int if it fits 32 bits, otherwise as a long. It must fit 64 bits. */
export function makeInteger(value: bigint): number | Long {
  const small = Number(value);
  return isInt32(small) ? small : makeLong(value);
}
