import type { CsvRow } from '../../../csv/open-csv.js';

/** What an import of supporters did, or would do. */
export type SupporterImport = {
  /** Rows of the file, without its header. */
  readonly rows: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  /** Left out because they were erased, and have not agreed since. */
  readonly left_out: number;
  /** Consents and refusals that were recorded. */
  readonly consents: number;
  readonly refusals: number;
  /** Addresses on a network that somebody else here has. */
  readonly addresses_taken: number;
  /** Values that could not be read, and were left out because that was asked for. */
  readonly bad_cells: number;
  /** Columns that nothing was taken from. */
  readonly unused_columns: readonly string[];
  /** The first of the rejected rows. */
  readonly problems: readonly { readonly line: number; readonly reason: string }[];
  /** The file of the rejected rows; absent when there is none. */
  readonly rejects?: string;
};

/** Problems that are told at once. */
const MOST_PROBLEMS = 10;

/** The figures while they are counted. */
export type Tally = {
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  rejected: number;
  left_out: number;
  consents: number;
  refusals: number;
  addresses_taken: number;
  bad_cells: number;
  readonly problems: { line: number; reason: string }[];
};

/** Nothing counted yet. */
export function newTally(): Tally {
  return {
    rows: 0,
    created: 0,
    changed: 0,
    unchanged: 0,
    rejected: 0,
    left_out: 0,
    consents: 0,
    refusals: 0,
    addresses_taken: 0,
    bad_cells: 0,
    problems: [],
  };
}

/** Counts a rejected row. */
export function countRejected(tally: Tally, { line }: CsvRow, reason: string): void {
  tally.rejected += 1;
  if (tally.problems.length < MOST_PROBLEMS) tally.problems.push({ line, reason });
}
