import { prefixed } from './bytes.js';
import type { Catalog, Collection, Index } from './catalog.js';
import { encodeKey, KEY_LIMIT } from './query/keys.js';
import type { Bounds } from './query/plan.js';
import { CommandError } from './query/command-error.js';
import { readFields } from './query/bson-fields.js';
import type { Needed } from './query/needed-fields.js';
import { decode, type Doc, type Value } from './query/values.js';
import type { KeyRange, Snapshot, Storage } from './storage.js';

/** A stored document under its key (its encoded `_id`), decoded when first asked for. */
export class StoredDocument {
  readonly key: Uint8Array;
  readonly bytes: Uint8Array;
  #doc: Doc | undefined;

  constructor(key: Uint8Array, bytes: Uint8Array, doc?: Doc) {
    this.key = key;
    this.bytes = bytes;
    this.#doc = doc;
  }

  get doc(): Doc {
    this.#doc ??= decode(this.bytes);
    return this.#doc;
  }

  /** The document as far as it is needed. */
  read(needed: Needed): Doc {
    return needed === 'all' || this.#doc ? this.doc : readFields(this.bytes, needed);
  }
}

/** A way to read the store: as it is, as it was, or as a transaction sees it. */
export type View = {
  get(collection: Collection, key: Uint8Array): StoredDocument | undefined;
  /** Documents in the order of `_id`. */
  documents(
    collection: Collection,
    bounds: Bounds | undefined,
    reverse: boolean,
  ): Iterable<StoredDocument>;
  /** Entries in the order of an index, see `documentKeyOf`; a document may come more than once. */
  entries(index: Index, bounds: Bounds, reverse: boolean): Iterable<Uint8Array>;
  /** How many entries an index has within bounds, or a collection documents; pending ones aside. */
  count(counted: Index | Collection, bounds: Bounds | undefined): number;
  /** Whether the index is complete in this view. */
  sees(index: Index): boolean;
  /** Documents that a transaction changed and has not committed, by the text of their key. */
  pending(collection: Collection): ReadonlyMap<string, PendingDocument> | undefined;
};

/** What a transaction made of a document; `after` is missing when it was deleted. */
export type PendingDocument = {
  key: Uint8Array;
  before: StoredDocument | undefined;
  after: StoredDocument | undefined;
};

/** Reads what is committed, or what is being written inside a commit. */
export function createLiveView(storage: Storage): View {
  return { ...readThrough(storage, undefined), sees: (index) => index.ready, pending: nothing };
}

/** Reads a frozen state; `release` it as soon as possible. */
export function createSnapshotView(storage: Storage, catalog: Catalog): View & { release(): void } {
  const snapshot = storage.snapshot();
  const takenAt = catalog.version();
  return {
    ...readThrough(storage, snapshot),
    sees: (index) => index.ready && index.readyAt <= takenAt,
    pending: nothing,
    release: () => snapshot.release(),
  };
}

const nothing = (): undefined => undefined;

function readThrough(
  storage: Storage,
  snapshot: Snapshot | undefined,
): Pick<View, 'get' | 'documents' | 'entries' | 'count'> {
  return {
    get(collection, key) {
      const bytes = storage.get('documents', prefixed(collection.id, key), snapshot);
      return bytes && new StoredDocument(key, bytes);
    },
    *documents(collection, bounds, reverse) {
      const range = rangeUnder(collection.id, bounds, reverse);
      for (const { key, value } of storage.scan('documents', range, snapshot)) {
        yield new StoredDocument(key.subarray(4), value);
      }
    },
    *entries(index, bounds, reverse) {
      const range = rangeUnder(index.id, bounds, reverse);
      yield* storage.scanKeys('entries', range, snapshot);
    },
    count(counted, bounds) {
      const tree = 'namespace' in counted ? 'documents' : 'entries';
      return storage.countKeys(tree, rangeUnder(counted.id, bounds), snapshot);
    },
  };
}

/** All keys under an id, or those within bounds. */
export function rangeUnder(id: number, bounds: Bounds | undefined, reverse = false): KeyRange {
  return {
    lower: bounds ? prefixed(id, bounds.lower) : prefixed(id),
    upper: bounds ? prefixed(id, bounds.upper) : prefixed(id + 1),
    reverse,
  };
}

/** The key of an index entry: the index, the indexed value, the document, the length of the last. */
export function entryKey(indexId: number, value: Uint8Array, target: Uint8Array): Buffer {
  const length = Buffer.allocUnsafe(2);
  length.writeUInt16BE(target.length, 0);
  return prefixed(indexId, value, target, length);
}

/** The key of the document that an index entry points to. */
export function documentKeyOf(entry: Uint8Array): Uint8Array {
  const end = entry.length - 2;
  const length = (entry[end] ?? 0) * 256 + (entry[end + 1] ?? 0);
  return entry.subarray(end - length, end);
}

/** The indexed value in an entry. */
export function valueOf(entry: Uint8Array): Uint8Array {
  return entry.subarray(4, entry.length - 2 - documentKeyOf(entry).length);
}

/** The key under which a document with this `_id` is stored; refuses an `_id` too long to keep whole. */
export function documentKey(id: Value | undefined): Uint8Array {
  const key = encodeKey([id], [1]);
  if (key.length >= KEY_LIMIT) {
    throw new CommandError(
      17280,
      'KeyTooLong',
      `An _id longer than ${KEY_LIMIT} bytes is refused.`,
    );
  }
  return key;
}
