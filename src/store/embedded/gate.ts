/** A promise that resolves when `open` is called. */
export type Gate = { readonly opened: Promise<void>; open(): void };

/** Makes a closed gate. */
export function createGate(): Gate {
  const waiting: Array<() => void> = [];
  const opened = new Promise<void>((resolve) => waiting.push(resolve));
  return {
    opened,
    open() {
      for (const resolve of waiting) resolve();
    },
  };
}
