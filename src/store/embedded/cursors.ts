import { randomBytes } from 'node:crypto';
import { CommandError } from './query/command-error.js';
import type { Pace } from './pace.js';
import { numberOf } from './fields.js';
import { Long } from 'bson';
import type { Value } from './query/values.js';

/** Results as BSON, one by one; `undefined` is a place where the work may pause. */
export type Source = Iterator<Uint8Array | undefined, void, undefined>;

/** A result that is read in batches. */
export type Cursor = {
  readonly namespace: string;
  /** The transaction or session the cursor belongs to; nobody else may read it. */
  readonly owner: string | undefined;
  /** Reads up to `size` documents, fewer when the reply would grow too long. */
  batch(size: number, pace: Pace): Promise<{ documents: Uint8Array[]; done: boolean }>;
  close(): void;
};

/** Open cursors by their number. */
export type Cursors = {
  keep(cursor: Cursor): bigint;
  /** Throws 43 when the cursor is unknown, and 13 when it is somebody else's. */
  take(id: bigint, namespace: string, owner: string | undefined): Cursor;
  /** Closes a cursor; false when it is unknown. */
  kill(id: bigint): boolean;
  /** Closes what a session left open. */
  killOwned(owner: string): void;
  /** Closes cursors that nobody has read for ten minutes. */
  sweep(): void;
  count(): number;
  closeAll(): void;
};

const LONGEST_BATCH_BYTES = 16 * 2 ** 20;
const IDLE_MS = 10 * 60_000;

/** Makes a cursor over a source; `release` runs once, when the source is exhausted or closed. */
export function createCursor(
  namespace: string,
  owner: string | undefined,
  source: Source,
  release: () => void,
): Cursor {
  let ahead: Uint8Array | undefined;
  let open = true;

  function close(): void {
    if (!open) return;
    open = false;
    ahead = undefined;
    try {
      source.return?.();
    } finally {
      release();
    }
  }

  return {
    namespace,
    owner,
    close,
    async batch(size, pace) {
      const documents: Uint8Array[] = [];
      let bytes = 0;
      try {
        while (open) {
          if (ahead) {
            const fits = documents.length === 0 || bytes + ahead.length <= LONGEST_BATCH_BYTES;
            if (documents.length >= size || !fits) return { documents, done: false };
            documents.push(ahead);
            bytes += ahead.length;
            ahead = undefined;
          }
          const next = source.next();
          if (next.done === true) close();
          else ahead = next.value;
          if (pace.due()) await pace.pause();
        }
        return { documents, done: true };
      } catch (error) {
        close();
        throw error;
      }
    },
  };
}

/** Keeps cursors between commands; by its number is known which thread has a cursor. */
export function createCursors(numbers: 'even' | 'odd'): Cursors {
  const open = new Map<bigint, { cursor: Cursor; usedAt: number; busy: boolean }>();

  function freshId(): bigint {
    const random = randomBytes(8).readBigInt64LE() & 0x7fff_ffff_ffff_fffen;
    const id = numbers === 'odd' ? random + 1n : random;
    return id === 0n || open.has(id) ? freshId() : id;
  }

  function kill(id: bigint): boolean {
    const entry = open.get(id);
    if (!entry) return false;
    open.delete(id);
    entry.cursor.close();
    return true;
  }

  return {
    keep(cursor) {
      const id = freshId();
      open.set(id, { cursor, usedAt: performance.now(), busy: false });
      return id;
    },
    take(id, namespace, owner) {
      const entry = open.get(id);
      if (!entry || entry.cursor.namespace !== namespace) {
        throw new CommandError(43, 'CursorNotFound', `cursor id ${id} not found`);
      }
      if (entry.cursor.owner !== owner) {
        throw new CommandError(13, 'Unauthorized', 'The cursor belongs to another session.');
      }
      entry.usedAt = performance.now();
      return entry.cursor;
    },
    kill,
    killOwned(owner) {
      for (const [id, { cursor }] of open) if (cursor.owner === owner) kill(id);
    },
    sweep() {
      const before = performance.now() - IDLE_MS;
      for (const [id, { usedAt }] of open) if (usedAt < before) kill(id);
    },
    count: () => open.size,
    closeAll() {
      for (const id of open.keys()) kill(id);
    },
  };
}

/** Reads the number of a cursor. */
export function readCursorId(value: Value | undefined): bigint {
  if (value instanceof Long) return value.toBigInt();
  return BigInt(numberOf(value) ?? 0);
}
