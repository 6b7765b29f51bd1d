import { compileFilter } from './filter.js';
import { CommandError } from './command-error.js';
import { meetsArray, tuplesOf } from './index-tuples.js';
import type { Tuple } from './index-tuples.js';
import { writeValue } from './key-encoding.js';
import { createKeyWriter } from './key-writer.js';
import { joinNeeded, neededByFilter, rootOf } from './needed-fields.js';
import type { Needed } from './needed-fields.js';
import { numberOf } from './numbers.js';
import { parsePath } from './path.js';
import type { Segment } from './path.js';
import { setField, typeName } from './values.js';
import type { Doc, Value } from './values.js';

/**
 * Longest key in bytes. A longer key is cut there, so several values may share it: ranges stay
 * sound because the full filter is applied again, but for a key of exactly this length a unique
 * check must ask `collides`, and the order within a run of such keys is open.
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
  /** The fields at the top of a document that its keys are made of, or that decide whether it has any. */
  needed: Needed;
  /** The keys of a document: one per array element; none when sparse or partial leaves it out. */
  keysOf(doc: Doc): Uint8Array[];
  /** Whether the document holds an array on an indexed path. */
  isMultikey(doc: Doc): boolean;
  /** Whether two documents share a key, compared in full length. */
  collides(a: Doc, b: Doc): boolean;
  /** The indexed values of a document, as `keyValue` of error 11000 shows them. */
  keyValueOf(doc: Doc): Doc;
};

export type Direction = 1 | -1;
export type IndexField = { path: string; segments: readonly Segment[]; direction: Direction };

/** Reads the key pattern of an index. Throws a CommandError (67) for a kind this store lacks. */
export function indexFields(key: Doc): IndexField[] {
  const fields = Object.entries(key).map(([path, value]): IndexField => {
    const direction = numberOf(value);
    if (path === '' || path.includes('$') || path.split('.').includes('')) {
      throw cannotCreate(`the embedded store cannot index a field path such as '${path}'`);
    }
    if (direction === undefined || direction === 0 || Number.isNaN(direction)) {
      const kind = typeof value === 'string' ? `of kind '${value}'` : `of type ${typeName(value)}`;
      throw cannotCreate(`the embedded store has ascending and descending indexes, none ${kind}`);
    }
    return { path, segments: parsePath(path), direction: direction < 0 ? -1 : 1 };
  });
  if (fields.length === 0) throw cannotCreate('Index keys cannot be an empty object');
  return fields;
}

function cannotCreate(message: string): CommandError {
  return new CommandError(67, 'CannotCreateIndex', message);
}

/** Compiles an index. Throws a CommandError (67) for a key this store cannot index. */
export function compileIndex(spec: IndexSpec): CompiledIndex {
  const fields = indexFields(spec.key);
  const paths = fields.map(({ segments }) => segments);
  const directions = fields.map(({ direction }) => direction);
  const belongs = spec.partialFilterExpression && compileFilter(spec.partialFilterExpression);

  const stored = (doc: Doc): Tuple[] => {
    if (belongs && !belongs(doc)) return [];
    const tuples = tuplesOf(doc, paths);
    return spec.sparse ? tuples.filter(({ found }) => found) : tuples;
  };
  const keys = (doc: Doc, limit: number) =>
    distinct(stored(doc).map(({ values }) => writeKey(values, directions, limit)));

  return {
    needed: joinNeeded([
      new Set(fields.map(({ path }) => rootOf(path))),
      neededByFilter(spec.partialFilterExpression ?? {}),
    ]),
    keysOf: (doc) => keys(doc, KEY_LIMIT),
    isMultikey: (doc) => meetsArray(doc, paths),
    collides(a, b) {
      const taken = new Set(keys(a, Infinity).map(asText));
      return keys(b, Infinity).some((key) => taken.has(asText(key)));
    },
    keyValueOf(doc) {
      const shown: Doc = {};
      const values = tuplesOf(doc, paths)[0]?.values ?? [];
      fields.forEach(({ path }, i) => setField(shown, path, values[i] ?? null));
      return shown;
    },
  };
}

/**
 * Writes values as bytes whose order is `compareValues` per component, inverted when descending.
 * Cut at `KEY_LIMIT`.
 */
export function encodeKey(
  values: readonly (Value | undefined)[],
  directions: readonly Direction[],
): Uint8Array {
  return writeKey(values, directions, KEY_LIMIT);
}

const writer = createKeyWriter();

function writeKey(
  values: readonly (Value | undefined)[],
  directions: readonly Direction[],
  limit: number,
): Uint8Array {
  writer.clear();
  for (let i = 0; i < values.length; i++) {
    const start = writer.length();
    writeValue(writer, values[i]);
    if (directions[i] === -1) writer.invertFrom(start);
  }
  return writer.take(limit);
}

function distinct(keys: Uint8Array[]): Uint8Array[] {
  if (keys.length < 2) return keys;
  return [...new Map(keys.map((key) => [asText(key), key])).values()];
}

function asText(key: Uint8Array): string {
  return Buffer.from(key.buffer, key.byteOffset, key.length).toString('latin1');
}
