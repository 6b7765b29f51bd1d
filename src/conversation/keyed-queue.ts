/** Runs work of one key in order, one piece at a time; different keys go on side by side. */
export type KeyedQueue = {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when everything that was asked for has run. */
  idle(): Promise<void>;
  /** Whether something of this key runs or waits. */
  has(key: string): boolean;
};

/** Makes an empty queue. A key is forgotten as soon as nothing of it waits. */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      const before = tails.get(key);
      const result = before === undefined ? work() : before.then(work);
      // The tail never rejects: the caller of `run` gets the failure, the next piece goes on.
      const tail: Promise<void> = result.then(
        () => forget(tails, key, tail),
        () => forget(tails, key, tail),
      );
      tails.set(key, tail);
      return result;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
    has: (key) => tails.has(key),
  };
}

function forget(tails: Map<string, Promise<unknown>>, key: string, tail: Promise<unknown>): void {
  if (tails.get(key) === tail) tails.delete(key);
}
