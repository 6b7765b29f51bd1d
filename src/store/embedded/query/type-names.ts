import { badValue } from './command-error.js';
import { numberOf } from './numbers.js';
import type { Value } from './values.js';

const NAMES = new Map<number, string>([
  [1, 'double'],
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [5, 'binData'],
  [6, 'undefined'],
  [7, 'objectId'],
  [8, 'bool'],
  [9, 'date'],
  [10, 'null'],
  [11, 'regex'],
  [12, 'dbPointer'],
  [13, 'javascript'],
  [14, 'symbol'],
  [15, 'javascriptWithScope'],
  [16, 'int'],
  [17, 'timestamp'],
  [18, 'long'],
  [19, 'decimal'],
  [-1, 'minKey'],
  [127, 'maxKey'],
]);
const ALIASES = new Set(NAMES.values());
const NUMBERS = ['int', 'long', 'double', 'decimal'];

/** Reads the operand of `$type`: a number, an alias, "number", or a list of them. */
export function readTypeNames(operand: Value): Set<string> {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length === 0) throw badValue('$type must match at least one type');
  return new Set(list.flatMap(readTypeName));
}

/** Reads one type as its names: "number" stands for four. */
export function readTypeName(type: Value): string[] {
  if (type === 'number') return NUMBERS;
  if (typeof type === 'string') {
    if (ALIASES.has(type)) return [type];
    throw badValue(`Unknown type name alias: ${type}`);
  }
  const name = NAMES.get(numberOf(type) ?? NaN);
  if (name === undefined) throw badValue(`Invalid numerical type code: ${JSON.stringify(type)}`);
  return [name];
}
