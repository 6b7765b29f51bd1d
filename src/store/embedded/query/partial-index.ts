import type { Conjunction } from './constraints.js';
import { fieldConstraints } from './constraints.js';
import { isWithin } from './intervals.js';
import { isOperators } from './operands.js';
import { isSame } from './same.js';
import { isTruthy } from './truth.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';

/** Whether every document that matches a query is in a sparse index with these fields. */
export function impliesPresence(query: Conjunction, paths: readonly string[]): boolean {
  return query.constraints.some(({ path, exists }) => exists && paths.includes(path));
}

/** Whether every document that matches a query also matches the filter of a partial index. */
export function impliesFilter(filter: Doc, query: Doc, known: Conjunction): boolean {
  return Object.keys(filter).every((name) => {
    const operand = getField(filter, name);
    if (operand === undefined) return true;
    if (name === '$and' && Array.isArray(operand)) {
      return operand.every((part) => isDoc(part) && impliesFilter(part, query, known));
    }
    if (states(query, name, operand)) return true;
    if (name.startsWith('$')) return false;
    if (!isOperators(operand)) return impliesOperator(name, '$eq', operand, known);
    return Object.keys(operand).every((operator) =>
      impliesOperator(name, operator, getField(operand, operator) ?? null, known),
    );
  });
}

/** Whether a query contains this very clause. */
function states(query: Doc, name: string, operand: Value): boolean {
  if (isSame(getField(query, name), operand)) return true;
  const parts = getField(query, '$and');
  return Array.isArray(parts) && parts.some((part) => isDoc(part) && states(part, name, operand));
}

const EXACT = ['$eq', '$gt', '$gte', '$lt', '$lte'];

function impliesOperator(
  path: string,
  operator: string,
  operand: Value,
  known: Conjunction,
): boolean {
  const own = known.constraints.filter((constraint) => constraint.path === path);
  if (operator === '$exists') return isTruthy(operand) && own.some(({ exists }) => exists);
  // Of these operands the intervals say exactly what matches, not merely where to look.
  if (
    !EXACT.includes(operator) ||
    operand === null ||
    (typeof operand === 'object' && !isExact(operand))
  ) {
    return false;
  }
  const [needed] = fieldConstraints(path, { [operator]: operand });
  const wanted = needed?.intervals;
  return (
    wanted !== undefined &&
    own.some(({ intervals }) => intervals !== undefined && isWithin(intervals, wanted))
  );
}

function isExact(operand: Value): boolean {
  return !Array.isArray(operand) && !isDoc(operand);
}
