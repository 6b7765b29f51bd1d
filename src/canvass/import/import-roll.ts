import { basename } from 'node:path';
import { randomUUID } from 'node:crypto';
import { cellsOf, findColumns } from '../../csv/columns.js';
import { CsvFault } from '../../csv/csv-fault.js';
import { openCsv } from '../../csv/open-csv.js';
import { openRejects } from '../../csv/rejects.js';
import {
  UNDERTAKING,
  type RollAddresses,
  type RollAddressRow,
  type RollList,
  type Undertakings,
} from '../roll.js';
import type { ImportProgress } from './import-table.js';
import { keepRows } from './keep-rows.js';
import type { ImportOutcome } from './outcome.js';
import { readVoter, VOTER_COLUMNS } from './read-voter.js';
import { createSeen } from './seen.js';

const BATCH = 1_000;

type Counted = {
  readonly voters: { [list in RollList]?: number };
  readonly stations: Map<string, number>;
};

function newlyCounted(): Counted {
  return { voters: {}, stations: new Map() };
}

/**
 * Counts the electoral roll by address: how many are registered there, and where they vote. Whoever reads
 * it undertakes first to make no commercial use of it; that is kept before a row is read. Names and dates
 * are never kept, nor looked at: homonyms are two people, dates such as 00/00/1953 are none of our
 * business, and order numbers, which are not unique, tell nobody apart. Only a row that is wholly the same
 * as an earlier one counts once. What is counted replaces what an earlier file said of the same address
 * and list.
 */
export async function importRoll(
  tables: { readonly roll: RollAddresses; readonly undertakings: Undertakings },
  path: string,
  {
    at,
    name,
    purpose,
    progress,
  }: {
    readonly at: Date;
    readonly name: string;
    readonly purpose: string;
    readonly progress?: ImportProgress;
  },
): Promise<ImportOutcome> {
  const csv = await openCsv(path);
  const columns = findColumns(csv.header, VOTER_COLUMNS);
  const missing = (['street', 'station'] as const).filter((column) => !columns.has(column));
  if (missing.length > 0) {
    throw new CsvFault(
      'This is no electoral roll as the répertoire électoral unique gives it: it needs the columns "libellé de voie" and "code du bureau de vote".',
    );
  }
  const file = basename(path);
  const undertaking = { _id: randomUUID(), name, purpose, wording: UNDERTAKING, file, at };
  await tables.undertakings.table.insert(undertaking);

  const counted = new Map<string, Counted>();
  const seen = createSeen();
  const rejects = await openRejects(path, csv);
  let [rows, rejected] = [0, 0];
  try {
    for await (const batch of csv.rows()) {
      for (const row of batch) {
        rows += 1;
        const voter = readVoter(cellsOf(row, columns));
        const reason = 'type' in voter ? voter.reason : undefined;
        const isRepeated = reason === undefined && !seen.add(row.cells.join('\u0000'));
        if ('type' in voter || isRepeated) {
          rejected += 1;
          await rejects.add(row, reason ?? 'wholly the same as an earlier row');
          continue;
        }
        const there = counted.get(voter.building) ?? newlyCounted();
        counted.set(voter.building, there);
        there.voters[voter.list] = (there.voters[voter.list] ?? 0) + 1;
        there.stations.set(voter.station, (there.stations.get(voter.station) ?? 0) + 1);
      }
      progress?.({ share: csv.bytesRead() / Math.max(1, csv.bytes), rows });
    }
  } finally {
    await rejects.close();
  }
  const kept = await keepCounted(tables.roll, counted, at);
  return {
    rows,
    ...kept,
    rejected,
    left_out: 0,
    ...(rejected === 0 ? {} : { rejects: rejects.path }),
  };
}

async function keepCounted(
  { table }: RollAddresses,
  counted: ReadonlyMap<string, Counted>,
  at: Date,
): Promise<Pick<ImportOutcome, 'created' | 'changed' | 'unchanged'>> {
  const sum = { created: 0, changed: 0, unchanged: 0 };
  const merge = (kept: RollAddressRow, fresh: RollAddressRow): RollAddressRow => ({
    ...fresh,
    voters: { ...kept.voters, ...fresh.voters },
  });
  let batch: RollAddressRow[] = [];
  const keep = async (): Promise<void> => {
    const { created, changed, unchanged } = await keepRows(table, batch, { merge });
    sum.created += created;
    sum.changed += changed;
    sum.unchanged += unchanged;
    batch = [];
  };
  for (const [_id, { voters, stations }] of counted) {
    batch.push({ _id, station: mostOf(stations), voters, at });
    if (batch.length === BATCH) await keep();
  }
  await keep();
  return sum;
}

/** The station with most; of two with as many, the one whose code comes first. */
function mostOf(stations: ReadonlyMap<string, number>): string {
  const [most] = [...stations].toSorted(
    ([code, count], [other, otherCount]) => otherCount - count || (code < other ? -1 : 1),
  );
  return most?.[0] ?? '';
}
