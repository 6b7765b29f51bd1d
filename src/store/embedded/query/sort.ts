import { CommandError } from './command-error.js';
import type { Doc } from './values.js';

/** Compiles a sort pattern; an array counts by its least element, or its greatest when descending. */
export function compileSort(_spec: Doc): (a: Doc, b: Doc) => number {
  throw new CommandError(238, 'NotImplemented', 'sort is not supported by the embedded store');
}

/** Sorts documents (stable), keeping only the first `limit` in memory when one is given. */
export function sortDocs(_docs: Iterable<Doc>, _spec: Doc, _limit?: number): Doc[] {
  throw new CommandError(238, 'NotImplemented', 'sort is not supported by the embedded store');
}
