/**
 * Gathers what is asked for while the previous batch is under way, and does it as one: one round trip
 * to the store for many callers. A failing batch fails each of its callers.
 */
export function createBatcher<T>(
  perform: (batch: readonly T[]) => Promise<void>,
  most = 500,
): (item: T) => Promise<void> {
  let waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let busy = false;

  async function drain(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        await perform(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
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
