import { tabled, type Distance } from './distances.js';
import { shortenTour } from './shorten-tour.js';

/** Near places that a move is tried with. */
const NEAR = 10;
/** How often a walk is disturbed and mended, for each of its places. */
const KICKS_A_PLACE = 15;
/** So near that the two must stand side by side, whatever that costs elsewhere. */
export const SIDE_BY_SIDE = -1e7;

export type Place = { readonly x: number; readonly y: number };

/** The shortest open path we find through all places, begun and ended wherever that is shortest. */
export function orderFreely<T extends Place>(places: readonly T[]): T[] {
  return orderPath(places, () => undefined).flatMap((at) => places[at] ?? []);
}

/**
 * The shortest open path we find through all places, as their indexes; `bound` gives the distance of those
 * that are bound to each other in another way than by where they lie.
 */
export function orderPath(
  places: readonly Place[],
  bound: (one: number, other: number) => number | undefined,
  seed = 1,
): number[] {
  const count = places.length;
  // One place more, as near to all: a closed tour through it is an open path through the others.
  const open = count;
  const distance = tabled(count + 1, (one, other) => {
    const given = bound(one, other);
    if (given !== undefined) return given;
    const [from, to] = [places[one], places[other]];
    return from === undefined || to === undefined ? 0 : Math.hypot(from.x - to.x, from.y - to.y);
  });
  const nearest = nearestBy(count + 1, distance);
  const tour = shortenTour({
    tour: follow(count, distance),
    distance,
    nearest,
    kicks: count * KICKS_A_PLACE,
    seed,
  });
  const at = tour.indexOf(open);
  return [...tour.subarray(at + 1), ...tour.subarray(0, at)];
}

/** Always the nearest next, which keeps together what must stay side by side. */
function follow(open: number, distance: Distance): Int32Array {
  const tour = new Int32Array(open + 1);
  const left = new Set<number>(Array.from({ length: open }, (_, place) => place));
  let place = open;
  tour[0] = place;
  for (let size = 1; size <= open; size += 1) {
    let [nearest, next] = [Infinity, 0];
    for (const other of left) {
      const length = distance(place, other);
      if (length < nearest) [nearest, next] = [length, other];
    }
    left.delete(next);
    tour[size] = next;
    place = next;
  }
  return tour;
}

/** The nearest others of every place, where nearness is more than where they lie. */
function nearestBy(n: number, distance: Distance): { ids: Int32Array; count: number } {
  const count = Math.min(NEAR, n - 1);
  const ids = new Int32Array(n * count);
  const lengths = new Float64Array(count);
  for (let one = 0; one < n; one += 1) {
    lengths.fill(Infinity);
    const first = one * count;
    for (let other = 0; other < n; other += 1) {
      const length = distance(one, other);
      if (other === one || length >= (lengths[count - 1] ?? 0)) continue;
      let at = count - 1;
      for (; at > 0 && (lengths[at - 1] ?? 0) > length; at -= 1) {
        lengths[at] = lengths[at - 1] ?? 0;
        ids[first + at] = ids[first + at - 1] ?? 0;
      }
      lengths[at] = length;
      ids[first + at] = other;
    }
  }
  return { ids, count };
}
