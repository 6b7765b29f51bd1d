import type { CsvRow } from './open-csv.js';
import { fold } from '../engine/fold.js';

/** What a file's columns may be called, by the name that readers use; headers are compared folded. */
export type ColumnNames = { readonly [name: string]: readonly string[] };

/** Reads the cells of a row by name: trimmed, without signs that control; empty where there is no such column. */
export type Cells<N extends string = string> = (name: N) => string;

// Also those that turn the direction of a text.
const UNSEEN = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * Where each named column stands in a header: the first of its names that is there. Columns that nobody asks
 * for are left alone.
 */
export function findColumns<T extends ColumnNames>(
  header: readonly string[],
  names: T,
): ReadonlyMap<keyof T & string, number> {
  const folded = header.map((name) => fold(name));
  const found = new Map<keyof T & string, number>();
  for (const [name, aliases] of Object.entries(names)) {
    const at = aliases.map((alias) => folded.indexOf(fold(alias))).find((index) => index >= 0);
    if (at !== undefined) found.set(name, at);
  }
  return found;
}

/** A reader of the row's cells. */
export function cellsOf<N extends string>(
  { cells }: CsvRow,
  columns: ReadonlyMap<N, number>,
): Cells<N> {
  return (name) => {
    const at = columns.get(name);
    return at === undefined ? '' : plain(cells[at] ?? '');
  };
}

/** One line of plain text: what a cell says. */
export function plain(cell: string): string {
  return cell.replace(UNSEEN, ' ').trim();
}
