/** Up to so many places, every distance is worked out once; a table of them takes 8 bytes each. */
const TABLED = 2_500;

export type Distance = (one: number, other: number) => number;

/** The same distances, read from a table where one of them all fits well into memory. */
export function tabled(n: number, distance: Distance): Distance {
  if (n > TABLED) return distance;
  const table = new Float64Array(n * n);
  for (let one = 0; one < n; one += 1) {
    for (let other = 0; other < one; other += 1) {
      const value = distance(one, other);
      table[one * n + other] = value;
      table[other * n + one] = value;
    }
  }
  return (one, other) => table[one * n + other] ?? 0;
}

/** How long a closed tour of all places is. */
export function tourLength(tour: ArrayLike<number>, distance: Distance): number {
  let length = 0;
  for (let at = 0; at < tour.length; at += 1) {
    length += distance(tour[at] ?? 0, tour[at + 1 === tour.length ? 0 : at + 1] ?? 0);
  }
  return length;
}
