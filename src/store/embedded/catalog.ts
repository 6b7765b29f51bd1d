import { prefixed } from './bytes.js';
import { compileIndex, type CompiledIndex, type IndexSpec } from './query/keys.js';
import { decode, encode, type Doc, type Value } from './query/values.js';
import type { Storage } from './storage.js';

/** An index of a collection; the one on `_id` is the documents themselves and is not listed here. */
export type Index = IndexSpec & {
  readonly id: number;
  /** Some document has an array on an indexed path. */
  multikey: boolean;
  /** Complete: while it is being built, writes keep it but no query reads it. */
  ready: boolean;
  /** Snapshots taken before this moment (a count of changes) do not see it complete. */
  readyAt: number;
  readonly compiled: CompiledIndex;
};

/** A collection; `count` and `bytes` follow every write. */
export type Collection = {
  readonly id: number;
  namespace: string;
  options: Doc;
  indexes: Index[];
  count: number;
  bytes: number;
};

/** What there is in the store, in memory and on disk alike; changed only inside a commit. */
export type Catalog = {
  find(namespace: string): Collection | undefined;
  all(): Collection[];
  /** Databases that have a collection. */
  databases(): string[];
  add(namespace: string, options: Doc): Collection;
  /** Saves changed options, indexes or name. */
  save(collection: Collection): void;
  /** Takes a collection out; its documents are cleared later, see `garbage`. */
  remove(collection: Collection): void;
  addIndex(collection: Collection, spec: IndexSpec): Index;
  removeIndex(collection: Collection, index: Index): void;
  /** Notes that `count` or `bytes` changed; written once per commit by `flush`. */
  touch(collection: Collection): void;
  flush(): void;
  /** Ranges of keys that belong to nothing any more. */
  garbage(): Garbage[];
  cleared(garbage: Garbage): void;
  /** A moment, counted in changes of the catalog; a snapshot remembers when it was taken. */
  version(): number;
  /** Tells, once the commit that completed an index is on disk, that later snapshots see it. */
  complete(index: Index): void;
  /** Reads everything from disk again. */
  reload(): void;
  /** The same, when another thread has changed something since. */
  refresh(): void;
};

/** The documents or the index entries under one id that wait to be cleared. */
export type Garbage = { tree: 'documents' | 'entries'; id: number };

const COLLECTION = Buffer.from('collection:');
const COUNTS = Buffer.from('counts:');
const GARBAGE = Buffer.from('garbage:');
const LAST_ID = Buffer.from('lastId');
const CHANGES = Buffer.from('changes');

const under = (kind: Buffer, id: number): Buffer => Buffer.concat([kind, prefixed(id)]);
const everything = (kind: Buffer) => ({
  lower: kind,
  upper: Buffer.concat([kind, Buffer.alloc(5, 0xff)]),
});

/** Reads the catalog from disk and keeps the two the same. */
export function createCatalog(storage: Storage): Catalog {
  let collections = new Map<string, Collection>();
  let waste: Garbage[] = [];
  let lastId = 0;
  let version = 0;
  let changes = 0;
  const touched = new Set<Collection>();

  function reload(): void {
    collections = new Map();
    touched.clear();
    version += 1;
    lastId = readNumber(storage.get('meta', LAST_ID));
    changes = readNumber(storage.get('meta', CHANGES));
    for (const { value } of storage.scan('meta', everything(COLLECTION))) {
      const collection = readCollection(decode(value), version);
      const counts = storage.get('meta', under(COUNTS, collection.id));
      if (counts) Object.assign(collection, readCounts(counts));
      collections.set(collection.namespace, collection);
    }
    waste = Array.from(storage.scan('meta', everything(GARBAGE)), ({ value }) =>
      readGarbage(decode(value)),
    );
  }

  function nextId(): number {
    lastId += 1;
    storage.put('meta', LAST_ID, prefixed(lastId));
    return lastId;
  }

  function noteChange(): void {
    version += 1;
    changes += 1;
    storage.put('meta', CHANGES, prefixed(changes));
  }

  function save(collection: Collection): void {
    noteChange();
    storage.put('meta', under(COLLECTION, collection.id), encode(writeCollection(collection)));
  }

  function discard(item: Garbage): void {
    waste.push(item);
    storage.put('meta', under(GARBAGE, item.id), encode({ tree: item.tree, id: item.id }));
  }

  reload();

  return {
    find: (namespace) => collections.get(namespace),
    all: () => [...collections.values()],
    databases: () => [...new Set([...collections.keys()].map(databaseOf))].sort(),
    add(namespace, options) {
      const id = nextId();
      const collection: Collection = { id, namespace, options, indexes: [], count: 0, bytes: 0 };
      collections.set(namespace, collection);
      save(collection);
      return collection;
    },
    save(collection) {
      for (const [name, known] of collections) {
        if (known === collection && name !== collection.namespace) collections.delete(name);
      }
      collections.set(collection.namespace, collection);
      save(collection);
    },
    remove(collection) {
      noteChange();
      collections.delete(collection.namespace);
      touched.delete(collection);
      storage.remove('meta', under(COLLECTION, collection.id));
      storage.remove('meta', under(COUNTS, collection.id));
      discard({ tree: 'documents', id: collection.id });
      for (const index of collection.indexes) discard({ tree: 'entries', id: index.id });
    },
    addIndex(collection, spec) {
      const index: Index = {
        ...spec,
        id: nextId(),
        multikey: false,
        ready: false,
        readyAt: Number.POSITIVE_INFINITY,
        compiled: compileIndex(spec),
      };
      collection.indexes = [...collection.indexes, index];
      save(collection);
      return index;
    },
    removeIndex(collection, index) {
      collection.indexes = collection.indexes.filter((other) => other !== index);
      discard({ tree: 'entries', id: index.id });
      save(collection);
    },
    touch: (collection) => void touched.add(collection),
    flush() {
      for (const { id, count, bytes } of touched) {
        storage.put('meta', under(COUNTS, id), encode({ count, bytes }));
      }
      touched.clear();
    },
    garbage: () => waste,
    cleared(item) {
      waste = waste.filter((other) => other !== item);
      storage.remove('meta', under(GARBAGE, item.id));
    },
    version: () => version,
    refresh() {
      if (readNumber(storage.get('meta', CHANGES)) !== changes) reload();
    },
    complete(index) {
      version += 1;
      index.readyAt = version;
    },
    reload,
  };
}

/** The database of a namespace `database.collection`. */
export function databaseOf(namespace: string): string {
  return namespace.slice(0, namespace.indexOf('.'));
}

/** The specification of an index, as `listIndexes` shows it and `readSpec` reads it. */
export function describeIndex(spec: IndexSpec): Doc {
  const doc: Doc = { v: 2, key: spec.key, name: spec.name };
  if (spec.unique) doc['unique'] = true;
  if (spec.sparse) doc['sparse'] = true;
  if (spec.partialFilterExpression) doc['partialFilterExpression'] = spec.partialFilterExpression;
  if (spec.expireAfterSeconds !== undefined) doc['expireAfterSeconds'] = spec.expireAfterSeconds;
  if (spec.hidden) doc['hidden'] = true;
  return doc;
}

function writeCollection(collection: Collection): Doc {
  return {
    id: collection.id,
    namespace: collection.namespace,
    options: collection.options,
    indexes: collection.indexes.map((index) => ({
      id: index.id,
      multikey: index.multikey,
      ready: index.ready,
      spec: describeIndex(index),
    })),
  };
}

function readCollection(doc: Doc, version: number): Collection {
  const indexes = Array.isArray(doc['indexes']) ? doc['indexes'] : [];
  return {
    id: Number(doc['id']),
    namespace: asText(doc['namespace']),
    options: asDoc(doc['options']),
    indexes: indexes.map((entry) => readIndex(asDoc(entry), version)),
    count: 0,
    bytes: 0,
  };
}

function readIndex(doc: Doc, readyAt: number): Index {
  const spec = readSpec(asDoc(doc['spec']));
  const multikey = doc['multikey'] === true;
  const ready = doc['ready'] === true;
  return { ...spec, id: Number(doc['id']), multikey, ready, readyAt, compiled: compileIndex(spec) };
}

/** Reads an index specification, already checked, from BSON. */
export function readSpec(doc: Doc): IndexSpec {
  const spec: IndexSpec = { name: asText(doc['name']), key: asDoc(doc['key']) };
  if (doc['unique'] === true) spec.unique = true;
  if (doc['sparse'] === true) spec.sparse = true;
  if (doc['hidden'] === true) spec.hidden = true;
  const partial = doc['partialFilterExpression'];
  if (partial !== undefined) spec.partialFilterExpression = asDoc(partial);
  const seconds = doc['expireAfterSeconds'];
  if (seconds !== undefined) spec.expireAfterSeconds = Number(seconds);
  return spec;
}

function readCounts(bytes: Uint8Array): { count: number; bytes: number } {
  const doc = decode(bytes);
  return { count: Number(doc['count']), bytes: Number(doc['bytes']) };
}

function readGarbage(doc: Doc): Garbage {
  return { tree: doc['tree'] === 'documents' ? 'documents' : 'entries', id: Number(doc['id']) };
}

function asDoc(value: Value | undefined): Doc {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('The catalog of the embedded store is damaged.');
  }
  return Object.fromEntries(Object.entries(value));
}

function readNumber(bytes: Uint8Array | undefined): number {
  return bytes ? Buffer.from(bytes).readUInt32BE(0) : 0;
}

function asText(value: Value | undefined): string {
  if (typeof value !== 'string') throw new Error('The catalog of the embedded store is damaged.');
  return value;
}
