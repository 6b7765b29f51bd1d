import { Binary, BSONRegExp, BSONSymbol, Code, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { isDoc } from './values.js';
import type { Value } from './values.js';

/**
 * The order of types when values of different types are compared, from
 * https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/.
 * The numbers are also the first byte of an index key's component, so they stay as they are.
 */
export const Rank = {
  minKey: 0x05,
  missing: 0x08,
  null: 0x10,
  number: 0x18,
  string: 0x20,
  object: 0x28,
  array: 0x30,
  binary: 0x38,
  objectId: 0x40,
  bool: 0x48,
  date: 0x50,
  timestamp: 0x58,
  regex: 0x60,
  code: 0x68,
  codeWithScope: 0x70,
  maxKey: 0x7f,
} as const;

/** Values of one rank are compared by content, others by rank alone. */
export function rankOf(value: Value | undefined): number {
  if (typeof value === 'string') return Rank.string;
  if (typeof value === 'number' || typeof value === 'bigint') return Rank.number;
  if (typeof value === 'boolean') return Rank.bool;
  if (value === undefined) return Rank.missing;
  return value === null ? Rank.null : rankOfObject(value);
}

function rankOfObject(value: Value & object): number {
  if (Array.isArray(value)) return Rank.array;
  if (isDoc(value)) return Rank.object;
  if (value instanceof ObjectId) return Rank.objectId;
  if (value instanceof Date) return Rank.date;
  if (value instanceof Timestamp) return Rank.timestamp;
  if (value instanceof Binary) return Rank.binary;
  if (value instanceof BSONRegExp) return Rank.regex;
  if (value instanceof BSONSymbol) return Rank.string;
  if (value instanceof Code) return value.scope ? Rank.codeWithScope : Rank.code;
  if (value instanceof MinKey) return Rank.minKey;
  if (value instanceof MaxKey) return Rank.maxKey;
  return Rank.number;
}
