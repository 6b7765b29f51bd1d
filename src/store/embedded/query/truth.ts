import { compareNumbers, isNumeric } from './numbers.js';
import type { Value } from './values.js';

/** What counts as true: everything but false, null, missing and zero. */
export function isTruthy(value: Value | undefined): boolean {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return false;
  return !isNumeric(value) || compareNumbers(value, 0) !== 0;
}
