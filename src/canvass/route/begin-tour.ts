import type { Distance } from './distances.js';

/**
 * A closed tour of all places to begin with: the shortest edges between near places that leave no place
 * with three of them, and then the loose ends joined, each to the nearest of the next ones.
 */
export function beginTour(
  n: number,
  distance: Distance,
  { ids, count }: { readonly ids: Int32Array; readonly count: number },
): Int32Array {
  const links = new Int32Array(2 * n).fill(-1);
  const sets = Int32Array.from({ length: n }, (_, place) => place);
  const find = (place: number): number => {
    let root = place;
    while (sets[root] !== root) {
      sets[root] = sets[sets[root] ?? 0] ?? 0;
      root = sets[root] ?? 0;
    }
    return root;
  };
  const join = (one: number, other: number): void => {
    links[links[2 * one] === -1 ? 2 * one : 2 * one + 1] = other;
    links[links[2 * other] === -1 ? 2 * other : 2 * other + 1] = one;
    sets[find(one)] = find(other);
  };
  const isOpen = (place: number): boolean => links[2 * place + 1] === -1;

  const edges: { readonly one: number; readonly other: number; readonly length: number }[] = [];
  for (let one = 0; one < n; one += 1) {
    for (let k = 0; k < count; k += 1) {
      const other = ids[one * count + k] ?? 0;
      const isSeen = other < one && includes(ids, other * count, count, one);
      if (!isSeen) edges.push({ one, other, length: distance(one, other) });
    }
  }
  edges.sort((one, other) => one.length - other.length);
  for (const { one, other } of edges) {
    if (isOpen(one) && isOpen(other) && find(one) !== find(other)) join(one, other);
  }
  return walk(n, links, distance);
}

function includes(ids: Int32Array, from: number, count: number, place: number): boolean {
  for (let at = from; at < from + count; at += 1) if (ids[at] === place) return true;
  return false;
}

/** Walks the paths one after the other: from the end of each to the nearest end that is left. */
function walk(n: number, links: Int32Array, distance: Distance): Int32Array {
  const ends = new Set<number>();
  for (let place = 0; place < n; place += 1) if (links[2 * place + 1] === -1) ends.add(place);
  const tour = new Int32Array(n);
  let size = 0;
  let [place, from] = [ends.values().next().value ?? 0, -1];
  while (size < n) {
    tour[size] = place;
    size += 1;
    ends.delete(place);
    const [one, other] = [links[2 * place] ?? -1, links[2 * place + 1] ?? -1];
    const next = one !== -1 && one !== from ? one : other === from ? -1 : other;
    from = place;
    if (next !== -1) {
      place = next;
      continue;
    }
    let nearest = Infinity;
    for (const end of ends) {
      const length = distance(place, end);
      if (length < nearest) [nearest, from] = [length, end];
    }
    [place, from] = [from, -1];
  }
  return tour;
}
