import type { Merges } from '../../supporters/merge/merges.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { Summary, SupporterRecord } from '../../supporters/record.js';
import { isTrial } from '../checkout/is-trial.js';
import type { Book } from './book.js';
import { givenCents, type DonationRow } from './donation.js';
import type { Donations, DonorRow } from './donations.js';

const BATCH = 100;
/** Batches in one go; what is left waits for the next. */
const MOST_BATCHES = 20;
/** Clocks of processes that merge and of this one may differ by so much. */
const OVERLAP_MS = 120_000;

export type RecountOptions = {
  readonly tables: Donations;
  readonly book: Book;
  readonly merges: Pick<Merges, 'table'>;
  /** Only what is tried out counts, or only what is given. */
  readonly trial: boolean;
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Changes a record under its guard. */
  change(supporter: string, change: (record: SupporterRecord) => SupporterRecord): Promise<void>;
  report(error: unknown): void;
  now(): number;
};

/**
 * Keeps what profiles say of donations in step with the book, and what is over the ceiling in step with
 * merges. What is said is counted anew each time, so that it may be done again at any moment.
 */
export function createRecount(options: RecountOptions) {
  const { tables, book, merges, now } = options;
  const { donations, donors } = tables;
  let mergesFrom = 0;
  /** Merges heeded already, and whether they were undone; only those of the last minutes. */
  let heeded = new Set<string>();

  async function recount(row: DonorRow): Promise<void> {
    await book.settleExcess(row.supporter, row.election);
    const record = await options.find(row.supporter);
    if (record !== undefined && record.erasing === undefined) {
      const own = { supporter: { $in: [...identitiesOf(record)] }, state: 'paid' };
      const paid = (await donations.find(own)).filter(
        ({ gateway }) => isTrial(gateway) === options.trial,
      );
      const summary = summaryOf(paid);
      await options.change(record._id, (current) => withDonations(current, summary));
    }
    // Should something have moved meanwhile, the row was written again, and is counted again.
    const current = await donors.get(row._id);
    if (current?.revision !== row.revision) return;
    const { stale: _, ...fresh } = row;
    await donors.replaceIf({ revision: row.revision }, fresh);
  }

  return {
    /** Counts anew for those whose gifts changed. */
    async recountStale(): Promise<void> {
      for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
        const rows = await donors.find({ stale: true }, { limit: BATCH });
        for (const row of rows) {
          await recount(row).catch((error: unknown) => options.report(error));
        }
        if (rows.length === 0) return;
      }
    },
    /** Has everybody counted anew whose profiles were merged or parted since this was asked last. */
    async heedMerges(): Promise<void> {
      const from = new Date(mergesFrom);
      const started = now() - OVERLAP_MS;
      const fields = ['kept', 'merged', 'undone_at'] as const;
      const seen = new Set<string>();
      // Each by an index of its own.
      for (const recent of [{ at: { $gte: from } }, { undone_at: { $gte: from } }]) {
        for await (const row of merges.table.streamFields(recent, fields)) {
          const { _id, kept, merged, undone_at: undone } = row;
          const name = `${_id} ${undone?.getTime() ?? ''}`;
          const isHeeded = heeded.has(name) || seen.has(name);
          seen.add(name);
          if (isHeeded) continue;
          const supporter = { $in: [kept, merged] };
          await donors.set({ supporter, stale: { $exists: false } }, { stale: true });
        }
      }
      mergesFrom = started;
      heeded = seen;
    },
  };
}

function summaryOf(paid: readonly DonationRow[]): NonNullable<Summary['donations']> | undefined {
  const given = paid.filter((row) => givenCents(row) > 0);
  const last = Math.max(...given.map(({ paid_at: at }) => at?.getTime() ?? 0));
  if (given.length === 0) return undefined;
  return {
    count: given.length,
    totalCents: given.reduce((sum, row) => sum + givenCents(row), 0),
    lastAt: new Date(last),
  };
}

function withDonations(record: SupporterRecord, donations: Summary['donations']): SupporterRecord {
  const { donations: _old, ...others } = record.summary ?? {};
  const { summary: _summary, ...rest } = record;
  const summary = { ...others, ...(donations === undefined ? {} : { donations }) };
  return Object.keys(summary).length === 0 ? rest : { ...rest, summary };
}
