import { CommandError } from './command-error.js';
import type { Segment } from './path.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';

/** The values of one key; `found` tells whether any of them exists in the document. */
export type Tuple = { values: (Value | undefined)[]; found: boolean };

/** A walk along one indexed path: over, or standing at `at` with segment `next` to take. */
type Cursor =
  | { type: 'done'; value: Value | undefined; found: boolean }
  | { type: 'walking'; at: Value | undefined; next: number };

const missing: Cursor = { type: 'done', value: null, found: false };
const emptyArray: Cursor = { type: 'done', value: undefined, found: true };

/**
 * Takes a document apart into the tuples that an index stores: one per element of the array on its
 * paths. A missing field counts as null, an empty array as undefined.
 * Throws a CommandError (171) when two different arrays are indexed together.
 */
export function tuplesOf(doc: Doc, paths: readonly (readonly Segment[])[]): Tuple[] {
  const tuples: Tuple[] = [];
  const start: Cursor = { type: 'walking', at: doc, next: 0 };
  expand(
    paths.map(() => start),
    paths,
    tuples,
  );
  return tuples;
}

/** Whether a document has an array on one of the paths. */
export function meetsArray(doc: Doc, paths: readonly (readonly Segment[])[]): boolean {
  return paths.some((path) => {
    const cursor = advance({ type: 'walking', at: doc, next: 0 }, path);
    return cursor.type === 'walking';
  });
}

function expand(
  cursors: readonly Cursor[],
  paths: readonly (readonly Segment[])[],
  tuples: Tuple[],
): void {
  const reached = cursors.map((cursor, i) => advance(cursor, paths[i] ?? []));
  const array = commonArray(reached);
  if (array === undefined) {
    const done = reached.filter((cursor) => cursor.type === 'done');
    tuples.push({
      values: done.map(({ value }) => value),
      found: done.some(({ found }) => found),
    });
    return;
  }
  const count = Math.max(array.length, 1);
  for (let i = 0; i < count; i++) {
    for (const choice of choices(reached, paths, array, i)) expand(choice, paths, tuples);
  }
}

/** Walks through documents up to the end of the path or to an array. */
function advance(cursor: Cursor, path: readonly Segment[]): Cursor {
  if (cursor.type === 'done') return cursor;
  let { at, next } = cursor;
  for (let segment = path[next]; segment !== undefined; segment = path[next]) {
    if (Array.isArray(at)) return { type: 'walking', at, next };
    if (!isDoc(at)) return missing;
    at = getField(at, segment.name);
    next += 1;
  }
  if (at === undefined) return missing;
  if (Array.isArray(at)) return { type: 'walking', at, next };
  return { type: 'done', value: at, found: true };
}

function commonArray(cursors: readonly Cursor[]): Value[] | undefined {
  let array: Value[] | undefined;
  for (const cursor of cursors) {
    if (cursor.type === 'done' || !Array.isArray(cursor.at)) continue;
    if (array !== undefined && array !== cursor.at) {
      throw new CommandError(171, 'CannotIndexParallelArrays', 'cannot index parallel arrays');
    }
    array = cursor.at;
  }
  return array;
}

/** All ways to go on with element `i`: a numeric segment may name a field or the position. */
function choices(
  cursors: readonly Cursor[],
  paths: readonly (readonly Segment[])[],
  array: readonly Value[],
  i: number,
): Cursor[][] {
  let combined: Cursor[][] = [[]];
  cursors.forEach((cursor, field) => {
    const ways = enter(cursor, paths[field] ?? [], array, i);
    combined = combined.flatMap((before) => ways.map((way) => [...before, way]));
  });
  return combined;
}

function enter(
  cursor: Cursor,
  path: readonly Segment[],
  array: readonly Value[],
  i: number,
): Cursor[] {
  if (cursor.type === 'done') return [cursor];
  const { next } = cursor;
  const element = array[i];
  if (next === path.length) {
    return element === undefined ? [emptyArray] : [{ type: 'done', value: element, found: true }];
  }
  const ways: Cursor[] = [isDoc(element) ? { type: 'walking', at: element, next } : missing];
  if (element !== undefined && path[next]?.index === i) {
    // A position names its element as it is: an array there is not taken apart.
    ways.push(
      next + 1 === path.length
        ? { type: 'done', value: element, found: true }
        : { type: 'walking', at: element, next: next + 1 },
    );
  }
  return ways;
}
