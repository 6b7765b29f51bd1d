/** Lets something happen, or tells in how many milliseconds it may. */
export type Limit = { take(at: number): number | undefined };

/** At most so many in any span of `windowMs`; what is refused does not count. */
export function createSlidingLimit(most: number, windowMs = 1_000): Limit {
  const taken = new Float64Array(most).fill(-Infinity);
  let next = 0;
  return {
    take(at) {
      const free = (taken[next] ?? -Infinity) + windowMs;
      if (at < free) return free - at;
      taken[next] = at;
      next = (next + 1) % most;
      return undefined;
    },
  };
}

/** For each name a burst, and then one in so many milliseconds. */
export function createBurstLimit(
  burst: number,
  everyMs: number,
): { take(name: string, at: number): number | undefined } {
  const left = new Map<string, { readonly tokens: number; readonly at: number }>();
  return {
    take(name, at) {
      const known = left.get(name) ?? { tokens: burst, at };
      const tokens = Math.min(burst, known.tokens + (at - known.at) / everyMs);
      if (tokens < 1) return (1 - tokens) * everyMs;
      left.set(name, { tokens: tokens - 1, at });
      return undefined;
    },
  };
}
