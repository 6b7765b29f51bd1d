import type { Log } from '../log.js';
import { createCache } from '../store/cache.js';
import { withNews, type Happening } from '../supporters/happening.js';
import type { OutboxItem } from '../supporters/outbox-item.js';
import type { Lease, SupporterRecord } from '../supporters/record.js';
import type { Supporters } from '../supporters/supporters.js';
import { createKeyedQueue } from './keyed-queue.js';

/** How long others leave the outbox of a supporter to the process that filled it. */
export const LEASE_MS = 15_000;
/** Writes lost against a quicker one before the input is refused. */
const MOST_CONFLICTS = 20;
/** Items already done are taken out of an idle supporter's outbox after this long. */
const TIDY_AFTER_MS = 150;

/** What a change makes of a record: the record to write, if any, and an answer for whoever asked. */
export type Change<T> = { readonly record?: SupporterRecord; readonly answer: T };

/** Who is written when nobody is found; `isNew` when it is known that nobody will be. */
export type Stranger = { readonly fresh: SupporterRecord; readonly isNew: boolean };

/**
 * Writes supporters' documents: one writer at a time for each supporter in this process, each write
 * guarded by the revision against the other processes.
 */
export type RecordWriter = {
  /**
   * Writes what `change` makes of the record, or of `fresh` when there is none; resolves with its
   * answer, or undefined when there is no record. `change` must be pure: a lost race runs it again.
   * A stranger who `isNew` is written without looking first.
   */
  write<T>(
    id: string,
    stranger: Stranger | undefined,
    change: (record: SupporterRecord) => Change<T>,
  ): Promise<T | undefined>;
  /** The record as it is, for reading only. */
  read(id: string): Promise<SupporterRecord | undefined>;
  /** Marks outbox items as done; they leave the document with its next write. */
  done(id: string, items: readonly string[]): void;
  /**
   * Takes or prolongs the lease of an outbox and answers what is still in it; where `seen` is given,
   * only if that lease is still the one there: nothing is answered when somebody was quicker.
   */
  takeLease(id: string, seen?: Lease): Promise<readonly OutboxItem[]>;
  /** The lease a turn takes at this moment. */
  newLease(): Lease;
  /** Whether no other process is at work under this lease. */
  isFree(lease: Lease | undefined): boolean;
  /** Those of the items that were not marked as done meanwhile. */
  undone(id: string, items: readonly OutboxItem[]): readonly OutboxItem[];
  /** Forgets what this process remembers of a supporter who is no more. */
  forget(id: string): void;
  /** Resolves when no write is under way and what is done has left the documents. */
  settle(): Promise<void>;
};

/** `owner` names this process in leases; `now` is in epoch milliseconds. */
export function createRecordWriter(options: {
  readonly supporters: Pick<Supporters, 'get' | 'save'>;
  readonly owner: string;
  readonly log: Log;
  now(): number;
  /** What is noted in a record that a write makes true; absent: nothing. */
  watched?(): readonly Happening[];
}): RecordWriter {
  const { supporters, owner, log, now, watched = () => [] } = options;
  const queue = createKeyedQueue();
  const records = createCache<SupporterRecord>(5_000);
  const finished = new Map<string, Set<string>>();
  const tidying = new Map<string, NodeJS.Timeout>();
  let settling = false;

  async function writeNow<T>(
    id: string,
    stranger: Stranger | undefined,
    change: (record: SupporterRecord) => Change<T>,
  ): Promise<T | undefined> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      const isNew = conflicts === 0 && stranger?.isNew === true;
      const found = records.get(id) ?? (isNew ? undefined : await supporters.get(id));
      const before = found ?? stranger?.fresh;
      if (before === undefined) {
        finished.delete(id);
        return undefined;
      }
      // Until it is written, the cached record is not to be trusted: a write may fail in doubt.
      records.delete(id);
      const gone = new Set(finished.get(id));
      const outbox = undone(id, before.outbox);
      const { record, answer } = change({ ...before, outbox });
      if (record === undefined) return answer;
      const told = withNews(before, record, watched(), new Date(now()));
      const saved = await supporters.save(told.outbox.length === 0 ? unleased(told) : told);
      if (saved !== undefined) {
        records.set(id, saved);
        clear(id, gone);
        return answer;
      }
    }
    throw new Error('Too many writers at once for one supporter.');
  }

  function clear(id: string, gone: ReadonlySet<string>): void {
    const rest = [...(finished.get(id) ?? [])].filter((item) => !gone.has(item));
    if (rest.length === 0) finished.delete(id);
    else finished.set(id, new Set(rest));
  }

  const newLease = (): Lease => ({ owner, until: new Date(now() + LEASE_MS) });

  const undone = (id: string, items: readonly OutboxItem[]): readonly OutboxItem[] =>
    items.filter((item) => finished.get(id)?.has(item.id) !== true);

  /** Takes done items out of the outbox, and gives the lease back with the last of them. */
  async function tidy(id: string): Promise<void> {
    if (!finished.has(id)) return;
    try {
      await writeNow(id, undefined, (record) => ({ record, answer: undefined }));
    } catch (error) {
      log.error({ err: error, supporter: id }, 'outbox not tidied');
      // Left there, they would be done again by whoever finds the lease run out.
      if (!settling) tidyLater(id);
    }
  }

  function tidyLater(id: string): void {
    if (tidying.has(id)) return;
    const timer = setTimeout(() => {
      tidying.delete(id);
      void queue.run(id, () => tidy(id));
    }, TIDY_AFTER_MS);
    tidying.set(id, timer);
  }

  return {
    write: (id, stranger, change) => queue.run(id, () => writeNow(id, stranger, change)),
    // Never from memory: another process may have written since.
    read: (id) => queue.run(id, () => supporters.get(id)),
    done(id, items) {
      const gone = finished.get(id) ?? new Set<string>();
      for (const item of items) gone.add(item);
      finished.set(id, gone);
      tidyLater(id);
    },
    async takeLease(id, seen) {
      const outbox = await queue.run(id, () => {
        records.delete(id);
        return writeNow(id, undefined, (record) => {
          const { lease, outbox: left } = record;
          const isTaken = seen !== undefined && !isSame(lease, seen);
          if (isTaken || (lease === undefined && left.length === 0)) return { answer: [] };
          return { record: { ...record, lease: newLease() }, answer: left };
        });
      });
      return undone(id, outbox ?? []);
    },
    newLease,
    isFree: (lease) =>
      lease === undefined || lease.owner === owner || lease.until.getTime() <= now(),
    undone,
    forget(id) {
      records.delete(id);
      finished.delete(id);
    },
    async settle() {
      settling = true;
      await queue.idle();
      for (const timer of tidying.values()) clearTimeout(timer);
      tidying.clear();
      await Promise.all([...finished.keys()].map((id) => queue.run(id, () => tidy(id))));
    },
  };
}

/** Where nothing is left to do, a lease would only run out again and again. */
function unleased(record: SupporterRecord): SupporterRecord {
  const { lease: _, ...rest } = record;
  return rest;
}

function isSame(one: Lease | undefined, other: Lease): boolean {
  return one?.owner === other.owner && one.until.getTime() === other.until.getTime();
}
