/** Something done again and again. */
export type Repeated = {
  /** Does it no more; resolves once what was begun has ended. */
  stop(): Promise<void>;
};

export type RepeatOptions = {
  /** Milliseconds between two beginnings; one that is due while the last goes on is left out. */
  readonly everyMs: number;
  /** Told when it failed; it is done again all the same. */
  report(error: unknown): void;
};

/** Does something again and again, never twice at once, without keeping the process alive for it. */
export function repeat(work: () => Promise<void>, { everyMs, report }: RepeatOptions): Repeated {
  let underWay: Promise<void> | undefined;
  const timer = setInterval(() => {
    underWay ??= work()
      .catch(report)
      .finally(() => {
        underWay = undefined;
      });
  }, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
