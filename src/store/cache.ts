/** Keeps the values used last, up to a number of them. */
export type Cache<T> = {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
};

/** Makes a cache that forgets the least recently used beyond `most`. */
export function createCache<T>(most: number): Cache<T> {
  const values = new Map<string, T>();
  return {
    get(key) {
      const value = values.get(key);
      if (value === undefined) return undefined;
      // A Map keeps the order of insertion, so the first key is the one used longest ago.
      values.delete(key);
      values.set(key, value);
      return value;
    },
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      if (values.size > most) {
        const oldest = values.keys().next();
        if (oldest.done !== true) values.delete(oldest.value);
      }
    },
    delete(key) {
      values.delete(key);
    },
  };
}
