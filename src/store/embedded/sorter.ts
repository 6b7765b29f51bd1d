import { CommandError } from './query/command-error.js';
import { rootOf } from './query/needed-fields.js';
import { compileSort } from './query/sort.js';
import type { Doc } from './query/values.js';
import type { StoredDocument } from './views.js';

/** Sorts documents in memory. */
export type Sorter = { add(document: StoredDocument): void; all(): Iterable<StoredDocument> };

type Kept = { key: Uint8Array; sortedBy: Doc; document: StoredDocument | undefined };

// Beyond this only what documents are sorted by is kept, and they are read once more at the end.
const KEPT_WHOLE_BYTES = 8 * 2 ** 20;
// What is kept of a document then: its key and a few values; a million of them is too much.
const MOST_DOCUMENTS = 500_000;

/** Makes a sorter; with a `limit` it keeps little more than that many. */
export function createSorter(
  spec: Doc,
  limit: number | undefined,
  read: (key: Uint8Array) => StoredDocument | undefined,
): Sorter {
  const compare = compileSort(spec);
  const needed = new Set(Object.keys(spec).map(rootOf));
  let kept: Kept[] = [];
  let bytes = 0;

  function order(): void {
    kept.sort((a, b) => compare(a.sortedBy, b.sortedBy));
    if (limit !== undefined) kept = kept.slice(0, limit);
  }

  return {
    add(document) {
      const whole = bytes + document.bytes.length <= KEPT_WHOLE_BYTES;
      if (whole) bytes += document.bytes.length;
      kept.push({
        key: document.key,
        sortedBy: document.read(needed),
        document: whole ? document : undefined,
      });
      if (limit !== undefined && kept.length >= 2 * limit + 100) {
        order();
        bytes = kept.reduce((sum, entry) => sum + (entry.document?.bytes.length ?? 0), 0);
      }
      if (kept.length > MOST_DOCUMENTS) {
        throw new CommandError(
          292,
          'QueryExceededMemoryLimitNoDiskUseAllowed',
          `More than ${MOST_DOCUMENTS} documents to sort: add an index in this order, or a limit.`,
        );
      }
    },
    *all() {
      order();
      for (const { key, document } of kept) {
        const found = document ?? read(key);
        if (found) yield found;
      }
    },
  };
}
