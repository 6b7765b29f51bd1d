/** Sends under way at once on one channel of one process; one kill puts no more in doubt. */
const MOST_IN_FLIGHT = 50;
const WINDOW_MS = 1_000;
/** How long replies too keep to the rate after the network complained. */
const SLOW_FOR_MS = 10_000;

export type Throttle = {
  /** Runs a send when its turn comes. Replies go at once, ahead of every bulk message. */
  run<T>(bulk: boolean, send: () => Promise<T>): Promise<T>;
  /** The network complained: bulk messages wait so long, and replies keep to the rate for a while. */
  pause(ms: number): void;
};

type Waiting = { readonly go: () => void };

/**
 * Paces the sends of one channel: bulk messages never make it more than `perSecond` in any second,
 * replies counted in, and at most 50 sends are under way. Times are monotonic milliseconds.
 */
export function createThrottle(
  perSecond: number,
  clock: () => number = () => performance.now(),
): Throttle {
  const replies: Waiting[] = [];
  const bulk: Waiting[] = [];
  /** When the last sends began, as a ring. */
  const begun = new Float64Array(perSecond).fill(-Infinity);
  let next = 0;
  let inFlight = 0;
  let pausedUntil = -Infinity;
  let slowUntil = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  function release(): void {
    while (inFlight < MOST_IN_FLIGHT) {
      const queue = replies.length > 0 ? replies : bulk;
      const first = queue[0];
      if (first === undefined) return;
      const waitMs = (queue === bulk ? bulkAt() : replyAt()) - clock();
      if (waitMs > 0) return wake(waitMs);
      queue.shift();
      begin(first);
    }
  }

  /** When one more bulk message stays within the rate. */
  function bulkAt(): number {
    return Math.max(pausedUntil, withinRateAt());
  }

  /** Replies keep to the rate only while the network has just complained. */
  function replyAt(): number {
    return clock() < slowUntil ? withinRateAt() : -Infinity;
  }

  function withinRateAt(): number {
    return (begun[next] ?? -Infinity) + WINDOW_MS;
  }

  function begin({ go }: Waiting): void {
    begun[next] = clock();
    next = (next + 1) % perSecond;
    inFlight += 1;
    go();
  }

  function wake(waitMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      release();
    }, Math.ceil(waitMs));
  }

  return {
    run: (isBulk, send) =>
      new Promise((resolve, reject) => {
        const go = (): void => {
          send()
            .then(resolve, reject)
            .finally(() => {
              inFlight -= 1;
              release();
            });
        };
        (isBulk ? bulk : replies).push({ go });
        release();
      }),
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, clock() + ms);
      slowUntil = Math.max(slowUntil, clock() + ms + SLOW_FOR_MS);
    },
  };
}
