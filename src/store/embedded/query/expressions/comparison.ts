import { compareValues } from '../compare.js';
import { isTruthy } from '../truth.js';
import { binary, unary } from './operator.js';
import type { Operator, Operators } from './operator.js';

const allTrue: Operator = (operand, scope) => {
  const parts = (Array.isArray(operand) ? operand : [operand]).map((part) => scope.compile(part));
  return (doc) => parts.every((part) => isTruthy(part(doc)));
};

const anyTrue: Operator = (operand, scope) => {
  const parts = (Array.isArray(operand) ? operand : [operand]).map((part) => scope.compile(part));
  return (doc) => parts.some((part) => isTruthy(part(doc)));
};

/** Comparison across all types, and logic. */
export const comparisonOperators: Operators = {
  $eq: binary((a, b) => compareValues(a, b) === 0),
  $ne: binary((a, b) => compareValues(a, b) !== 0),
  $gt: binary((a, b) => compareValues(a, b) > 0),
  $gte: binary((a, b) => compareValues(a, b) >= 0),
  $lt: binary((a, b) => compareValues(a, b) < 0),
  $lte: binary((a, b) => compareValues(a, b) <= 0),
  $cmp: binary((a, b) => compareValues(a, b)),
  $and: allTrue,
  $or: anyTrue,
  $not: unary((value) => !isTruthy(value)),
};
