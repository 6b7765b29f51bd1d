import type { Table } from '../store/table.js';
import type { Log } from '../log.js';
import { createRateShare, type RateRow, type RateShare } from '../outreach/rate-share.js';
import { createThrottle, type Throttle } from '../outreach/throttle.js';

/** Channels whose networks count replies for each chat alone: they take nothing from bulk messages. */
const REPLIES_APART: readonly string[] = ['telegram'];

export type Throttles = {
  /** Makes the throttle of a channel, whose rate all processes share. */
  create(channel: string, perSecond: number): Throttle;
  /** Those that were made, by channel. */
  readonly byChannel: ReadonlyMap<string, Throttle>;
  /** Gives up what this process has of the rates. */
  stop(): Promise<void>;
};

/** Paces the sends of every channel, together with the other processes on this store. */
export function wireThrottles(options: {
  readonly rates: Table<RateRow>;
  readonly owner: string;
  readonly log: Log;
  now(): number;
}): Throttles {
  const { rates, owner, log, now } = options;
  const byChannel = new Map<string, Throttle>();
  const shares: RateShare[] = [];
  return {
    create(channel, perSecond) {
      const share = createRateShare({
        table: rates,
        channel,
        perSecond,
        owner,
        report: (error) => log.warn({ err: error, channel }, 'rate not shared'),
        now,
      });
      shares.push(share);
      const countsReplies = !REPLIES_APART.includes(channel);
      const throttle = createThrottle(perSecond, { share, countsReplies });
      byChannel.set(channel, throttle);
      return throttle;
    },
    byChannel,
    async stop() {
      await Promise.all(shares.map((share) => share.stop()));
    },
  };
}
