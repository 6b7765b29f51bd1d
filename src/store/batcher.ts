type Asked<T, R> = {
  readonly item: T;
  readonly resolve: (result: R) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Gathers what is asked for while the previous batch is under way, and does it as one: one round trip
 * to the store for many callers. `perform` answers each item in its place. A failing batch fails each of its callers.
 */
export function createBatcher<T, R = void>(
  perform: (batch: readonly T[]) => Promise<readonly R[]>,
  most = 500,
): (item: T) => Promise<R> {
  let waiting: Asked<T, R>[] = [];
  let busy = false;

  async function drain(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const results = await perform(batch.map(({ item }) => item));
        for (const [index, result] of results.entries()) batch[index]?.resolve(result);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // In a microtask, so that calls of the same tick go together.
      if (!busy) {
        busy = true;
        queueMicrotask(() => void drain());
      }
    });
}
