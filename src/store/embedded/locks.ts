import { textOf } from './bytes.js';
import type { Collection } from './catalog.js';
import { HeldByTransaction } from './refusal.js';

/** Whoever may hold documents until it ends. */
export type Holder = { readonly ended: Promise<void> };

/** Which open transaction holds which document; never more than the documents it wrote. */
export type Locks = {
  /** Takes a document for `holder`; false when another holds it. */
  take(holder: Holder, collection: Collection, key: Uint8Array): boolean;
  /** Throws `HeldByTransaction` when an open transaction holds the document. */
  refuseHeld(collection: Collection, key: Uint8Array): void;
  release(holder: Holder): void;
};

/** Keeps the locks of all open transactions. */
export function createLocks(): Locks {
  const holders = new Map<string, Holder>();
  return {
    take(holder, collection, key) {
      const name = lockName(collection, key);
      const known = holders.get(name);
      if (known && known !== holder) return false;
      holders.set(name, holder);
      return true;
    },
    refuseHeld(collection, key) {
      if (holders.size === 0) return;
      const holder = holders.get(lockName(collection, key));
      if (holder) throw new HeldByTransaction(holder.ended);
    },
    release(holder) {
      for (const [name, known] of holders) if (known === holder) holders.delete(name);
    },
  };
}

function lockName(collection: Collection, key: Uint8Array): string {
  return `${collection.id}:${textOf(key)}`;
}
