import { isDoc } from './values.js';
import type { Doc, Value } from './values.js';

/** Whether an operand is made of operators (`{ $gt: 1 }`) rather than a value to equal. */
export function isOperators(operand: Value | undefined): operand is Doc {
  if (!isDoc(operand)) return false;
  const [first] = Object.keys(operand);
  // A DBRef is a value although its fields start with a dollar.
  return first !== undefined && first.startsWith('$') && !['$ref', '$id', '$db'].includes(first);
}

const LOGICAL = ['$and', '$or', '$nor', '$expr', '$where'];

/** Whether operators join queries on documents rather than ask something of a value. */
export function isLogical(operators: Doc): boolean {
  return LOGICAL.includes(Object.keys(operators)[0] ?? '');
}
