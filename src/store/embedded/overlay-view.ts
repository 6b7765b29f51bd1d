import { textOf } from './bytes.js';
import type { Collection } from './catalog.js';
import type { PendingDocument, StoredDocument, View } from './views.js';

/** Reads a state with the pending changes of a transaction laid over it. */
export function createOverlayView(
  beneath: View,
  pendingOf: (collection: Collection) => ReadonlyMap<string, PendingDocument> | undefined,
): View {
  return {
    get(collection, key) {
      const pending = pendingOf(collection)?.get(textOf(key));
      return pending ? pending.after : beneath.get(collection, key);
    },
    documents(collection, bounds, reverse) {
      const pending = pendingOf(collection);
      const stored = beneath.documents(collection, bounds, reverse);
      if (!pending || pending.size === 0) return stored;
      const made: StoredDocument[] = [];
      for (const { key, after } of pending.values()) {
        const within =
          !bounds ||
          (Buffer.compare(key, bounds.lower) >= 0 && Buffer.compare(key, bounds.upper) < 0);
        if (after && within) made.push(after);
      }
      const direction = reverse ? -1 : 1;
      made.sort((a, b) => direction * Buffer.compare(a.key, b.key));
      return merge(without(stored, pending), made, direction);
    },
    entries: (index, bounds, reverse) => beneath.entries(index, bounds, reverse),
    count: (counted, bounds) => beneath.count(counted, bounds),
    sees: (index) => beneath.sees(index),
    pending: pendingOf,
  };
}

function* without(
  stored: Iterable<StoredDocument>,
  pending: ReadonlyMap<string, PendingDocument>,
): Iterable<StoredDocument> {
  for (const document of stored) if (!pending.has(textOf(document.key))) yield document;
}

function* merge(
  stored: Iterable<StoredDocument>,
  made: StoredDocument[],
  direction: number,
): Iterable<StoredDocument> {
  let at = 0;
  for (const document of stored) {
    for (let next = made[at]; next; next = made[at]) {
      if (direction * Buffer.compare(next.key, document.key) > 0) break;
      yield next;
      at += 1;
    }
    yield document;
  }
  yield* made.slice(at);
}
