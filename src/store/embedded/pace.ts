import { setImmediate } from 'node:timers/promises';
import { CommandError } from './query/command-error.js';

/** Lets long work share the thread: call `due` often, and `pause` when it says so. */
export type Pace = {
  /** Whether the work has had its slice. Throws 50 when the command's time (maxTimeMS) is over. */
  due(): boolean;
  pause(): Promise<void>;
};

// Long enough to get somewhere, short enough not to be noticed by a conversation.
const SLICE_MS = 5;

/** Starts a slice now. `deadline` and `cancelled` end the work early; times are of `performance.now`. */
export function createPace(deadline: number | undefined, cancelled: () => boolean): Pace {
  let sliceEnd = performance.now() + SLICE_MS;
  return {
    due() {
      const now = performance.now();
      if (deadline !== undefined && now > deadline) {
        throw new CommandError(50, 'MaxTimeMSExpired', 'The time limit of the command is over.');
      }
      return now > sliceEnd;
    },
    async pause() {
      await setImmediate();
      if (cancelled()) throw new CommandError(11601, 'Interrupted', 'The client has gone.');
      sliceEnd = performance.now() + SLICE_MS;
    },
  };
}
