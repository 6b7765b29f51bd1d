import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';
import { divideRate, SHARE_MS, type Division } from './divide-rate.js';
import type { ThrottleOptions } from './throttle.js';

/** How often a share is renewed while something waits for it. */
const RENEW_MS = 500;
/** A process that wanted nothing for so long gives its share up. */
const WANTED_MS = 3_000;
/** Replies come when they come: as much is kept for them as one second of the last few took. */
const REPLIED_MS = 10_000;
const MOST_TRIES = 20;

export type RateRow = Division & {
  /** The channel. */
  readonly _id: string;
  readonly revision: number;
};

/** Opens the collection `rates`: how processes divide the rate of each channel. */
export function openRates(connection: Connection): Table<RateRow> {
  return openTable<RateRow>(connection, {
    name: 'rates',
    schema: { revision: Number, shares: [{}], cooling: [{}] },
    indexes: [],
  });
}

export type RateShare = NonNullable<ThrottleOptions['share']> & { stop(): Promise<void> };

export type RateShareOptions = {
  readonly table: Pick<Table<RateRow>, 'get' | 'insert' | 'replaceIf'>;
  readonly channel: string;
  readonly perSecond: number;
  /** Names this process. */
  readonly owner: string;
  /** Told of a store that does not answer. */
  report(error: unknown): void;
  now(): number;
  /** Monotonic milliseconds. */
  readonly clock?: () => number;
};

/**
 * What this process has of the rate that all processes share on a channel. It is leased from the store in
 * advance, so that a send waits for no answer; a share that cannot be renewed in time is used no more.
 */
export function createRateShare(options: RateShareOptions): RateShare {
  const { table, channel, perSecond, owner, clock = () => performance.now() } = options;
  let tokens = 0;
  let endsAt = -Infinity;
  let wantedAt = -Infinity;
  /** When replies that count went out. */
  let replied: number[] = [];
  let timer: NodeJS.Timeout | undefined;
  let renewing: Promise<void> | undefined;
  let changed: () => void = () => undefined;

  async function divide(wants: number): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const begun = clock();
      const row = await table.get(channel);
      const before = row ?? { _id: channel, revision: 0, shares: [], cooling: [] };
      const division = divideRate(before, { owner, wants }, perSecond, options.now());
      const mine = division.shares.find((share) => share.owner === owner)?.tokens ?? 0;
      // Fewer are fewer from now on: the others may count on it as soon as it is written.
      tokens = Math.min(tokens, mine);
      const next = { _id: channel, revision: before.revision + 1, ...division };
      const isWritten =
        row === undefined
          ? await table.insert(next)
          : await table.replaceIf({ revision: row.revision }, next);
      if (!isWritten) continue;
      tokens = mine;
      endsAt = begun + SHARE_MS;
      return changed();
    }
  }

  /** How much of the rate there is a use for. */
  function wish(): number {
    replied = replied.filter((at) => clock() - at < REPLIED_MS);
    if (clock() - wantedAt < WANTED_MS) return perSecond;
    return Math.min(perSecond, mostInSecond(replied));
  }

  function keepRenewed(): void {
    if (timer !== undefined) return;
    timer = setInterval(renew, RENEW_MS);
    renew();
  }

  function renew(): void {
    renewing ??= (async () => {
      try {
        const wants = wish();
        await divide(wants);
        if (wants === 0) stopTimer();
      } catch (error) {
        options.report(error);
      } finally {
        renewing = undefined;
      }
    })();
  }

  function stopTimer(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    allowed: () => (clock() < endsAt ? tokens : 0),
    wanted() {
      wantedAt = clock();
      keepRenewed();
    },
    replied() {
      replied.push(clock());
      keepRenewed();
    },
    onChange(listener) {
      changed = listener;
    },
    async stop() {
      stopTimer();
      await renewing;
      if (tokens > 0) await divide(0).catch(() => undefined);
    },
  };
}

/** The most of some instants, in order, that lie within one second. */
function mostInSecond(instants: readonly number[]): number {
  let from = 0;
  let most = 0;
  for (const [index, at] of instants.entries()) {
    while (at - (instants[from] ?? at) >= 1_000) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}
