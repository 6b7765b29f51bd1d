import { setTimeout as sleep } from 'node:timers/promises';

/** Seconds that Telegram holds a call open until something comes. */
const LONG_POLL_S = 25;
const BATCH = 100;
/** Within this time another process takes over from one that died. */
export const POLL_LEASE_MS = 15_000;
const LONGEST_PAUSE_MS = 30_000;

/** One process at a time asks for updates: two that do are refused by Telegram, and order is lost. */
type Lease = { hold(): Promise<boolean>; release(): Promise<void> };

export type PollOptions = {
  readonly lease: Lease;
  /** How often it is prolonged, or asked for again. */
  readonly leaseEveryMs: number;
  /** Calls `getUpdates`; rejects when `signal` aborts. */
  getUpdates(
    asked: { readonly offset?: number; readonly limit: number; readonly timeout: number },
    signal: AbortSignal,
  ): Promise<readonly { readonly update_id: number }[]>;
  /** Takes a batch in; resolves with the id of the first update that is not saved, if any. */
  takeAll(updates: readonly { readonly update_id: number }[]): Promise<number | undefined>;
  /** Told of a failed call, and, with undefined, of the first that goes well again. */
  failed(error: unknown): void;
};

export type Poll = { start(): void; stop(): Promise<void> };

/**
 * Asks for updates for as long as this process holds the lease. The offset, by which Telegram forgets,
 * moves past an update only once it is saved, so a kill at any moment loses nothing.
 */
export function createPoll(options: PollOptions): Poll {
  const { lease, leaseEveryMs, failed } = options;
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let isHeld = false;
  let polling = new AbortController();

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  async function askForLease(): Promise<void> {
    isHeld = await lease.hold().catch(() => false);
  }

  /** Prolongs the lease on the side; a call that is open when it is lost is ended. */
  async function keepLease(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pause(leaseEveryMs);
      if (isHeld) await askForLease();
      if (!isHeld) polling.abort();
    }
  }

  async function run(): Promise<void> {
    let offset: number | undefined;
    let failures = 0;
    while (!stopping.signal.aborted) {
      if (!isHeld) {
        // Another process may have moved on: Telegram remembers how far.
        offset = undefined;
        await askForLease();
        if (!isHeld) await pause(leaseEveryMs);
        continue;
      }
      polling = new AbortController();
      try {
        const asked = {
          limit: BATCH,
          timeout: LONG_POLL_S,
          ...(offset === undefined ? {} : { offset }),
        };
        const updates = await options.getUpdates(asked, polling.signal);
        if (failures > 0) failed(undefined);
        failures = 0;
        const last = updates.at(-1)?.update_id;
        if (last !== undefined) offset = (await options.takeAll(updates)) ?? last + 1;
      } catch (error) {
        if (stopping.signal.aborted || polling.signal.aborted) continue;
        failures += 1;
        failed(error);
        await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures));
      }
    }
    if (offset !== undefined && isHeld) await confirm(offset);
  }

  /** Lets Telegram forget what is saved, so that it does not come again after the next start. */
  async function confirm(offset: number): Promise<void> {
    const soon = AbortSignal.timeout(1_000);
    await options.getUpdates({ offset, limit: 1, timeout: 0 }, soon).catch(() => undefined);
  }

  return {
    start() {
      running ??= Promise.all([keepLease(), run()]).then(() => undefined);
    },
    async stop() {
      stopping.abort();
      polling.abort();
      await running;
      await lease.release().catch(() => undefined);
    },
  };
}
