/** A wait that can be cut short. */
export type Nap = { sleep(ms: number): Promise<void>; wake(): void };

/** Makes a wait for one loop: only its newest sleep is under way. */
export function createNap(): Nap {
  let wake: (() => void) | undefined;
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => wake?.(), ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake?.(),
  };
}

/** Bounds of the waits between attempts, in milliseconds. */
export type Patience = { readonly firstRetryMs: number; readonly longestRetryMs: number };

/**
 * Milliseconds to wait after `failures` attempts failed in a row: twice as long each time, less a
 * random half, so that many widgets do not come back at the same instant.
 */
export function delayAfter(failures: number, patience: Patience, random: number): number {
  const doubled = patience.firstRetryMs * 2 ** Math.min(failures - 1, 30);
  return Math.min(doubled, patience.longestRetryMs) * (0.5 + random / 2);
}
