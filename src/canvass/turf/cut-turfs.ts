import { allot } from './allot.js';
import { layGraph, type DoorGraph, type PlacedDoor } from './door-graph.js';
import { createSplitter, loadOf, type Loaded, type Splitter } from './split.js';

/** Doors at most so far apart are neighbours, metres. */
export const REACH_METRES = 150;
/** How far the size of a turf may be off, as a part of what it should be. */
export const TOLERANCE = 0.1;
/** What is aimed at inside, so that what is cut again still comes out right. */
const AIM = 0.06;
/** Times that turfs of the wrong size are cut anew with a neighbour. */
const REPAIRS = 4;

export type CutOptions = {
  /** How many turfs, or how many doors each should have. */
  readonly wanted: { readonly turfs: number } | { readonly size: number };
  readonly reach?: number;
};

/** The options alone, of a wish that says more. */
export function optionsOf({ wanted, reach }: CutOptions): CutOptions {
  return reach === undefined ? { wanted } : { wanted, reach };
}

export type CutTurf<T> = {
  readonly doors: readonly T[];
  /**
   * Why its size is off by more than a tenth: one building alone is that large; the doors around cannot be
   * divided evenly, for they are an island; or no cut was found that keeps buildings and turfs whole.
   */
  readonly off?: 'building' | 'island' | 'uneven';
};

export type Cut<T> = {
  readonly turfs: readonly CutTurf<T>[];
  /** How many doors a turf should have. */
  readonly size: number;
  /** Areas that are out of reach of each other. */
  readonly islands: number;
};

/**
 * Cuts doors into turfs as alike as can be: each contiguous (its doors are joined where they are within
 * reach of each other), each building in one. The same doors are cut the same way every time.
 */
export function cutTurfs<T extends PlacedDoor>(doors: readonly T[], options: CutOptions): Cut<T> {
  const { wanted, reach = REACH_METRES } = options;
  if (doors.length === 0) return { turfs: [], size: 0, islands: 0 };
  const graph = layGraph(doors, reach);
  const size = sizeOf(graph.weights, doors.length, wanted);
  // A building that is a turf by itself counts as one, whatever its size.
  const loads = Float64Array.from(graph.weights, (weight) => Math.min(weight, size));
  const loaded = { ...graph, loads };
  const split = createSplitter(loaded);
  const islands = graph.islands.map((area) => loadOf(loaded, area));
  const counts = allot(islands, size, 'turfs' in wanted ? wanted.turfs : undefined);
  const areas = graph.islands.flatMap((area, at) => {
    const parts: Int32Array[] = [];
    divide(split, area, counts[at] ?? 1, parts);
    return repair(loaded, split, parts, (islands[at] ?? 0) / (counts[at] ?? 1)).map((part) => ({
      part,
      at,
    }));
  });
  const turfs = areas.map(({ part, at }) => {
    const within = [...part].flatMap((building) => graph.buildings[building] ?? []);
    const isOff = Math.abs(within.length / size - 1) > TOLERANCE;
    if (!isOff) return { doors: within };
    const isTower = [...part].some((building) => (graph.weights[building] ?? 0) > size);
    const average = (islands[at] ?? 0) / (counts[at] ?? 1);
    const isIsland = Math.abs(average / size - 1) > TOLERANCE - AIM / 2 || counts[at] === 1;
    return { doors: within, off: isTower ? 'building' : isIsland ? 'island' : 'uneven' } as const;
  });
  return { turfs, size, islands: graph.islands.length };
}

/** What a turf should have, where buildings that are larger alone are left out of the reckoning. */
function sizeOf(weights: Int32Array, doors: number, wanted: CutOptions['wanted']): number {
  if ('size' in wanted) return wanted.size;
  let size = doors / wanted.turfs;
  for (;;) {
    const towers = weights.filter((weight) => weight > size);
    const left = doors - towers.reduce((sum, weight) => sum + weight, 0);
    const turfs = wanted.turfs - towers.length;
    if (left <= 0 || turfs <= 0 || left / turfs >= size) return size;
    size = left / turfs;
  }
}

/** Divides an area into so many parts, halving again and again. */
function divide(split: Splitter, area: Int32Array, count: number, parts: Int32Array[]): void {
  const fewer = Math.floor(count / 2);
  // The more parts are still to be cut from a half, the nearer it must come.
  const tolerance = AIM / Math.max(1, Math.log2(count));
  const halves = count < 2 ? undefined : split(area, fewer / count, tolerance);
  if (halves === undefined) {
    parts.push(area);
    return;
  }
  divide(split, halves.one, fewer, parts);
  divide(split, halves.other, count - fewer, parts);
}

/** Cuts parts of the wrong size anew, each together with a neighbour, while that makes the two better. */
function repair(
  graph: Loaded,
  split: Splitter,
  found: readonly Int32Array[],
  size: number,
): Int32Array[] {
  const parts = [...found];
  const off = (part: Int32Array): number => Math.abs(loadOf(graph, part) / size - 1);
  const owners = new Map<number, number>();
  const own = (at: number): void => {
    for (const building of parts[at] ?? []) owners.set(building, at);
  };
  for (const at of parts.keys()) own(at);
  for (let time = 0; time < REPAIRS; time += 1) {
    const wrong = [...parts.keys()]
      .filter((at) => off(parts[at] ?? new Int32Array()) > AIM)
      .toSorted(
        (one, other) => off(parts[other] ?? new Int32Array()) - off(parts[one] ?? new Int32Array()),
      );
    if (wrong.length === 0) break;
    let isBetter = false;
    for (const at of wrong) {
      for (const other of neighboursOf(graph, parts[at] ?? new Int32Array(), owners, at)) {
        const [mine, theirs] = [parts[at], parts[other]];
        if (mine === undefined || theirs === undefined || off(mine) <= AIM) continue;
        const halves = split(Int32Array.from([...mine, ...theirs]), 0.5, AIM);
        if (halves === undefined) continue;
        const before = badness(off(mine)) + badness(off(theirs));
        if (badness(off(halves.one)) + badness(off(halves.other)) >= before - 1e-6) continue;
        parts[at] = halves.one;
        parts[other] = halves.other;
        own(at);
        own(other);
        isBetter = true;
      }
    }
    if (!isBetter) break;
  }
  return parts;
}

/** One that is far off is worse than two that are half as far. */
function badness(off: number): number {
  return off * off;
}

function neighboursOf(
  { starts, links }: Pick<DoorGraph<unknown>, 'starts' | 'links'>,
  part: Int32Array,
  owners: ReadonlyMap<number, number>,
  self: number,
): Set<number> {
  const found = new Set<number>();
  for (const building of part) {
    for (let link = starts[building] ?? 0; link < (starts[building + 1] ?? 0); link += 1) {
      const owner = owners.get(links[link] ?? 0);
      if (owner !== undefined && owner !== self) found.add(owner);
    }
  }
  return found;
}
