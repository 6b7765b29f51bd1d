import { AsyncLocalStorage } from 'node:async_hooks';

const quiet = new AsyncLocalStorage<true>();
let isInstalled = false;

/**
 * Runs work that tells nothing on the console. Microsoft's library tells there of every token that it
 * refuses, and strangers could fill the operator's logs with that.
 */
export function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (!isInstalled) {
    isInstalled = true;
    for (const level of ['error', 'warn'] as const) {
      const tell = console[level];
      console[level] = (...words: unknown[]) => {
        if (quiet.getStore() === undefined) tell(...words);
      };
    }
  }
  return quiet.run(true, work);
}
