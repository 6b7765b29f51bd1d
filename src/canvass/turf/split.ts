import type { DoorGraph } from './door-graph.js';
import { createSides, type Sides } from './sides.js';

/** A graph of buildings, with what each of them counts for. */
export type Loaded = Pick<DoorGraph<unknown>, 'xs' | 'ys' | 'starts' | 'links'> & {
  readonly loads: Float64Array;
};

export type Halves = {
  readonly one: Int32Array;
  readonly other: Int32Array;
  /** What is wrong with it: 0 when both are as large as they should be. */
  readonly off: number;
};

/** Ways in which a large area, and a small one, is cut across. */
const DIRECTIONS_LARGE = 3;
const DIRECTIONS = 8;
const LARGE = 20_000;
/** Times that what was torn off is handed over to the other side. */
const MENDINGS = 6;
/** Times that the border is shifted to make up for that. */
const BALANCINGS = 12;

/** Cuts areas of one graph in two. */
export type Splitter = (area: Int32Array, share: number, tolerance: number) => Halves | undefined;

/**
 * Makes what cuts a connected area in two connected parts, the first of which should have `share` of the
 * whole; among several cuts the one that comes near enough and leaves the roundest parts. `tolerance` is how
 * far a part may be off, as a part of itself. Undefined: no cut leaves both in one piece.
 */
export function createSplitter(graph: Loaded): Splitter {
  const sides = createSides(graph);
  return (area, share, tolerance) => {
    if (area.length < 2) return undefined;
    const total = loadOf(graph, area);
    const aim = { wanted: total * share, total, tolerance };
    const isLarge = area.length > LARGE;
    const ways = isLarge ? DIRECTIONS_LARGE : DIRECTIONS;
    let best: Cut | undefined;
    for (let way = 0; way < ways; way += 1) {
      // From both ends, for what is torn off differs.
      for (const turn of isLarge ? [0] : [0, 1]) {
        const cut = cutAcross(graph, sides, area, Math.PI * (way / ways + turn), aim);
        if (cut !== undefined && (best === undefined || isBetter(cut, best))) best = cut;
      }
    }
    return best;
  };
}

type Aim = { readonly wanted: number; readonly total: number; readonly tolerance: number };
type Cut = Halves & { readonly spread: number };

function isBetter(cut: Cut, best: Cut): boolean {
  if (Math.abs(cut.off - best.off) > 1e-9) return cut.off < best.off;
  return cut.spread < best.spread;
}

export function loadOf({ loads }: Loaded, area: Int32Array): number {
  let sum = 0;
  for (const at of area) sum += loads[at] ?? 0;
  return sum;
}

function cutAcross(
  graph: Loaded,
  sides: Sides,
  area: Int32Array,
  angle: number,
  { wanted, total, tolerance }: Aim,
): Cut | undefined {
  const { xs, ys, loads } = graph;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = Float64Array.from(area, (at) => (xs[at] ?? 0) * cos + (ys[at] ?? 0) * sin);
  const order = Uint32Array.from(area.keys());
  order.sort((one, other) => (along[one] ?? 0) - (along[other] ?? 0));
  sides.begin(area);
  let load = 0;
  for (let at = 0; at < area.length - 1; at += 1) {
    const building = area[order[at] ?? 0] ?? 0;
    const more = loads[building] ?? 0;
    if (at > 0 && Math.abs(load + more - wanted) > Math.abs(load - wanted)) break;
    sides.put(building, 1);
    load += more;
  }
  if (!mend(sides)) return undefined;
  // Half of what is tolerated leaves room for what is cut later.
  const enough = (tolerance / 2) * Math.min(wanted, total - wanted);
  for (let time = 0; time < BALANCINGS; time += 1) {
    const missing = wanted - sides.load(1);
    if (Math.abs(missing) <= enough) break;
    if (!sides.moveBorder(missing > 0 ? 2 : 1, Math.abs(missing), enough)) break;
  }
  const [one, other] = [sides.part(1), sides.part(2)];
  if (one.length === 0 || other.length === 0) return undefined;
  const [first, second] = [loadOf(graph, one), loadOf(graph, other)];
  const off =
    Math.max(0, Math.abs(first / wanted - 1) - tolerance) +
    Math.max(0, Math.abs(second / (total - wanted) - 1) - tolerance);
  return { one, other, off, spread: spreadOf(graph, one) + spreadOf(graph, other) };
}

/** Hands over what was torn off from the larger piece of each side, until both are in one piece. */
function mend(sides: Sides): boolean {
  for (let time = 0; time < MENDINGS; time += 1) {
    const isWhole = sides.handOver(1) && sides.handOver(2);
    if (isWhole) return true;
  }
  return false;
}

/** How far buildings lie from the middle of their part, squared, one by one. */
function spreadOf({ xs, ys }: Loaded, area: Int32Array): number {
  let [x, y, squares] = [0, 0, 0];
  for (const at of area) {
    const [east, north] = [xs[at] ?? 0, ys[at] ?? 0];
    x += east;
    y += north;
    squares += east * east + north * north;
  }
  return squares - (x * x + y * y) / area.length;
}
