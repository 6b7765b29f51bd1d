import { compareBytes } from './compare.js';
import { both } from './constraints.js';
import { exactBut } from './exactness.js';
import type { Telling } from './exactness.js';
import type { Conjunction, Constraint } from './constraints.js';
import { intersect } from './intervals.js';
import type { Interval } from './intervals.js';
import { bytesAfter } from './key-encoding.js';
import { KEY_LIMIT } from './keys.js';
import type { Direction, IndexField } from './keys.js';

/** A range of keys; the upper end is exclusive. */
export type Bounds = { lower: Uint8Array; upper: Uint8Array };

/** What a query means in one index. */
export type Reach = {
  bounds: Bounds[];
  /** How well the bounds narrow the search; 0 is not at all. */
  score: number;
  /** The fields that every document found shares one value of. */
  fixed: ReadonlySet<string>;
  /** See `exactBut`. */
  exactBut: readonly string[] | undefined;
  /** Whether they are one key in full, which no document has twice. */
  isOneKey: boolean;
};

/** Every key of an index. */
export const everything: Reach = {
  bounds: [{ lower: Uint8Array.of(0), upper: Uint8Array.of(0xff) }],
  score: 0,
  fixed: new Set(),
  exactBut: undefined,
  isOneKey: false,
};

const MOST_BOUNDS = 1000;
const MOST_ALTERNATIVES = 100;

/** Finds the bounds a query has in an index; every document that matches has a key within them. */
export function reachOf(
  fields: readonly IndexField[],
  telling: Telling,
  query: Conjunction,
): Reach {
  let best = reachOfConstraints(fields, telling, query.constraints);
  if (query.alternatives.length > 0) best = { ...best, exactBut: undefined };
  for (const branches of query.alternatives) {
    if (branches.length > MOST_ALTERNATIVES) continue;
    const shared = { constraints: query.constraints, alternatives: [] };
    const reaches = branches.map((branch) => reachOf(fields, telling, both(shared, branch)));
    const scores = reaches.map((reach) => reach.score);
    // The worst branch decides; among equals the better rest does.
    const mean = scores.reduce((sum, one) => sum + one, 0) / scores.length;
    const score = Math.min(...scores) && Math.min(...scores) + mean / 100;
    if (score <= best.score) continue;
    const bounds = joinBounds(reaches.flatMap((reach) => reach.bounds));
    const isExact = query.alternatives.length === 1 && bounds.every(isShort);
    best = {
      bounds,
      score,
      fixed: new Set(),
      exactBut: isExact ? commonRest(reaches) : undefined,
      isOneKey: false,
    };
  }
  return best;
}

// Documents with one field may only be taken away from all branches alike.
function commonRest(reaches: readonly Reach[]): readonly string[] | undefined {
  const [first, ...rest] = reaches.map((reach) => reach.exactBut?.toSorted());
  return rest.every((other) => other?.join('\0') === first?.join('\0')) ? first : undefined;
}

// Longer ones are cut, and so are the keys they are compared with.
function isShort({ lower, upper }: Bounds): boolean {
  return lower.length < KEY_LIMIT && upper.length < KEY_LIMIT;
}

function reachOfConstraints(
  fields: readonly IndexField[],
  telling: Telling,
  constraints: readonly Constraint[],
): Reach {
  const { multikey } = telling;
  let prefixes: Uint8Array[] = [new Uint8Array()];
  const fixed = new Set<string>();
  const used: string[] = [];
  const paths: string[] = [];
  let score = 0;
  const reached = (raw: readonly Bounds[], reachScore: number, isOneKey: boolean): Reach => {
    const bounds = joinBounds(raw);
    const rest = bounds.every(isShort) ? exactBut(constraints, paths, telling) : undefined;
    return { bounds, score: reachScore, fixed, exactBut: rest, isOneKey };
  };
  for (const { path, direction } of fields) {
    const root = path.split('.', 1)[0] ?? path;
    // Two fields of one array may match in different elements, which no single key shows.
    if (multikey && used.includes(root)) break;
    const keysWithin = used.length === 0 ? telling.keysWithin : undefined;
    const intervals = intervalsOf(path, constraints, {
      multikey,
      keysOf: keysWithin && ((known) => countKeys(known, direction, keysWithin)),
    });
    if (!intervals) break;
    if (used.length > 0 && prefixes.length * intervals.length > MOST_BOUNDS) break;
    used.push(root);
    paths.push(path);
    if (!intervals.every(({ isPoint }) => isPoint)) {
      const bounds = prefixes.flatMap((prefix) =>
        intervals.map((interval) => boundsAfter(prefix, interval, direction)),
      );
      return reached(bounds, score + rangeScore(intervals), false);
    }
    prefixes = prefixes.flatMap((prefix) =>
      intervals.map(({ lower }) => concat(prefix, direction === 1 ? lower : inverted(lower))),
    );
    score += intervals.length > 1 ? 6 : 8;
    if (intervals.length === 1 && !multikey) fixed.add(path);
  }
  if (used.length === 0) {
    return { ...everything, exactBut: exactBut(constraints, [], telling) };
  }
  const bounds = prefixes.map((lower) => ({ lower, upper: bytesAfter(lower) }));
  return reached(bounds, score, prefixes.length === 1 && paths.length === fields.length);
}

function rangeScore(intervals: readonly Interval[]): number {
  const isWide = intervals.some(({ lower, upper }) => lower.length === 1 || upper.length === 1);
  return isWide ? 2 : 4;
}

function countKeys(
  intervals: readonly Interval[],
  direction: Direction,
  keysWithin: (bounds: Bounds) => number,
): number {
  const raw = intervals.map((interval) => boundsAfter(new Uint8Array(), interval, direction));
  return joinBounds(raw).reduce((sum, bounds) => sum + keysWithin(bounds), 0);
}

function intervalsOf(
  path: string,
  constraints: readonly Constraint[],
  {
    multikey,
    keysOf = () => 0,
  }: { multikey: boolean; keysOf: ((intervals: readonly Interval[]) => number) | undefined },
): Interval[] | undefined {
  const known: Interval[][] = [];
  for (const { path: other, intervals } of constraints) {
    if (other === path && intervals) known.push(intervals);
  }
  const [first, ...rest] = known;
  if (!first) return undefined;
  if (!multikey) return rest.reduce((a, b) => intersect(a, b), first);
  // Different elements may satisfy each clause, so only one of them can bound the search: the narrowest
  // by its look, and of several such the one with the fewest keys.
  const least = Math.min(...known.map(breadth));
  const [only, ...others] = known.filter((intervals) => breadth(intervals) === least);
  if (!only || others.length === 0) return only;
  const counted = [only, ...others].map((intervals) => ({ intervals, keys: keysOf(intervals) }));
  return counted.reduce((a, b) => (b.keys < a.keys ? b : a)).intervals;
}

function breadth(intervals: readonly Interval[]): number {
  const pointsOnly = intervals.every(({ isPoint }) => isPoint);
  return pointsOnly ? intervals.length : MOST_BOUNDS + intervals.length;
}

function boundsAfter(prefix: Uint8Array, interval: Interval, direction: Direction): Bounds {
  const { lower, upper } = interval;
  if (direction === 1) return { lower: concat(prefix, lower), upper: concat(prefix, upper) };
  // Complements turn the order round; what starts with an end stays on its side of it.
  return {
    lower: concat(prefix, bytesAfter(inverted(upper))),
    upper: concat(prefix, bytesAfter(inverted(lower))),
  };
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

function inverted(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => ~byte & 0xff);
}

/** Cuts bounds as keys are cut, then sorts and joins them. */
function joinBounds(bounds: readonly Bounds[]): Bounds[] {
  const sorted = bounds.map(cut).sort((a, b) => compareBytes(a.lower, b.lower));
  const joined: Bounds[] = [];
  for (const bound of sorted) {
    const last = joined.at(-1);
    if (!last || compareBytes(bound.lower, last.upper) > 0) joined.push(bound);
    else if (compareBytes(bound.upper, last.upper) > 0) {
      joined[joined.length - 1] = { lower: last.lower, upper: bound.upper };
    }
  }
  return joined;
}

function cut({ lower, upper }: Bounds): Bounds {
  return {
    lower: lower.slice(0, KEY_LIMIT),
    upper: upper.length > KEY_LIMIT ? bytesAfter(upper.slice(0, KEY_LIMIT)) : upper,
  };
}
