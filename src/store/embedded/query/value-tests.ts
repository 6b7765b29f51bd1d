import { BSONRegExp, BSONSymbol, MaxKey, MinKey, ObjectId } from 'bson';
import { compareValues } from './compare.js';
import type { Test } from './match-path.js';
import { compareNumbers, isNumeric } from './numbers.js';
import { rankOf } from './rank.js';
import { compileRegex } from './regex.js';
import type { Value } from './values.js';

/** Tests for equality; null also means missing. */
export function equalTo(operand: Value): Test {
  if (operand === null) return (value) => value === null || value === undefined;
  if (typeof operand === 'string') {
    return (value) => value === operand || (value instanceof BSONSymbol && value.value === operand);
  }
  if (typeof operand === 'boolean') return (value) => value === operand;
  if (typeof operand === 'number' && !Number.isNaN(operand)) {
    return (value) =>
      typeof value === 'number'
        ? value === operand
        : isNumeric(value) && compareNumbers(value, operand) === 0;
  }
  if (operand instanceof ObjectId) {
    return (value) => value instanceof ObjectId && operand.equals(value);
  }
  return (value) => compareValues(value, operand) === 0;
}

/** Tests for membership, with the commonest types found by hash. */
export function oneOf(operands: readonly Value[]): Test {
  if (operands.length === 1 && operands[0] !== undefined) return equalTo(operands[0]);
  const plain = new Set<Value>();
  const ids = new Set<string>();
  const others: Test[] = [];
  for (const operand of operands) {
    if (operand instanceof ObjectId) ids.add(operand.toHexString());
    else if (operand instanceof BSONRegExp) others.push(matching(operand));
    else {
      if (typeof operand === 'string' || (typeof operand === 'number' && operand !== 0)) {
        plain.add(operand);
      }
      if (typeof operand !== 'string') others.push(equalTo(operand));
    }
  }
  return (value) => {
    if (plain.has(value ?? null)) return true;
    if (typeof value === 'string' && others.length === 0) return false;
    if (value instanceof ObjectId) return ids.has(value.toHexString());
    const text = value instanceof BSONSymbol ? value.value : undefined;
    if (text !== undefined && plain.has(text)) return true;
    for (let i = 0; i < others.length; i++) if (others[i]?.(value)) return true;
    return false;
  };
}

export type Comparison = '$gt' | '$gte' | '$lt' | '$lte';

/** Tests for order. Values of another type never pass, except against MinKey and MaxKey. */
export function ordered(comparison: Comparison, operand: Value): Test {
  const orEqual = comparison === '$gte' || comparison === '$lte';
  const sign = comparison === '$gt' || comparison === '$gte' ? 1 : -1;
  if (operand === null) return orEqual ? equalTo(null) : () => false;
  if (operand instanceof MinKey || operand instanceof MaxKey) {
    return (value) => {
      const order = compareValues(value ?? null, operand);
      return order === sign || (orEqual && order === 0);
    };
  }
  if (isNumeric(operand) && compareNumbers(operand, NaN) === 0) {
    return orEqual ? equalTo(operand) : () => false;
  }
  if (typeof operand === 'number') {
    return (value) => {
      if (typeof value === 'number') {
        return sign === 1
          ? value > operand || (orEqual && value === operand)
          : value < operand || (orEqual && value === operand);
      }
      return isNumeric(value) && passes(value);
    };
  }
  const rank = rankOf(operand);
  return (value) => rankOf(value) === rank && passes(value);

  function passes(value: Value | undefined): boolean {
    if (isNumeric(value) && compareNumbers(value, NaN) === 0) return false;
    const order = compareValues(value, operand);
    return order === sign || (orEqual && order === 0);
  }
}

/** Tests text against a pattern; a stored pattern equals itself. */
export function matching(pattern: BSONRegExp): Test {
  const regex = compileRegex(pattern.pattern, pattern.options);
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    if (value instanceof BSONSymbol) return regex.test(value.value);
    return value instanceof BSONRegExp && compareValues(value, pattern) === 0;
  };
}
