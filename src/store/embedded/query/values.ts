import { readBson } from './bson-reader.js';
import { writeBson } from './bson-writer.js';
import type { Doc } from './kinds.js';

export { getField, isDoc, isInt32, scopeOf, setField, typeName, withoutField } from './kinds.js';
export type { Doc, Value } from './kinds.js';

/** Reads one BSON document. Throws a BSONError when the bytes are not one. */
export function decode(bytes: Uint8Array): Doc {
  return readBson(bytes);
}

/**
 * Writes one BSON document; `decode(encode(doc))` equals `doc` with every type kept.
 * Throws a BSONError for a field name with a NUL or a nesting deeper than 250.
 */
export function encode(doc: Doc): Uint8Array {
  return writeBson(doc);
}
