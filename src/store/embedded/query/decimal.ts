import { Decimal128 } from 'bson';

/** An exact finite number: coefficient × 10^exponent. */
export type Exact = { coefficient: bigint; exponent: number };

/** What a Decimal128 holds: an exact number, or NaN or an infinity as a plain number. */
export type DecimalContent = Exact | number;

const DIGITS = 34;
const BIAS = 6176;
const MAX_COEFFICIENT = 10n ** BigInt(DIGITS) - 1n;
const LOW_49 = (1n << 49n) - 1n;
const MAX_EXPONENT = 6111;

const view = new DataView(new ArrayBuffer(8));

function lowHigh(bytes: Uint8Array): [low: bigint, high: bigint] {
  const data = new DataView(bytes.buffer, bytes.byteOffset, 16);
  return [data.getBigUint64(0, true), data.getBigUint64(8, true)];
}

/** Reads the IEEE 754-2008 binary integer encoding that BSON uses. */
export function readDecimal(value: Decimal128): DecimalContent {
  const [low, high] = lowHigh(value.bytes);
  const sign = high >> 63n === 1n ? -1n : 1n;
  const top = Number((high >> 58n) & 31n);
  if (top === 31) return NaN;
  if (top === 30) return sign < 0n ? -Infinity : Infinity;
  // A leading 11 announces a coefficient above 34 digits, which the standard reads as zero.
  if (top >= 24) return { coefficient: 0n, exponent: 0 };
  const coefficient = ((high & LOW_49) << 64n) | low;
  const exponent = Number((high >> 49n) & 0x3fffn) - BIAS;
  if (coefficient > MAX_COEFFICIENT) return { coefficient: 0n, exponent: 0 };
  return { coefficient: sign * coefficient, exponent };
}

/** Writes a Decimal128, rounding half to even at 34 digits; out of range becomes infinite or zero. */
export function writeDecimal(content: DecimalContent): Decimal128 {
  if (typeof content === 'number') return Decimal128.fromString(String(content));
  const sign = content.coefficient < 0n ? '-' : '';
  let coefficient = content.coefficient < 0n ? -content.coefficient : content.coefficient;
  let exponent = content.exponent;
  const excess = Math.max(String(coefficient).length - DIGITS, -BIAS - exponent);
  if (excess > 0) {
    coefficient = divideRounded(coefficient, 10n ** BigInt(excess));
    exponent += excess;
    if (coefficient > MAX_COEFFICIENT) {
      coefficient /= 10n;
      exponent += 1;
    }
  }
  while (exponent > MAX_EXPONENT && coefficient !== 0n && coefficient * 10n <= MAX_COEFFICIENT) {
    coefficient *= 10n;
    exponent -= 1;
  }
  if (coefficient === 0n) exponent = Math.max(-BIAS, Math.min(exponent, MAX_EXPONENT));
  if (exponent > MAX_EXPONENT) return Decimal128.fromString(`${sign}Infinity`);
  return Decimal128.fromString(`${sign}${coefficient}E${exponent}`);
}

function divideRounded(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  const twice = (value % by) * 2n;
  return twice > by || (twice === by && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

/** Divides to 34 digits. The divisor is not zero. */
export function divideExact(a: Exact, b: Exact): Exact {
  const scale = Math.max(
    0,
    DIGITS + 2 + String(b.coefficient).length - String(a.coefficient).length,
  );
  const numerator = a.coefficient * 10n ** BigInt(scale);
  let coefficient = numerator / b.coefficient;
  let exponent = a.exponent - scale - b.exponent;
  if (numerator % b.coefficient === 0n) {
    const ideal = a.exponent - b.exponent;
    while (exponent < ideal && coefficient % 10n === 0n) {
      coefficient /= 10n;
      exponent += 1;
    }
    return { coefficient, exponent };
  }
  // A trailing 1 stands for the digits left out, so that a later rounding never sees a false tie.
  const sticky = numerator < 0n === b.coefficient < 0n ? 1n : -1n;
  return { coefficient: coefficient * 10n + sticky, exponent: exponent - 1 };
}

/** The exact value of a finite double: every double is a decimal number of finite length. */
export function exactOfDouble(value: number): Exact {
  if (Number.isInteger(value)) return { coefficient: BigInt(value), exponent: 0 };
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  const power = Math.max(biased, 1) - 1075;
  const magnitude = mantissa * 5n ** BigInt(-power);
  return { coefficient: value < 0 ? -magnitude : magnitude, exponent: power };
}

/** Compares two exact numbers. */
export function compareExact(a: Exact, b: Exact): number {
  const signA = signOf(a.coefficient);
  const signB = signOf(b.coefficient);
  if (signA !== signB || signA === 0) return Math.sign(signA - signB);
  const magnitude = magnitudeOf(a) - magnitudeOf(b);
  if (magnitude !== 0) return magnitude < 0 ? -signA : signA;
  const [left, right] = align(a, b);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Brings two exact numbers to the same exponent and returns their coefficients and it. */
export function align(a: Exact, b: Exact): [a: bigint, b: bigint, exponent: number] {
  const shift = a.exponent - b.exponent;
  if (shift === 0) return [a.coefficient, b.coefficient, a.exponent];
  if (shift > 0) return [a.coefficient * 10n ** BigInt(shift), b.coefficient, b.exponent];
  return [a.coefficient, b.coefficient * 10n ** BigInt(-shift), a.exponent];
}

function signOf(value: bigint): number {
  if (value === 0n) return 0;
  return value < 0n ? -1 : 1;
}

/** The position of the first digit: 1 for 0.1 … 0.99, 2 for 1 … 9.9, and so on up. */
export function magnitudeOf({ coefficient, exponent }: Exact): number {
  return String(coefficient < 0n ? -coefficient : coefficient).length + exponent;
}
