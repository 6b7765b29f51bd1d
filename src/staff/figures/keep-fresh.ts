/** Something that was made, when (epoch milliseconds), and whether it is being made anew just now. */
export type Kept<T> = { readonly value: T; readonly at: number; readonly isOld: boolean };

export type KeepFreshOptions<T> = {
  make(): Promise<T>;
  /** What was made is not made again within so many milliseconds. */
  readonly freshMs: number;
  /** Told of what could not be made again while an older one is told. */
  report(error: unknown): void;
  now(): number;
  /** What was made before, by this process or another. */
  readonly known?: { readonly value: T; readonly at: number } | undefined;
};

/** It may be made a tenth of the time: what is costly is made less often. */
const SHARE = 10;

/**
 * Keeps what is costly to make. The first who ask wait for it; later ones are told at once what was made
 * last, however old, and while they look it is made anew: one at a time, and the less often the longer it
 * takes.
 */
export function keepFresh<T>(options: KeepFreshOptions<T>): () => Promise<Kept<T>> {
  const { make, freshMs, known, now } = options;
  let last: { readonly value: T; readonly at: number; readonly tookMs: number } | undefined =
    known && { ...known, tookMs: 0 };
  let making: Promise<{ readonly value: T; readonly at: number }> | undefined;

  function makeAnew(): Promise<{ readonly value: T; readonly at: number }> {
    const at = now();
    making ??= make()
      .then((value) => (last = { value, at, tookMs: now() - at }))
      .finally(() => {
        making = undefined;
      });
    return making;
  }

  return async () => {
    if (last === undefined) return { ...(await makeAnew()), isOld: false };
    const { value, at, tookMs } = last;
    if (now() - at > Math.max(freshMs, SHARE * tookMs)) makeAnew().catch(options.report);
    return { value, at, isOld: making !== undefined };
  };
}
