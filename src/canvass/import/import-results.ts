import { CsvFault } from '../../csv/csv-fault.js';
import { openCsv } from '../../csv/open-csv.js';
import type { ResultRow, Results } from '../results.js';
import type { ImportOptions } from './import-options.js';
import { importTable } from './import-table.js';
import type { ImportOutcome } from './outcome.js';
import { findResultLayout, mergeResult, readResult } from './read-result.js';
import { openRejects } from '../../csv/rejects.js';

export type ResultsOptions = ImportOptions & {
  /** For files that do not say of which election they are. */
  readonly election?: string;
};

/**
 * Takes a file of results by polling station in: data.gouv's aggregated elections, turnout and candidates
 * in either order, or the ministry's own files, in which a row has all candidates.
 */
export async function importResults(
  { table }: Results,
  path: string,
  { at, election, only = [], progress }: ResultsOptions,
): Promise<ImportOutcome> {
  const csv = await openCsv(path);
  const layout = findResultLayout(csv.header);
  if (layout === undefined) {
    throw new CsvFault(
      `This is no file of results by polling station: it needs id_brut_miom, or code_commune and code_bv, with inscrits or voix. Its header has: ${csv.header.slice(0, 30).join(', ')}.`,
    );
  }
  return importTable<ResultRow>(csv, {
    table,
    read(row) {
      const found = readResult(row, layout, { election, at });
      if ('type' in found || only.length === 0) return found;
      return only.some((start) => found.station.startsWith(start)) ? found : 'left_out';
    },
    rejects: await openRejects(path, csv),
    longRows: layout.repeats,
    // A station has a row for each candidate.
    join: mergeResult,
    merge: mergeResult,
    ...(progress === undefined ? {} : { progress }),
  });
}
