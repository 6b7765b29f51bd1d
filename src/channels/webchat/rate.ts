/** Takes one from a key's allowance: 0 when there was one, else the milliseconds until the next. */
export type Rate = (key: string, at: number) => number;

/**
 * Allows `count` in any span of `perMs` for each key. Remembers the `keys` used last, so that
 * its memory is bounded whatever comes in.
 */
export function createRate(count: number, perMs: number, keys = 10_000): Rate {
  const taken = new Map<string, readonly number[]>();
  return (key, at) => {
    const recent = (taken.get(key) ?? []).filter((time) => time > at - perMs);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= count) return oldest + perMs - at;
    taken.delete(key);
    taken.set(key, [...recent, at]);
    if (taken.size > keys) {
      for (const first of taken.keys()) {
        taken.delete(first);
        break;
      }
    }
    return 0;
  };
}
