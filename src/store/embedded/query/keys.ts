import { CommandError } from './command-error.js';
import type { Doc, Value } from './values.js';

/**
 * Longest key in bytes. A longer key is cut there, so several values may share it: ranges stay
 * sound because the full filter is applied again, but for a key of exactly this length a unique
 * check must ask `collides`, and order within the run of equal keys is open.
 */
export const KEY_LIMIT = 900;

export type IndexSpec = {
  name: string;
  key: Doc;
  unique?: boolean;
  sparse?: boolean;
  partialFilterExpression?: Doc;
  expireAfterSeconds?: number;
  hidden?: boolean;
};

export type CompiledIndex = {
  /** The keys of a document: one per array element; none when sparse or partial leaves it out. */
  keysOf(doc: Doc): Uint8Array[];
  /** Whether the document holds an array on an indexed path. */
  isMultikey(doc: Doc): boolean;
  /** Whether two documents share a key, compared in full length. */
  collides(a: Doc, b: Doc): boolean;
  /** The indexed values of a document, as `keyValue` of error 11000 shows them. */
  keyValueOf(doc: Doc): Doc;
};

/** Compiles an index. Throws a CommandError (67) for a key this store cannot index. */
export function compileIndex(_spec: IndexSpec): CompiledIndex {
  throw new CommandError(238, 'NotImplemented', 'index is not supported by the embedded store');
}

/** Writes values as bytes whose order is `compareValues` per component, inverted when descending. */
export function encodeKey(
  _values: readonly (Value | undefined)[],
  _directions: readonly (1 | -1)[],
): Uint8Array {
  throw new CommandError(238, 'NotImplemented', 'key is not supported by the embedded store');
}
