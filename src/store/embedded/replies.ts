import { Long } from 'bson';
import { CommandError } from './query/command-error.js';
import { decode, encode, isDoc, type Doc } from './query/values.js';
import type { Storage } from './storage.js';

/** A client's session, and the number of one of its retryable writes or transactions. */
export type Attempt = { session: Buffer; number: bigint };

/** What was answered to the last attempt of a session. */
export type Kept =
  | { type: 'writes'; results: Map<number, Doc> }
  | { type: 'committed' }
  | { type: 'aborted' };

/**
 * The last reply of every session, on disk in the same commit as the write it answers, so that a
 * write repeated after a crash is answered and not done twice.
 */
export type Replies = {
  /** What is kept for exactly this attempt. Throws 225 when the session has gone on since. */
  read(attempt: Attempt): Kept | undefined;
  /** Only inside a commit. */
  keep(attempt: Attempt, kept: Kept, now: Date): void;
  /** Sessions last kept before an instant, to be forgotten. */
  olderThan(instant: Date, limit: number): Uint8Array[];
  /** Only inside a commit. */
  forget(session: Uint8Array): void;
};

const EVERYTHING = { lower: Buffer.alloc(1), upper: Buffer.alloc(64, 0xff) };

/** Keeps replies in the store. */
export function createReplies(storage: Storage): Replies {
  return {
    read({ session, number }) {
      const bytes = storage.get('replies', session);
      if (!bytes) return undefined;
      const doc = decode(bytes);
      const known = readNumber(doc['number']);
      if (known > number) {
        throw new CommandError(
          225,
          'TransactionTooOld',
          `The session has already begun number ${known}, after number ${number}.`,
        );
      }
      return known === number ? readKept(doc) : undefined;
    },
    keep({ session, number }, kept, now) {
      const doc: Doc = { number: Long.fromBigInt(number), at: now, type: kept.type };
      if (kept.type === 'writes') {
        doc['statements'] = [...kept.results.keys()];
        doc['results'] = [...kept.results.values()];
      }
      storage.put('replies', session, encode(doc));
    },
    olderThan(instant, limit) {
      const found: Uint8Array[] = [];
      for (const { key, value } of storage.scan('replies', EVERYTHING)) {
        const at = decode(value)['at'];
        if (at instanceof Date && at < instant) found.push(key);
        if (found.length >= limit) break;
      }
      return found;
    },
    forget: (session) => storage.remove('replies', session),
  };
}

function readNumber(value: unknown): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(Number(value));
}

function readKept(doc: Doc): Kept {
  if (doc['type'] === 'committed') return { type: 'committed' };
  if (doc['type'] === 'aborted') return { type: 'aborted' };
  const statements = Array.isArray(doc['statements']) ? doc['statements'] : [];
  const results = Array.isArray(doc['results']) ? doc['results'] : [];
  const kept = new Map<number, Doc>();
  statements.forEach((statement, at) => {
    const result = results[at];
    if (isDoc(result)) kept.set(Number(statement), result);
  });
  return { type: 'writes', results: kept };
}
