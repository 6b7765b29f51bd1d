import { statSync } from 'node:fs';
import { join } from 'node:path';
import { open, type Database, type RootDatabase, type Transaction } from 'lmdb';

/** The trees of the store: catalog and owner, documents, index entries, kept replies. */
export type Tree = 'meta' | 'documents' | 'entries' | 'replies';

/** Keys from `lower` on and before `upper`, in byte order or backwards. */
export type KeyRange = { lower: Uint8Array; upper: Uint8Array; reverse?: boolean };

/** A frozen state of the whole store; `release` it, or the file cannot reuse space. */
export type Snapshot = { readonly transaction: Transaction; release(): void };

/** Ordered keys and values on disk, read at once and written in one transaction at a time. */
export type Storage = {
  /** Without a snapshot: what is committed, or inside `commit` what is being written. */
  get(tree: Tree, key: Uint8Array, snapshot?: Snapshot): Uint8Array | undefined;
  scan(
    tree: Tree,
    range: KeyRange,
    snapshot?: Snapshot,
  ): Iterable<{ key: Uint8Array; value: Uint8Array }>;
  scanKeys(tree: Tree, range: KeyRange, snapshot?: Snapshot): Iterable<Uint8Array>;
  countKeys(tree: Tree, range: KeyRange, snapshot?: Snapshot): number;
  /** Only inside `commit`. */
  put(tree: Tree, key: Uint8Array, value: Uint8Array): void;
  /** Only inside `commit`. */
  remove(tree: Tree, key: Uint8Array): void;
  /** Runs `write` in one transaction and settles when it is on disk; an error undoes all of it. */
  commit(write: () => void): Promise<void>;
  snapshot(): Snapshot;
  /** Makes the next read see what another thread has committed. */
  refresh(): void;
  /** Bytes that the data file takes. */
  size(): number;
  close(): Promise<void>;
};

// Every cursor and every open transaction holds one reader.
const MAX_READERS = 2000;

// Address space, not memory nor disk: the file grows with what is written.
const MAP_BYTES = 64 * 2 ** 30;

/** Opens (or makes) the LMDB files in `path`; `noSync` leaves out fsync, for tests only. */
export function openStorage(path: string, options: { noSync?: boolean } = {}): Storage {
  const root: RootDatabase<Buffer, Uint8Array> = open({
    path,
    // The classic commit, on disk when it returns, rather than lmdb-js's overlapped one.
    overlappingSync: false,
    noSync: options.noSync === true,
    maxReaders: MAX_READERS,
    mapSize: MAP_BYTES,
    encoding: 'binary',
    keyEncoding: 'binary',
  });
  const tree = (name: Tree): Database<Buffer, Uint8Array> =>
    root.openDB({ name, encoding: 'binary', keyEncoding: 'binary' });
  const trees: Record<Tree, Database<Buffer, Uint8Array>> = {
    meta: tree('meta'),
    documents: tree('documents'),
    entries: tree('entries'),
    replies: tree('replies'),
  };

  return {
    get: (name, key, snapshot) =>
      snapshot ? trees[name].get(key, snapshot) : trees[name].get(key),
    scan: (name, range, snapshot) => trees[name].getRange(rangeOptions(range, snapshot)),
    scanKeys: (name, range, snapshot) => trees[name].getKeys(rangeOptions(range, snapshot)),
    countKeys: (name, range, snapshot) => trees[name].getKeysCount(rangeOptions(range, snapshot)),
    put(name, key, value) {
      if (value.length === 0) throw new Error('An empty value cannot be stored.');
      trees[name].putSync(key, Buffer.from(value.buffer, value.byteOffset, value.length));
    },
    remove(name, key) {
      trees[name].removeSync(key);
    },
    async commit(write) {
      try {
        await root.childTransaction(write);
      } catch (error) {
        if (!isFailedCommit(error)) throw error;
        const cause = await error.commitError.catch((reason: unknown) => reason);
        throw new Error(`The embedded store could not write to its disk: ${String(cause)}`, {
          cause: error,
        });
      }
    },
    snapshot() {
      const transaction = root.useReadTransaction();
      let released = false;
      return {
        transaction,
        release() {
          if (released) return;
          released = true;
          transaction.done();
        },
      };
    },
    refresh: () => root.resetReadTxn(),
    size: () => statSync(join(path, 'data.mdb')).size,
    close: () => root.close(),
  };
}

/**
 * Whether lmdb-js says that a commit failed. It says so more than once, also in a promise that
 * nobody gets: whoever asked for the commit knows already.
 */
export function isFailedCommit(error: unknown): error is Error & { commitError: Promise<unknown> } {
  return error instanceof Error && 'commitError' in error && error.commitError instanceof Promise;
}

function rangeOptions(range: KeyRange, snapshot: Snapshot | undefined) {
  const held = snapshot ? { transaction: snapshot.transaction } : {};
  if (!range.reverse) return { start: range.lower, end: range.upper, ...held };
  return {
    start: range.upper,
    end: range.lower,
    reverse: true,
    exclusiveStart: true,
    inclusiveEnd: true,
    ...held,
  };
}
