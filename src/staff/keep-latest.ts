/**
 * Keeps what is slow to find out: it is looked for once for all who ask meanwhile, and what is older than
 * `freshMs` is told while it is looked for again. `fresh` waits for what is being found where nothing is
 * known yet; `known` never waits.
 */
export function keepLatest<T>(options: {
  look(): Promise<T>;
  readonly freshMs: number;
  report(error: unknown): void;
  now(): number;
}) {
  const { look, freshMs, report, now } = options;
  let last: { readonly at: number; readonly found: T } | undefined;
  let looking: Promise<{ readonly at: number; readonly found: T }> | undefined;

  function lookAgain() {
    const at = now();
    looking ??= look()
      .then((found) => (last = { at, found }))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  function known() {
    if (last === undefined || now() - last.at > freshMs) lookAgain().catch(report);
    return last;
  }
  return {
    known,
    fresh: async () => known() ?? lookAgain(),
    /** What was found is not so any more. */
    forget() {
      last = undefined;
    },
  };
}
