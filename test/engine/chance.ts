/** Chance that is the same in every run: numbers and picks that follow from a seed (mulberry32). */
export type Chance = {
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  pick<T>(items: readonly T[]): T | undefined;
};

/** Creates the chance of a seed. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const below = (count: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * count);
  };
  return { below, pick: (items) => items[below(items.length)] };
}
