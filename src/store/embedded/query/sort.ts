import { badValue, location } from './command-error.js';
import { compareValues } from './compare.js';
import { numberOf } from './numbers.js';
import { parsePath } from './path.js';
import type { Segment } from './path.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';

type SortField = { path: readonly Segment[]; direction: 1 | -1 };

/** Compiles a sort pattern; an array counts by its least element, or its greatest when descending. */
export function compileSort(spec: Doc): (a: Doc, b: Doc) => number {
  const fields = readSort(spec);
  return (a, b) => {
    for (const { path, direction } of fields) {
      const order = compareValues(sortValue(a, path, direction), sortValue(b, path, direction));
      if (order !== 0) return order * direction;
    }
    return 0;
  };
}

function readSort(spec: Doc): SortField[] {
  return Object.entries(spec).map(([name, value]): SortField => {
    const direction = numberOf(value);
    if (isDoc(value))
      throw badValue(`$meta sort is not supported by the embedded store: '${name}'`);
    if (direction !== 1 && direction !== -1) {
      throw location(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    }
    if (name === '' || name.startsWith('$') || name.split('.').includes('')) {
      throw location(16410, `FieldPath field names may not be empty or start with '$': '${name}'`);
    }
    return { path: parsePath(name), direction };
  });
}

/** Sorts documents (stable), keeping at most about twice `limit` in memory when one is given. */
export function sortDocs(docs: Iterable<Doc>, spec: Doc, limit?: number): Doc[] {
  const fields = readSort(spec);
  let rows: { doc: Doc; keys: (Value | undefined)[] }[] = [];
  const order = (a: { keys: (Value | undefined)[] }, b: { keys: (Value | undefined)[] }) => {
    for (let i = 0; i < fields.length; i++) {
      const compared = compareValues(a.keys[i], b.keys[i]);
      if (compared !== 0) return compared * (fields[i]?.direction ?? 1);
    }
    return 0;
  };
  const most = limit === undefined ? Infinity : Math.max(limit * 2, 1000);
  for (const doc of docs) {
    rows.push({ doc, keys: fields.map(({ path, direction }) => sortValue(doc, path, direction)) });
    if (rows.length >= most) rows = rows.sort(order).slice(0, limit);
  }
  return rows
    .sort(order)
    .slice(0, limit)
    .map(({ doc }) => doc);
}

/** The value a document sorts by; missing counts as null, an empty array as less than that. */
function sortValue(doc: Doc, path: readonly Segment[], direction: 1 | -1): Value | undefined {
  const [first] = path;
  const direct = first && path.length === 1 ? getField(doc, first.name) : undefined;
  if (first && path.length === 1 && !Array.isArray(direct)) return direct ?? null;
  const candidates: (Value | undefined)[] = [];
  collect(doc, path, 0, candidates);
  let best = candidates[0];
  for (const candidate of candidates) {
    if (compareValues(candidate, best) * direction < 0) best = candidate;
  }
  return best;
}

function collect(
  value: Value | undefined,
  path: readonly Segment[],
  at: number,
  out: (Value | undefined)[],
): void {
  const segment = path[at];
  if (segment === undefined) {
    if (!Array.isArray(value)) out.push(value ?? null);
    else if (value.length === 0) out.push(undefined);
    else out.push(...value);
  } else if (isDoc(value)) {
    collect(getField(value, segment.name), path, at + 1, out);
  } else if (Array.isArray(value) && value.length > 0) {
    for (const element of value) if (isDoc(element)) collect(element, path, at, out);
    if (segment.index !== undefined && segment.index < value.length) {
      collect(value[segment.index], path, at + 1, out);
    }
    if (out.length === 0) out.push(null);
  } else {
    out.push(null);
  }
}
