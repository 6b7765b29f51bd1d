/** Sends under way at once on one channel of one process; one kill puts no more in doubt. */
const MOST_IN_FLIGHT = 50;
const WINDOW_MS = 1_000;
/** Between the moment a send is let go and its call; one that takes longer must not meet the next. */
const MARGIN_MS = 4;
/** What a stall held up for so long is made good; more would reach the network in one burst. */
const CATCH_UP_MS = 250;
/** A timer that is late by a moment must not cost a turn, however slow the rate. */
const FEWEST_TOKENS = 2;
/** How long replies too keep to the rate after the network complained. */
const SLOW_FOR_MS = 10_000;

export type Throttle = {
  /** Runs a send when its turn comes. Replies go at once, ahead of every bulk message. */
  run<T>(bulk: boolean, send: () => Promise<T>): Promise<T>;
  /** The network complained: bulk messages wait so long, and replies keep to the rate for a while. */
  pause(ms: number): void;
  /** How many sends wait for their turn, and how many are under way. */
  load(): { readonly waiting: number; readonly underWay: number };
};

export type ThrottleOptions = {
  /** Monotonic milliseconds. */
  readonly clock?: () => number;
  /** Whether replies are counted in what bulk messages may make of a second. */
  readonly countsReplies?: boolean;
  /** What this process has of the rate now, where several share it. */
  readonly share?: {
    /** Bulk messages in any second. */
    allowed(): number;
    /** Called while bulk messages wait. */
    wanted(): void;
    /** Called for each reply that counts: it goes at once, and the others leave room for it. */
    replied(): void;
    /** Sets what is called when there may be more of it. */
    onChange(changed: () => void): void;
  };
};

type Waiting = { readonly go: () => void };

/**
 * Paces the sends of one channel: bulk messages never make it more than `perSecond` in any second, spread
 * over it, and at most 50 sends are under way.
 */
export function createThrottle(perSecond: number, options: ThrottleOptions = {}): Throttle {
  const { clock = () => performance.now(), countsReplies = true, share } = options;
  const replies: Waiting[] = [];
  const bulk: Waiting[] = [];
  /** When the last sends that count began, as a ring. */
  const begun = new Float64Array(perSecond).fill(-Infinity);
  let next = 0;
  let inFlight = 0;
  let pausedUntil = -Infinity;
  let slowUntil = -Infinity;
  /** How many bulk messages may go at once, and when that was counted. */
  let tokens = FEWEST_TOKENS;
  let countedAt = clock();
  let timer: NodeJS.Timeout | undefined;
  share?.onChange(release);

  function allowed(): number {
    return Math.min(perSecond, share?.allowed() ?? perSecond);
  }

  function release(): void {
    while (inFlight < MOST_IN_FLIGHT) {
      const queue = replies.length > 0 ? replies : bulk;
      const first = queue[0];
      if (first === undefined) return;
      if (queue === bulk) share?.wanted();
      const waitMs = (queue === bulk ? bulkAt() : replyAt()) - clock();
      // Nothing of the rate is ours yet: whoever shares it out tells when there is.
      if (waitMs === Infinity) return;
      if (waitMs > 0) return wake(waitMs);
      queue.shift();
      begin(first, queue === bulk);
    }
  }

  /** When one more bulk message stays within the rate, and does not make a burst. */
  function bulkAt(): number {
    const most = allowed();
    if (most < 1) return Infinity;
    addTokens(most);
    const spreadAt = tokens >= 1 ? -Infinity : countedAt + ((1 - tokens) / most) * WINDOW_MS;
    return Math.max(pausedUntil, spreadAt, withinRateAt(most));
  }

  function addTokens(most: number): void {
    const at = clock();
    const more = ((at - countedAt) / WINDOW_MS) * most;
    tokens = Math.min(Math.max(FEWEST_TOKENS, (most * CATCH_UP_MS) / WINDOW_MS), tokens + more);
    countedAt = at;
  }

  /** Replies keep to the rate only while the network has just complained. */
  function replyAt(): number {
    return clock() < slowUntil ? withinRateAt(perSecond) : -Infinity;
  }

  /** When the send before the last `most` is a second ago. */
  function withinRateAt(most: number): number {
    return (begun[(next - most + 2 * perSecond) % perSecond] ?? -Infinity) + WINDOW_MS + MARGIN_MS;
  }

  function begin({ go }: Waiting, isBulk: boolean): void {
    if (isBulk) tokens -= 1;
    else if (countsReplies) share?.replied();
    if (isBulk || countsReplies || clock() < slowUntil) {
      begun[next] = clock();
      next = (next + 1) % perSecond;
    }
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
    load: () => ({ waiting: replies.length + bulk.length, underWay: inFlight }),
  };
}
