import { sameBytes, textOf } from './bytes.js';
import type { Catalog, Collection } from './catalog.js';
import { duplicateKey, refuseTaken, writeChanges, type Change } from './changes.js';
import type { Commits } from './commits.js';
import { createGate } from './gate.js';
import type { Locks } from './locks.js';
import { createOverlayView } from './overlay-view.js';
import { CommandError } from './query/command-error.js';
import { KEY_LIMIT } from './query/keys.js';
import { noSuchTransaction, writeConflict } from './refusal.js';
import type { Attempt, Replies } from './replies.js';
import type { Storage } from './storage.js';
import { createSnapshotView, type PendingDocument, type View } from './views.js';

/** An open transaction: a frozen state of the store, and what was written on top of it. */
export type Transaction = {
  readonly attempt: Attempt;
  readonly view: View;
  readonly ended: Promise<void>;
  /** Keeps a change until the commit; throws 112, 11000, or 251 when it has ended. */
  write(change: Change): void;
  /** Writes everything at once; throws 112 when somebody was quicker. */
  commit(): Promise<void>;
  abort(): void;
};

/** What transactions work with. */
export type TransactionGround = {
  storage: Storage;
  catalog: Catalog;
  commits: Commits;
  locks: Locks;
  replies: Replies;
  live: View;
  now: () => Date;
};

type Pending = Map<number, Map<string, PendingDocument & { collection: Collection }>>;

/** Begins a transaction on the store as it is now. */
export function createTransaction(ground: TransactionGround, attempt: Attempt): Transaction {
  const { storage, catalog, commits, locks, live } = ground;
  const snapshot = createSnapshotView(storage, catalog);
  const pending: Pending = new Map();
  const taken = new Map<string, string>();
  const end = createGate();
  const holder = { ended: end.opened };
  const others = (name: string): boolean => isPending(pending, name);
  let open = true;

  function close(): void {
    open = false;
    snapshot.release();
    locks.release(holder);
    pending.clear();
    end.open();
  }

  function pendingOf(collection: Collection) {
    const known = pending.get(collection.id);
    if (known) return known;
    const made = new Map<string, PendingDocument & { collection: Collection }>();
    pending.set(collection.id, made);
    return made;
  }

  function claimKeys(change: Change, name: string): void {
    const { collection, before, after } = change;
    for (const index of collection.indexes) {
      if (!index.unique) continue;
      const old = before ? index.compiled.keysOf(before.doc) : [];
      const now = after ? index.compiled.keysOf(after.doc) : [];
      for (const key of now) {
        const claim = taken.get(`${index.id}:${textOf(key)}`);
        // Long keys are cut: whether they are really equal shows at the commit.
        if (after && claim !== undefined && claim !== name && key.length < KEY_LIMIT) {
          throw duplicateKey(collection, index, after.doc);
        }
        const fresh = !old.some((other) => sameBytes(other, key));
        if (after && fresh && snapshot.sees(index)) {
          refuseTaken(snapshot, index, key, change, after.doc, others);
        }
      }
      for (const key of old) {
        const slot = `${index.id}:${textOf(key)}`;
        if (taken.get(slot) === name) taken.delete(slot);
      }
      for (const key of now) taken.set(`${index.id}:${textOf(key)}`, name);
    }
  }

  return {
    attempt,
    ended: end.opened,
    view: createOverlayView(snapshot, (collection) => pending.get(collection.id)),
    write(change) {
      // A command may still be under way when an abort overtakes it: what it took now, nobody
      // would ever give back.
      if (!open) throw noSuchTransaction();
      const { collection, key } = change;
      const name = textOf(key);
      if (!locks.take(holder, collection, key)) throw writeConflict();
      const mine = pendingOf(collection);
      const known = mine.get(name);
      const before = known ? known.before : snapshot.get(collection, key);
      if (!known && !sameBytes(before?.bytes, live.get(collection, key)?.bytes)) {
        throw writeConflict();
      }
      claimKeys(change, `${collection.id}:${name}`);
      mine.set(name, { collection, key, before, after: change.after });
    },
    async commit() {
      try {
        await commits.run(() => {
          const changes = [...pending.values()].flatMap((documents) =>
            [...documents.values()].map((document) => renewed(catalog, live, document)),
          );
          refuseDuplicates(() => writeChanges(storage, catalog, live, changes));
          ground.replies.keep(attempt, { type: 'committed' }, ground.now());
        });
      } finally {
        close();
      }
    },
    abort: close,
  };
}

function isPending(pending: Pending, name: string): boolean {
  const at = name.indexOf(':');
  return pending.get(Number(name.slice(0, at)))?.has(name.slice(at + 1)) === true;
}

// The document must still be what the transaction saw, in a collection that is still there.
function renewed(
  catalog: Catalog,
  live: View,
  document: PendingDocument & { collection: Collection },
): Change {
  const collection = catalog.find(document.collection.namespace);
  if (collection?.id !== document.collection.id) throw writeConflict();
  const before = live.get(collection, document.key);
  if (!sameBytes(before?.bytes, document.before?.bytes)) throw writeConflict();
  return { collection, key: document.key, before, after: document.after };
}

// A key taken since the snapshot is a conflict: run again, the transaction will see it.
function refuseDuplicates(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof CommandError && error.code === 11000) throw writeConflict();
    throw error;
  }
}
