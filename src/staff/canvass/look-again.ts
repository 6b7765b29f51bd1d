/** Part of the time that looking may take, when somebody looks all the time. */
const SHARE = 0.04;
/** However long looking takes, what was seen is not kept longer. */
const LONGEST_MS = 600_000;

/** Something that takes long to look at, kept for all who ask. */
export type LookAgain<T> = {
  /** What was seen last; looks anew when that is old, and waits for it only when there is nothing yet. */
  see(): Promise<T>;
  /** Something changed: who asks next waits for what is so then. */
  forget(): void;
};

type Last<T> = { readonly seen: T; readonly mark: string; readonly until: number };

/**
 * Keeps what `look` saw at least `leastMs`, and as much longer as looking takes long, so that a large
 * campaign spends no more of its time on it than a small one. One look at a time, for all who ask.
 * `mark` is quick to ask, and other once there is something else to see: then it is looked at sooner.
 */
export function createLookAgain<T>(options: {
  look(): Promise<T>;
  mark?(): Promise<string>;
  readonly leastMs: number;
  report(error: unknown): void;
  now(): number;
}): LookAgain<T> {
  const { look, leastMs, report, now } = options;
  const mark = options.mark ?? (async () => '');
  let last: Last<T> | undefined;
  let looking: Promise<T> | undefined;
  let marked = 0;
  let changes = 0;

  function lookNow(): Promise<T> {
    const before = changes;
    const begun = now();
    const mine = Promise.all([mark(), look()])
      .then(([of, seen]) => {
        const keptMs = Math.min(LONGEST_MS, Math.max(leastMs, (now() - begun) / SHARE));
        if (before === changes) {
          last = { seen, mark: of, until: now() + keptMs };
        }
        return seen;
      })
      .finally(() => {
        if (looking === mine) looking = undefined;
      });
    looking = mine;
    return mine;
  }

  async function isOld(kept: Last<T>): Promise<boolean> {
    if (now() >= kept.until) return true;
    if (options.mark === undefined || now() - marked < leastMs) return false;
    marked = now();
    return (await mark()) !== kept.mark;
  }

  return {
    async see() {
      if (last === undefined) return looking ?? lookNow();
      const { seen } = last;
      if (looking === undefined && (await isOld(last)) && looking === undefined) {
        lookNow().catch(report);
      }
      return seen;
    },
    forget() {
      changes += 1;
      last = undefined;
      looking = undefined;
    },
  };
}
