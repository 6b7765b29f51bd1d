import KDBush from 'kdbush';
import { layFlat, type Plane, type Point } from '../route/plane.js';

/** What of a door says which turf it may belong to. */
export type PlacedDoor = Point & { readonly building: string };

/**
 * Around each building the nearest one is kept in each of so many directions. From six on, whatever can be
 * reached by all pairs within reach can be reached by these alone (they are a Yao graph).
 */
const DIRECTIONS = 8;

/**
 * Buildings, joined to near ones; a set of them that is connected by these edges is contiguous. Neighbours
 * of building `b` are `links` from `starts[b]` up to `starts[b + 1]`.
 */
export type DoorGraph<T> = {
  readonly buildings: readonly (readonly T[])[];
  /** How many doors each has. */
  readonly weights: Int32Array;
  /** Where each stands, metres. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly starts: Int32Array;
  readonly links: Int32Array;
  /** Buildings that can be reached from each other, as lists of their indexes. */
  readonly islands: readonly Int32Array[];
};

/** Joins buildings that stand within a reach (metres) of each other. */
export function layGraph<T extends PlacedDoor>(doors: readonly T[], reach: number): DoorGraph<T> {
  const buildings = byBuilding(doors);
  const n = buildings.length;
  // Where one of the doors is: what is near it, is near a door.
  const points = buildings.flatMap(([door]) => door ?? []);
  const { xs, ys } = layFlat(points);
  const edges: number[] = [];
  const sets = joinSets(n);
  const look = lookAround(points, { xs, ys }, reach);
  for (let one = 0; one < n; one += 1) {
    for (const other of look(one)) {
      if (other === -1) continue;
      edges.push(one, other);
      sets.join(one, other);
    }
  }
  const { starts, links } = pack(n, edges);
  return {
    buildings,
    weights: Int32Array.from(buildings, ({ length }) => length),
    xs,
    ys,
    starts,
    links,
    islands: sets.groups(),
  };
}

/** Finds the nearest building within reach in each direction, -1 where there is none. */
function lookAround(
  points: readonly Point[],
  { xs, ys }: Plane,
  reach: number,
): (building: number) => Int32Array {
  const tree = new KDBush(xs.length);
  for (let at = 0; at < xs.length; at += 1) tree.add(xs[at] ?? 0, ys[at] ?? 0);
  tree.finish();
  // The plane is true in its middle; from north to south a degree of longitude has other lengths.
  const narrow = points.map(({ lat }) => Math.cos((lat * Math.PI) / 180));
  const middle = points.reduce((sum, { lat }) => sum + lat, 0) / points.length;
  const straight = Math.cos((middle * Math.PI) / 180);
  const widest = narrow.reduce((most, one) => Math.max(most, straight / one), 1);
  const nearest = new Int32Array(DIRECTIONS);
  const squares = new Float64Array(DIRECTIONS);
  return (one) => {
    nearest.fill(-1);
    squares.fill(Infinity);
    const [x, y, scale] = [xs[one] ?? 0, ys[one] ?? 0, (narrow[one] ?? 1) / straight];
    for (const other of tree.within(x, y, reach * widest)) {
      const [dx, dy] = [((xs[other] ?? 0) - x) * scale, (ys[other] ?? 0) - y];
      const square = dx * dx + dy * dy;
      // Those that stand in one place are a chain, so that it can be cut.
      if (square > reach * reach || (square === 0 && other <= one)) continue;
      const turn = (Math.atan2(dy, dx) / (2 * Math.PI) + 1) * DIRECTIONS;
      const direction = Math.floor(turn) % DIRECTIONS;
      const known = squares[direction] ?? 0;
      if (square > known || (square === known && other > (nearest[direction] ?? 0))) continue;
      squares[direction] = square;
      nearest[direction] = other;
    }
    return nearest;
  };
}

function byBuilding<T extends PlacedDoor>(doors: readonly T[]): T[][] {
  const buildings = new Map<string, T[]>();
  for (const door of doors) {
    const known = buildings.get(door.building);
    if (known === undefined) buildings.set(door.building, [door]);
    else known.push(door);
  }
  return [...buildings.values()];
}

/** Both ways of every edge, once. */
function pack(n: number, edges: readonly number[]): { starts: Int32Array; links: Int32Array } {
  const sets = Array.from({ length: n }, () => new Set<number>());
  for (let at = 0; at < edges.length; at += 2) {
    const [one, other] = [edges[at] ?? 0, edges[at + 1] ?? 0];
    sets[one]?.add(other);
    sets[other]?.add(one);
  }
  const starts = new Int32Array(n + 1);
  for (const [at, set] of sets.entries()) starts[at + 1] = (starts[at] ?? 0) + set.size;
  const links = new Int32Array(starts[n] ?? 0);
  for (const [at, set] of sets.entries()) links.set([...set], starts[at] ?? 0);
  return { starts, links };
}

/** Sets of things that were joined. */
function joinSets(n: number) {
  const parents = Int32Array.from({ length: n }, (_, at) => at);
  const find = (at: number): number => {
    let root = at;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root] ?? 0] ?? 0;
      root = parents[root] ?? 0;
    }
    return root;
  };
  return {
    find,
    join(one: number, other: number): void {
      parents[find(one)] = find(other);
    },
    groups(): Int32Array[] {
      const groups = new Map<number, number[]>();
      for (let at = 0; at < n; at += 1) {
        const root = find(at);
        const group = groups.get(root);
        if (group === undefined) groups.set(root, [at]);
        else group.push(at);
      }
      return [...groups.values()].map((group) => Int32Array.from(group));
    },
  };
}
