import { setTimeout as sleep } from 'node:timers/promises';
import type { ActivityLog } from './activity-log.js';
import type { Sockets } from './sockets.js';

const EVERY_MS = 200;
/** What is stored shows up a little later than the instant it bears. */
const DELAY_MS = 200;
/** Clocks of processes differ by so much at most, and an insert takes no longer. */
const SKEW_MS = 2_000;
/** One question in so many looks back as far as clocks may differ. */
const WIDE_EVERY = 5;

export type PumpOptions = {
  readonly log: Pick<ActivityLog, 'changedAfter'>;
  readonly sockets: Pick<Sockets, 'count' | 'pushNew'>;
  readonly report: (error: unknown) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly everyMs?: number;
};

export type Pump = {
  /** A socket was opened: looks for news as long as there is one. */
  wake(): void;
  stop(): void;
};

/**
 * Sends open sockets what other processes store, by one question to the log for all of them, one at
 * a time. A log that fails is reported once, and asked again from where the last answer ended.
 */
export function createPump(options: PumpOptions): Pump {
  const { log, sockets, report, now, everyMs = EVERY_MS } = options;
  let running = false;
  let stopped = false;
  let failing = false;

  async function ask(since: number): Promise<boolean> {
    try {
      const changed = await log.changedAfter(since);
      if (!stopped) for (const [conversation, seq] of changed) sockets.pushNew(conversation, seq);
      failing = false;
      return true;
    } catch (error) {
      if (!failing && !stopped) report(error);
      failing = true;
      return false;
    }
  }

  async function run(): Promise<void> {
    // What is older, a socket reads by itself when it opens.
    let since = now();
    for (let round = 0; !stopped && sockets.count() > 0; round += 1) {
      const at = now();
      const isAnswered = await ask(since - (round % WIDE_EVERY === 0 ? SKEW_MS : DELAY_MS));
      if (isAnswered) since = at;
      await sleep(everyMs, undefined, { ref: false });
    }
    running = false;
  }

  return {
    wake() {
      if (running || stopped) return;
      running = true;
      void run();
    },
    stop() {
      stopped = true;
    },
  };
}
