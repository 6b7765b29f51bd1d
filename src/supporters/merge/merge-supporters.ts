import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { documentBytes } from '../../store/document-bytes.js';
import type { Transaction } from '../../store/transaction.js';
import { guardOf, type AddressRow } from '../addresses.js';
import { DOCUMENT_BYTES } from '../bounds.js';
import { withConsentsNow } from '../consents-now.js';
import type { People } from '../open-people.js';
import { withReach } from '../reachable-on.js';
import type { SupporterRecord } from '../record.js';
import { withSearchWords } from '../search-words.js';
import { mergeRecords } from './merge-records.js';
import type { MergeRow, Proof } from './merges.js';
import { splitRecords } from './split-records.js';

/** How long what is still being sent to either is waited for. */
const QUIET_WITHIN_MS = 30_000;
const LOOK_AGAIN_MS = 100;

/** Why two are not merged, or a merge is not undone. */
export type MergeRefusal =
  /** There is no such supporter, or no such merge (any more). */
  | 'unknown'
  /** Both are one supporter already. */
  | 'same'
  /** One of them is being erased. */
  | 'erasing'
  /** Something is still being sent to one of them. */
  | 'busy'
  /** Both together know more than one profile may hold. */
  | 'too_large'
  /** A later merge has to be undone first. */
  | 'not_the_last';

export type MergeOutcome =
  | { readonly type: 'done'; readonly id: string }
  | { readonly type: 'refused'; readonly reason: MergeRefusal };

export type MergingOptions = Pick<
  People,
  'supporters' | 'addresses' | 'files' | 'journal' | 'merges' | 'transact'
> & {
  now(): number;
};

export type MergeOptions = {
  /** Whose conversation goes on: the one last active, unless told otherwise. */
  readonly goesOn?: 'latest' | 'kept';
  /** The item in the outbox of `merged` that asked for this; the merge settles it. */
  readonly act?: string;
};

/** Makes one profile of two, and two of one again. */
export type Merging = {
  /** Merges `merged` into `kept`, whose id lives on. The proof is the caller's to check. */
  merge(kept: string, merged: string, proof: Proof, options?: MergeOptions): Promise<MergeOutcome>;
  /**
   * Undoes a merge. At once, both are byte for byte as they were; later, what came since goes to the one
   * whose address it came by, and a withdrawal of everything, or a conversation with the team, to both.
   */
  unmerge(merge: string): Promise<MergeOutcome>;
};

/**
 * Each is one transaction, guarded by what was read: killed at any moment, it is done or not begun. It
 * waits until nothing is left in an outbox, for what is there is about a profile that will not be.
 */
export function createMerging(options: MergingOptions): Merging {
  const { supporters, addresses, files, journal, merges, transact, now } = options;

  /** Tries until it is settled; what is `busy` or was overtaken is looked at again for a while. */
  async function settle(attempt: () => Promise<MergeOutcome | undefined>): Promise<MergeOutcome> {
    const latest = now() + QUIET_WITHIN_MS;
    for (;;) {
      const outcome = await attempt();
      if (outcome !== undefined) return outcome;
      if (now() >= latest) return refused('busy');
      await sleep(LOOK_AGAIN_MS);
    }
  }

  async function tryMerge(
    keptId: string,
    mergedId: string,
    proof: Proof,
    { goesOn, act }: MergeOptions,
  ): Promise<MergeOutcome | undefined> {
    if (keptId === mergedId) return refused('same');
    const [kept, asking] = await Promise.all([supporters.get(keptId), supporters.get(mergedId)]);
    if (kept === undefined || asking === undefined) return refused('unknown');
    const merged = act === undefined ? asking : withoutItem(asking, act);
    if (kept.erasing !== undefined || merged.erasing !== undefined) return refused('erasing');
    if (!isQuiet(kept) || !isQuiet(merged)) return undefined;
    const id = randomUUID();
    const next = rewritten(mergeRecords(kept, merged, goesOn), kept.revision + 1);
    if (documentBytes(next) > DOCUMENT_BYTES) return refused('too_large');
    const done = await transact(async (transaction) => {
      const places = { supporter: { $in: [keptId, mergedId] } };
      const rows = await transaction.find(addresses.table, places);
      const row: MergeRow = {
        _id: id,
        kept: keptId,
        merged: mergedId,
        at: new Date(now()),
        proof,
        before: { kept, merged, addresses: rows },
        after: { written: next.written, turns: next.turns },
      };
      await transaction.replace(supporters.table, guardOf(kept), withReach(next, rows));
      await transaction.removeOne(supporters.table, { _id: mergedId, ...guardOf(merged) });
      await transaction.set(addresses.table, { supporter: mergedId }, { supporter: keptId });
      await transaction.insert(merges.table, row);
    });
    return done ? { type: 'done', id } : undefined;
  }

  async function tryUnmerge(id: string): Promise<MergeOutcome | undefined> {
    const row = await merges.table.get(id);
    if (row?.before === undefined) return refused('unknown');
    const current = await supporters.get(row.kept);
    const later = await merges.of([row.kept]);
    const isLast = later.find(({ undone_at: undone }) => undone === undefined)?._id === id;
    if (!isLast || current === undefined) return refused('not_the_last');
    if (current.erasing !== undefined) return refused('erasing');
    if (!isQuiet(current)) return undefined;
    const isAtOnce = current.written === row.after.written;
    const { _id, kept: keptId, merged: mergedId, at, proof, after, before } = row;
    const owned = new Set(ownedBy(mergedId, before.addresses));
    const done = await transact(async (transaction) => {
      const split = isAtOnce
        ? { kept: before.kept, merged: before.merged, moved: [] }
        : await splitLater(transaction, row, before, current, owned);
      const rows = await transaction.find(addresses.table, { supporter: keptId });
      const stay = rows.filter((place) => !owned.has(place._id));
      const leave = rows.filter((place) => owned.has(place._id));
      await transaction.replace(supporters.table, guardOf(current), reached(split.kept, stay));
      await transaction.insert(supporters.table, reached(split.merged, leave));
      // An address that left since is not taken back from whoever has it now.
      const back = { _id: { $in: [...owned] }, supporter: keptId };
      await transaction.set(addresses.table, back, { supporter: mergedId });
      const moved = { _id: { $in: [...split.moved] } };
      await transaction.set(journal.table, moved, { supporter: mergedId });
      const theirs = { entry: { $in: [...split.moved] } };
      await transaction.set(files.table, theirs, { supporter: mergedId });
      const undone = { _id, kept: keptId, merged: mergedId, at, proof, after };
      await transaction.replace(
        merges.table,
        { undone_at: { $exists: false } },
        { ...undone, undone_at: new Date(now()) },
      );
    });
    return done ? { type: 'done', id } : undefined;
  }

  async function splitLater(
    transaction: Transaction,
    { kept, after }: MergeRow,
    before: NonNullable<MergeRow['before']>,
    current: SupporterRecord,
    owned: ReadonlySet<string>,
  ): Promise<ReturnType<typeof splitRecords>> {
    const since = await transaction.find(journal.table, {
      supporter: kept,
      turn: { $gt: after.turns },
    });
    const split = splitRecords(before, current, since, owned);
    return {
      ...split,
      kept: rewritten(split.kept, current.revision + 1),
      merged: rewritten(split.merged, before.merged.revision + 1),
    };
  }

  return {
    merge: (kept, merged, proof, how = {}) => settle(() => tryMerge(kept, merged, proof, how)),
    unmerge: (merge) => settle(() => tryUnmerge(merge)),
  };
}

function refused(reason: MergeRefusal): MergeOutcome {
  return { type: 'refused', reason };
}

/** The record once this item is done: with it goes the lease of who was at it. */
function withoutItem(record: SupporterRecord, id: string): SupporterRecord {
  const outbox = record.outbox.filter((item) => item.id !== id);
  const { lease: _, ...unleased } = record;
  return outbox.length === 0 ? { ...unleased, outbox } : { ...record, outbox };
}

/** Nothing is left to be done, so that nobody is at it. */
function isQuiet({ outbox }: SupporterRecord): boolean {
  return outbox.length === 0;
}

function rewritten(record: SupporterRecord, revision: number): SupporterRecord & Written {
  return {
    ...withSearchWords(withConsentsNow(record)),
    revision,
    written: `merge.${randomUUID()}`,
  };
}

/** The record as its addresses make it, which is the very same where none of them changed. */
function reached(record: SupporterRecord, rows: readonly AddressRow[]): SupporterRecord {
  const next = withSearchWords(withConsentsNow(withReach(record, rows)));
  // Whoever read it as it was, before the merge, must not write it so again.
  return next === record ? record : rewritten(next, record.revision);
}
type Written = { readonly written: string };

function ownedBy(supporter: string, rows: readonly AddressRow[]): string[] {
  return rows.filter((row) => row.supporter === supporter).map(({ _id }) => _id);
}
