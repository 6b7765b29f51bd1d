/** Part of the time that looking may take, when somebody looks all the time. */
const SHARE = 0.04;

/** Something that takes long to look at, kept for all who ask. */
export type LookAgain<T> = {
  /** What was seen last; looks anew when that is old, and waits for it only when there is nothing yet. */
  see(): Promise<T>;
  /** Something changed: who asks next waits for what is so then. */
  forget(): void;
};

/**
 * Keeps what `look` saw at least `leastMs`, and as much longer as looking takes long, so that a large
 * campaign spends no more of its time on it than a small one. One look at a time, for all who ask.
 */
export function createLookAgain<T>(options: {
  look(): Promise<T>;
  readonly leastMs: number;
  report(error: unknown): void;
  now(): number;
}): LookAgain<T> {
  const { look, leastMs, report, now } = options;
  let last: { readonly seen: T; readonly until: number } | undefined;
  let looking: Promise<T> | undefined;
  let changes = 0;

  function lookNow(): Promise<T> {
    const before = changes;
    const begun = now();
    const mine = look()
      .then((seen) => {
        const took = now() - begun;
        if (before === changes) last = { seen, until: now() + Math.max(leastMs, took / SHARE) };
        return seen;
      })
      .finally(() => {
        if (looking === mine) looking = undefined;
      });
    looking = mine;
    return mine;
  }

  return {
    async see() {
      if (last === undefined) return looking ?? lookNow();
      if (now() >= last.until && looking === undefined) lookNow().catch(report);
      return last.seen;
    },
    forget() {
      changes += 1;
      last = undefined;
      looking = undefined;
    },
  };
}
