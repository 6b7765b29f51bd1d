import type { CsvRow, OpenCsv } from '../../csv/open-csv.js';
import type { Row, Table } from '../../store/table.js';
import { keepRows } from './keep-rows.js';
import type { ImportOutcome, Refused } from './outcome.js';
import type { Rejects } from '../../csv/rejects.js';
import { createSeen } from './seen.js';

/** How far an import is. */
export type ImportProgress = (done: { readonly share: number; readonly rows: number }) => void;

/** What a row is to become: a row to keep, a refusal, or nothing because it was not asked for. */
export type ReadRow<T extends Row> = (row: CsvRow) => T | Refused | 'left_out';

type Options<T extends Row & { readonly at: Date }> = Parameters<typeof keepRows<T>>[2] & {
  readonly table: Table<T>;
  readonly read: ReadRow<T>;
  readonly rejects: Rejects;
  /** Puts together what several rows say of one thing; without it, the second of them is rejected. */
  readonly join?: (one: T, other: T) => T;
  /** Whether a row may be longer than the header. */
  readonly longRows?: boolean;
  readonly progress?: ImportProgress;
};

/**
 * Takes a table row by row into a collection, a batch at a time. A row that cannot be read goes to the
 * rejects, and the others go on. Killed at any instant, it is run again and does what is left. With `join`,
 * what is counted is what came of a batch's rows, so that one thing may count in several batches.
 */
export async function importTable<T extends Row & { readonly at: Date }>(
  csv: OpenCsv,
  { table, read, rejects, join, longRows = false, progress, ...how }: Options<T>,
): Promise<ImportOutcome> {
  let [rows, created, changed, unchanged, rejected, leftOut] = [0, 0, 0, 0, 0, 0];
  const seen = createSeen();
  const refuse = async (row: CsvRow, reason: string): Promise<void> => {
    rejected += 1;
    await rejects.add(row, reason);
  };
  try {
    for await (const batch of csv.rows()) {
      const fresh = new Map<string, T>();
      for (const row of batch) {
        rows += 1;
        const found = row.cells.length > csv.header.length && !longRows ? TOO_LONG : read(row);
        if (found === 'left_out') leftOut += 1;
        else if (isRefused(found)) await refuse(row, found.reason);
        else if (join !== undefined) {
          const before = fresh.get(found._id);
          fresh.set(found._id, before === undefined ? found : join(before, found));
        } else if (seen.add(found._id)) fresh.set(found._id, found);
        else await refuse(row, `an earlier row of this file is the same (${found._id})`);
      }
      const kept = await keepRows(table, [...fresh.values()], how);
      created += kept.created;
      changed += kept.changed;
      unchanged += kept.unchanged;
      progress?.({ share: csv.bytesRead() / Math.max(1, csv.bytes), rows });
    }
  } finally {
    await rejects.close();
  }
  return {
    rows,
    created,
    changed,
    unchanged,
    rejected,
    left_out: leftOut,
    ...(rejected === 0 ? {} : { rejects: rejects.path }),
  };
}

const TOO_LONG: Refused = {
  type: 'refused',
  reason: 'more cells than the header has columns: a cell with the delimiter in it needs quotes',
};

function isRefused(found: Row | Refused): found is Refused {
  return 'type' in found && found.type === 'refused';
}
