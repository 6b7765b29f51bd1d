import type { Loaded } from './split.js';

/** The two parts that an area is being cut in. */
export type Side = 1 | 2;

export type Sides = {
  /** Puts all of an area on side 2. */
  begin(area: Int32Array): void;
  put(building: number, side: Side): void;
  load(side: Side): number;
  part(side: Side): Int32Array;
  /** Hands over all pieces of a side but the largest; whether there was only one. */
  handOver(side: Side): boolean;
  /**
   * Moves buildings from the border of a side to the other one, until about `missing` is moved, where that
   * leaves the side in one piece; whether any was moved.
   */
  moveBorder(from: Side, missing: number, enough: number): boolean;
};

/** Buildings looked at to see whether a side holds together without one: more is taken for a no. */
const LOOKED_AT = 400;

/** Keeps on which side of a cut each building is; used for one cut after the other. */
export function createSides({ starts, links, loads, xs, ys }: Loaded): Sides {
  const n = xs.length;
  /** 0 is outside the area. */
  const side = new Uint8Array(n);
  const seen = new Int32Array(n);
  const queue = new Int32Array(n);
  let stamp = 0;
  let area = new Int32Array();

  /** Fills the queue with everything on a side that can be reached from a building; how much that is. */
  function reach(from: number, within: number): number {
    queue[0] = from;
    seen[from] = stamp;
    let size = 1;
    for (let at = 0; at < size; at += 1) {
      const one = queue[at] ?? 0;
      const end = starts[one + 1] ?? 0;
      for (let link = starts[one] ?? 0; link < end; link += 1) {
        const other = links[link] ?? 0;
        if (side[other] !== within || seen[other] === stamp) continue;
        seen[other] = stamp;
        queue[size] = other;
        size += 1;
      }
    }
    return size;
  }

  /** Whether a side stays in one piece without a building: its neighbours there still reach each other. */
  function canLeave(building: number, within: number): boolean {
    const end = starts[building + 1] ?? 0;
    let [left, first] = [0, -1];
    stamp += 1;
    for (let link = starts[building] ?? 0; link < end; link += 1) {
      const other = links[link] ?? 0;
      if (side[other] !== within) continue;
      if (first === -1) first = other;
      left += 1;
    }
    // The last one of its side stays.
    if (first === -1) return false;
    // Not to be crossed.
    side[building] = 0;
    queue[0] = first;
    seen[first] = stamp;
    left -= 1;
    let size = 1;
    for (let at = 0; at < size && left > 0 && at < LOOKED_AT; at += 1) {
      const one = queue[at] ?? 0;
      const stop = starts[one + 1] ?? 0;
      for (let link = starts[one] ?? 0; link < stop; link += 1) {
        const other = links[link] ?? 0;
        if (side[other] !== within || seen[other] === stamp) continue;
        seen[other] = stamp;
        queue[size] = other;
        size += 1;
        if (isNeighbour(building, other)) left -= 1;
      }
    }
    side[building] = within;
    return left === 0;
  }

  function isNeighbour(one: number, other: number): boolean {
    const end = starts[one + 1] ?? 0;
    for (let link = starts[one] ?? 0; link < end; link += 1) if (links[link] === other) return true;
    return false;
  }

  function isBorder(building: number, to: number): boolean {
    const end = starts[building + 1] ?? 0;
    for (let link = starts[building] ?? 0; link < end; link += 1) {
      if (side[links[link] ?? 0] === to) return true;
    }
    return false;
  }

  return {
    begin(next) {
      for (const building of area) side[building] = 0;
      area = next.slice();
      for (const building of area) side[building] = 2;
    },
    put(building, to) {
      side[building] = to;
    },
    load(within) {
      let sum = 0;
      for (const building of area) if (side[building] === within) sum += loads[building] ?? 0;
      return sum;
    },
    part: (within) => area.filter((building) => side[building] === within),
    handOver(within) {
      stamp += 1;
      const pieces: { readonly members: Int32Array; readonly load: number }[] = [];
      for (const building of area) {
        if (side[building] !== within || seen[building] === stamp) continue;
        const members = queue.slice(0, reach(building, within));
        let load = 0;
        for (const member of members) load += loads[member] ?? 0;
        pieces.push({ members, load });
      }
      if (pieces.length < 2) return true;
      pieces.sort((one, other) => other.load - one.load);
      for (const { members } of pieces.slice(1)) {
        for (const member of members) side[member] = within === 1 ? 2 : 1;
      }
      return false;
    },
    moveBorder(from, missing, enough) {
      const to = from === 1 ? 2 : 1;
      let [x, y, count] = [0, 0, 0];
      for (const building of area) {
        if (side[building] !== to) continue;
        x += xs[building] ?? 0;
        y += ys[building] ?? 0;
        count += 1;
      }
      const far = (building: number): number =>
        Math.hypot((xs[building] ?? 0) - x / count, (ys[building] ?? 0) - y / count);
      const border = [...area]
        .filter((building) => side[building] === from && isBorder(building, to))
        .map((building) => ({ building, far: far(building) }))
        // Nearest to those they join first, so that the border stays short.
        .toSorted((one, other) => one.far - other.far);
      let left = missing;
      for (const { building } of border) {
        const load = loads[building] ?? 0;
        if (left <= enough) break;
        // So much would only turn the balance over.
        if (load >= 2 * left || !canLeave(building, from)) continue;
        side[building] = to;
        left -= load;
      }
      return left < missing;
    },
  };
}
