/**
 * How many turfs each island gets, so that the turfs of all are as alike as can be: at least one each, and
 * `wanted` of all where there are no more islands than that. `size` is what a turf should count.
 */
export function allot(loads: readonly number[], size: number, wanted?: number): number[] {
  const turfs = loads.map((load) => nearest(load, size));
  if (wanted === undefined) return turfs;
  const sum = (): number => turfs.reduce((total, one) => total + one, 0);
  for (let over = sum() - wanted; over > 0; over -= 1) {
    const at = least(loads, (load, one) =>
      (turfs[one] ?? 1) > 1 ? load / ((turfs[one] ?? 1) - 1) : Infinity,
    );
    if (at === undefined || (turfs[at] ?? 1) <= 1) break;
    turfs[at] = (turfs[at] ?? 1) - 1;
  }
  for (let under = wanted - sum(); under > 0; under -= 1) {
    const at = least(loads, (load, one) => -load / ((turfs[one] ?? 1) + 1));
    if (at === undefined) break;
    turfs[at] = (turfs[at] ?? 1) + 1;
  }
  return turfs;
}

/** The number of parts whose size comes nearest to the one wished for. */
function nearest(load: number, size: number): number {
  const fewer = Math.max(1, Math.floor(load / size));
  const off = (parts: number): number => Math.abs(Math.log(load / parts / size));
  return off(fewer) <= off(fewer + 1) ? fewer : fewer + 1;
}

function least(
  loads: readonly number[],
  worth: (load: number, at: number) => number,
): number | undefined {
  let found: number | undefined;
  let smallest = Infinity;
  for (const [at, load] of loads.entries()) {
    const one = worth(load, at);
    if (one < smallest) [smallest, found] = [one, at];
  }
  return found;
}
