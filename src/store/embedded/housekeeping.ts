import type { Engine } from './engine.js';
import { forgetOldReplies, clearGarbage } from './sweeping.js';
import { removeExpired } from './expiry.js';

const SWEEP_MS = 60_000;

/** Starts what goes on beside commands: expiry, idle cursors, old replies, dropped collections. */
export function startHousekeeping(engine: Engine): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  async function sweep(): Promise<void> {
    engine.cursors.sweep();
    engine.snapshots.sweep();
    await clearGarbage(engine, () => stopped);
    await removeExpired(engine, () => stopped);
    await forgetOldReplies(engine);
  }

  function begin(work: () => Promise<void>): void {
    running = running.then(work).catch((error: unknown) => {
      if (!stopped) engine.report(`Housekeeping failed: ${String(error)}`);
    });
  }

  begin(sweep);
  const timer = setInterval(() => begin(sweep), SWEEP_MS);
  timer.unref();
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
      return running;
    },
  };
}
