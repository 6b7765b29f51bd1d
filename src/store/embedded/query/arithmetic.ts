import { align, divideExact, writeDecimal } from './decimal.js';
import type { DecimalContent, Exact } from './decimal.js';
import {
  contentOf,
  fitsLong,
  makeDouble,
  makeLong,
  numericType,
  toDouble,
  truncate,
} from './numbers.js';
import type { Numeric, NumericType } from './numbers.js';
import { isInt32 } from './values.js';

type Operation = {
  whole(a: bigint, b: bigint): bigint;
  double(a: number, b: number): number;
  decimal(a: Exact, b: Exact): Exact;
};

const addition: Operation = {
  whole: (a, b) => a + b,
  double: (a, b) => a + b,
  decimal(a, b) {
    const [x, y, exponent] = align(a, b);
    return { coefficient: x + y, exponent };
  },
};

const subtraction: Operation = {
  whole: (a, b) => a - b,
  double: (a, b) => a - b,
  decimal(a, b) {
    const [x, y, exponent] = align(a, b);
    return { coefficient: x - y, exponent };
  },
};

const multiplication: Operation = {
  whole: (a, b) => a * b,
  double: (a, b) => a * b,
  decimal: (a, b) => ({
    coefficient: a.coefficient * b.coefficient,
    exponent: a.exponent + b.exponent,
  }),
};

const remainder: Operation = {
  whole: (a, b) => a % b,
  double: (a, b) => a % b,
  decimal(a, b) {
    const [x, y, exponent] = align(a, b);
    return { coefficient: x % y, exponent };
  },
};

/** Adds. An int that overflows becomes a long; undefined when a long overflows. */
export function add(a: Numeric, b: Numeric): Numeric | undefined {
  return operate(addition, a, b);
}

/** Subtracts. An int that overflows becomes a long; undefined when a long overflows. */
export function subtract(a: Numeric, b: Numeric): Numeric | undefined {
  return operate(subtraction, a, b);
}

/** Multiplies. An int that overflows becomes a long; undefined when a long overflows. */
export function multiply(a: Numeric, b: Numeric): Numeric | undefined {
  return operate(multiplication, a, b);
}

/** The remainder of a truncated division. The divisor is not zero. */
export function modulo(a: Numeric, b: Numeric): Numeric | undefined {
  return operate(remainder, a, b);
}

/** Divides; the result is a double, or a decimal when either is one. The divisor is not zero. */
export function divide(a: Numeric, b: Numeric): Numeric {
  if (widest(a, b) !== 'decimal') return makeDouble(toDouble(a) / toDouble(b));
  const [x, y] = [contentOf(a), contentOf(b)];
  if (typeof x === 'object' && typeof y === 'object') return writeDecimal(divideExact(x, y));
  return writeDecimal(roughly(x) / roughly(y));
}

/** The type of a result: the wider of the two, in the order int, long, double, decimal. */
function widest(a: Numeric, b: Numeric): NumericType {
  const types = [numericType(a), numericType(b)];
  if (types.includes('decimal')) return 'decimal';
  if (types.includes('double')) return 'double';
  return types.includes('long') ? 'long' : 'int';
}

function operate(operation: Operation, a: Numeric, b: Numeric): Numeric | undefined {
  const type = widest(a, b);
  switch (type) {
    case 'int': {
      const result = operation.double(toDouble(a), toDouble(b));
      if (isInt32(result)) return result;
      const exact = operation.whole(truncate(a) ?? 0n, truncate(b) ?? 0n);
      return exact === 0n ? 0 : makeLong(exact);
    }
    case 'long': {
      const exact = operation.whole(truncate(a) ?? 0n, truncate(b) ?? 0n);
      return fitsLong(exact) ? makeLong(exact) : undefined;
    }
    case 'double':
      return makeDouble(operation.double(toDouble(a), toDouble(b)));
    case 'decimal':
      return onDecimals(operation, contentOf(a), contentOf(b));
    default:
      return type satisfies never;
  }
}

function onDecimals(operation: Operation, a: DecimalContent, b: DecimalContent): Numeric {
  if (typeof a === 'object' && typeof b === 'object') return writeDecimal(operation.decimal(a, b));
  return writeDecimal(operation.double(roughly(a), roughly(b)));
}

/** Enough of a number to combine it with NaN or an infinity. */
function roughly(content: DecimalContent): number {
  return typeof content === 'number' ? content : Number(content.coefficient);
}
