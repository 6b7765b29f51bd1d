import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';

/**
 * A BSON value in memory. A plain number stands for what BSON would write it as: an int when it is
 * an integer of 32 bits (and not -0), a double otherwise; `Double` appears only where that rule
 * would lose the type (1.0). `decode` yields plain numbers, `Double`, `Long` and `Decimal128`;
 * `Int32` and `bigint` (an int64) are accepted everywhere.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Int32
  | Double
  | Long
  | Decimal128
  | ObjectId
  | Binary
  | Timestamp
  | BSONRegExp
  | BSONSymbol
  | Code
  | MinKey
  | MaxKey
  | Value[]
  | Doc;

/** A document: fields in order. A field that is `undefined` counts as missing. */
export type Doc = { [field: string]: Value };

/** Names a value's type as MongoDB's `$type` does ("int", "string", …); "missing" for undefined. */
export function typeName(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'long';
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isDoc(value)) return 'object';
  if (value instanceof Date) return 'date';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Int32) return 'int';
  if (value instanceof Double) return 'double';
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof Long) return 'long';
  if (value instanceof Decimal128) return 'decimal';
  if (value instanceof Binary) return 'binData';
  if (value instanceof BSONRegExp) return 'regex';
  if (value instanceof BSONSymbol) return 'symbol';
  if (value instanceof Code) return value.scope ? 'javascriptWithScope' : 'javascript';
  if (value instanceof MinKey) return 'minKey';
  if (value instanceof MaxKey) return 'maxKey';
  return value satisfies never;
}

/** Tells whether a plain number stands for an int (32 bits) rather than a double. */
export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

const plain = Object.prototype;

/** Tells documents from every other value, the BSON classes included. */
export function isDoc(value: Value | undefined): value is Doc {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === plain || prototype === null;
}

/** Reads a field without ever reaching what every JavaScript object inherits. */
export function getField(doc: Doc, name: string): Value | undefined {
  const value: unknown = doc[name];
  if (typeof value !== 'function' && name !== '__proto__') return doc[name];
  return Object.hasOwn(doc, name) ? doc[name] : undefined;
}

/** Sets a field in place; a field called `__proto__` is stored like any other. */
export function setField(doc: Doc, name: string, value: Value): void {
  if (name === '__proto__') {
    Object.defineProperty(doc, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } else {
    doc[name] = value;
  }
}

/** Copies a document without one field. */
export function withoutField(doc: Doc, name: string): Doc {
  const copy: Doc = {};
  for (const key of Object.keys(doc)) {
    const value = doc[key];
    if (key !== name && value !== undefined) setField(copy, key, value);
  }
  return copy;
}

/** The scope of code, as a document. */
export function scopeOf(code: Code): Doc {
  const scope: Doc = {};
  for (const [name, value] of Object.entries(code.scope ?? {})) scope[name] = value;
  return scope;
}
