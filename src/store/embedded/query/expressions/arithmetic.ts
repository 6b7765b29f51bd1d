import { Decimal128 } from 'bson';
import { add, divide, modulo, multiply, subtract } from '../arithmetic.js';
import { badValue, location } from '../command-error.js';
import {
  compareNumbers,
  contentOf,
  isNumeric,
  makeDouble,
  makeInteger,
  makeLong,
  numericType,
  toDouble,
  truncate,
} from '../numbers.js';
import type { Numeric } from '../numbers.js';
import { writeDecimal } from '../decimal.js';
import type { Value } from '../values.js';
import { binary, isNullish, listed, unary, wrongType } from './operator.js';
import type { Operators, Scope } from './operator.js';

/** Adds in an expression: a long that overflows becomes a double. */
export function addFreely(a: Numeric, b: Numeric): Numeric {
  return add(a, b) ?? makeDouble(toDouble(a) + toDouble(b));
}

function sum(values: readonly (Value | undefined)[], scope: Scope): Value {
  let total: Numeric = 0;
  let start: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (start) throw location(16612, 'only one date allowed in an $add expression');
      start = value;
    } else if (isNumeric(value)) total = addFreely(total, value);
    else throw wrongType(scope, 'numeric or date types', value);
  }
  return start ? new Date(start.getTime() + Math.round(toDouble(total))) : total;
}

function difference(a: Value | undefined, b: Value | undefined, scope: Scope): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date && b instanceof Date) return makeLong(BigInt(a.getTime() - b.getTime()));
  if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() - Math.round(toDouble(b)));
  if (!isNumeric(a)) throw wrongType(scope, 'numeric or date types', a);
  if (!isNumeric(b)) throw wrongType(scope, 'numeric or date types', b);
  return subtract(a, b) ?? makeDouble(toDouble(a) - toDouble(b));
}

function product(values: readonly (Value | undefined)[], scope: Scope): Value {
  let total: Numeric = 1;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw wrongType(scope, 'numeric types', value);
    total = multiply(total, value) ?? makeDouble(toDouble(total) * toDouble(value));
  }
  return total;
}

function quotient(a: Value | undefined, b: Value | undefined, scope: Scope): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a)) throw wrongType(scope, 'numeric types', a);
  if (!isNumeric(b)) throw wrongType(scope, 'numeric types', b);
  if (compareNumbers(b, 0) === 0) throw badValue("can't $divide by zero");
  return divide(a, b);
}

function remainder(a: Value | undefined, b: Value | undefined, scope: Scope): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a)) throw wrongType(scope, 'numeric types', a);
  if (!isNumeric(b)) throw wrongType(scope, 'numeric types', b);
  if (compareNumbers(b, 0) === 0) throw location(16610, "can't $mod by zero");
  return modulo(a, b) ?? null;
}

/** Makes an operator of one number that passes null on. */
function onNumber(apply: (value: Numeric, scope: Scope) => Value) {
  return unary((value, scope) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw wrongType(scope, 'numeric types', value);
    return apply(value, scope);
  });
}

function onDouble(
  apply: (value: number) => number,
  allows: (value: number) => boolean,
  code: number,
) {
  return onNumber((value, scope) => {
    const number = toDouble(value);
    if (!allows(number) && !Number.isNaN(number)) {
      throw location(code, `${scope.name} cannot be applied to this number`);
    }
    return makeDouble(apply(number));
  });
}

type Rounding = 'floor' | 'ceil' | 'trunc' | 'round';

/** Rounds to a number of decimal places, keeping the type; halves go to the even digit. */
function roundTo(value: Numeric, places: number, rounding: Rounding): Value {
  const content = contentOf(value);
  if (typeof content === 'number' || content.exponent >= -places) return value;
  const unit = 10n ** BigInt(-places - content.exponent);
  let quotientPart = content.coefficient / unit;
  const rest = content.coefficient % unit;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const away = content.coefficient < 0n ? -1n : 1n;
  if (rest !== 0n) {
    if (rounding === 'floor' && away < 0n) quotientPart -= 1n;
    if (rounding === 'ceil' && away > 0n) quotientPart += 1n;
    const isUp = twice > unit || (twice === unit && quotientPart % 2n !== 0n);
    if (rounding === 'round' && isUp) quotientPart += away;
  }
  const exact = { coefficient: quotientPart, exponent: -places };
  switch (numericType(value)) {
    case 'decimal':
      return writeDecimal(exact);
    case 'double':
      return makeDouble(Number(`${quotientPart}e${-places}`));
    case 'int':
    case 'long': {
      const whole = quotientPart * 10n ** BigInt(-places);
      return numericType(value) === 'int' ? makeInteger(whole) : makeLong(whole);
    }
    default:
      return null;
  }
}

function rounded(rounding: Rounding) {
  return listed(1, 2, ([value, places], scope) => {
    if (isNullish(value) || places === null) return null;
    if (!isNumeric(value)) throw wrongType(scope, 'numeric types', value);
    const count = places === undefined ? 0n : isNumeric(places) ? truncate(places) : undefined;
    if (count === undefined || count < -20n || count > 100n) {
      throw location(51083, `invalid conversion of the places of ${scope.name}`);
    }
    return roundTo(value, Number(count), rounding);
  });
}

function absolute(value: Numeric): Value {
  if (compareNumbers(value, 0) >= 0) return value;
  return subtract(0, value) ?? makeDouble(-toDouble(value));
}

function power(a: Value | undefined, b: Value | undefined, scope: Scope): Value {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a)) throw wrongType(scope, 'numeric types', a);
  if (!isNumeric(b)) throw wrongType(scope, 'numeric types', b);
  const result = toDouble(a) ** toDouble(b);
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    return writeDecimal(contentOf(makeDouble(result)));
  }
  const isWhole = [a, b].every((each) => ['int', 'long'].includes(numericType(each)));
  return isWhole && Number.isSafeInteger(result) ? makeInteger(BigInt(result)) : makeDouble(result);
}

/** Numbers. */
export const arithmeticOperators: Operators = {
  $add: listed(0, Infinity, sum),
  $subtract: binary(difference),
  $multiply: listed(0, Infinity, product),
  $divide: binary(quotient),
  $mod: binary(remainder),
  $abs: onNumber(absolute),
  $ceil: onNumber((value) => roundTo(value, 0, 'ceil')),
  $floor: onNumber((value) => roundTo(value, 0, 'floor')),
  $round: rounded('round'),
  $trunc: rounded('trunc'),
  $sqrt: onDouble(Math.sqrt, (value) => value >= 0, 28714),
  $exp: onDouble(Math.exp, () => true, 0),
  $ln: onDouble(Math.log, (value) => value > 0, 28766),
  $log10: onDouble(Math.log10, (value) => value > 0, 28761),
  $pow: binary(power),
};
