import { divide } from '../arithmetic.js';
import { compareValues } from '../compare.js';
import { isNumeric } from '../numbers.js';
import type { Numeric } from '../numbers.js';
import type { Value } from '../values.js';
import { addFreely } from './arithmetic.js';
import { isNullish } from './operator.js';
import type { Operator, Operators } from './operator.js';

/** The sum of the numbers among values; 0 when there are none. */
export function sumOf(values: Iterable<Value | undefined>): Numeric {
  let total: Numeric = 0;
  for (const value of values) if (isNumeric(value)) total = addFreely(total, value);
  return total;
}

/** The mean of the numbers among values; null when there are none. */
export function averageOf(values: Iterable<Value | undefined>): Value {
  let total: Numeric = 0;
  let count = 0;
  for (const value of values) {
    if (!isNumeric(value)) continue;
    total = addFreely(total, value);
    count += 1;
  }
  return count === 0 ? null : divide(total, count);
}

/** The least (sign -1) or greatest (sign 1) value that is not null; null when there is none. */
export function extremeOf(values: Iterable<Value | undefined>, sign: 1 | -1): Value {
  let best: Value | undefined;
  for (const value of values) {
    if (isNullish(value)) continue;
    if (best === undefined || compareValues(value, best) === sign) best = value;
  }
  return best ?? null;
}

/** Makes an operator over its operands, or over the elements of a single array. */
function over(apply: (values: (Value | undefined)[]) => Value): Operator {
  return (operand, scope) => {
    if (Array.isArray(operand)) {
      const parts = operand.map((part) => scope.compile(part));
      return (doc) => apply(parts.map((part) => part(doc)));
    }
    const inner = scope.compile(operand);
    return (doc) => {
      const value = inner(doc);
      return apply(Array.isArray(value) ? value : [value]);
    };
  };
}

/** Totals over a list of values. */
export const totalOperators: Operators = {
  $sum: over(sumOf),
  $avg: over(averageOf),
  $min: over((values) => extremeOf(values, -1)),
  $max: over((values) => extremeOf(values, 1)),
};
