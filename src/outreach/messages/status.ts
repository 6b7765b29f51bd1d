import type { Deliveries, DeliveryState } from './deliveries.js';
import type { MessageState } from './message.js';
import type { MessageRow } from './messages.js';
import { ARRIVED } from './plan/recently-written-to.js';

/** The rate is that of the last so many milliseconds. */
const RATE_OVER_MS = 10_000;

/** How far a message got; each delivery is counted once, by the state it is in. */
export type MessageStatus = {
  readonly id: string;
  readonly name: string;
  readonly state: MessageState;
} & { readonly [state in DeliveryState]: number } & {
  /** Why deliveries failed, were skipped, or are in doubt. */
  readonly reasons: { readonly [reason: string]: number };
  /** Messages sent a second, lately. */
  readonly rate: number;
  /** When the last will be sent at this rate, ISO 8601; absent while nobody knows. */
  readonly endsAt?: string;
};

/** Counts how far a message got. */
export async function statusOf(
  row: MessageRow,
  { table, count }: Pick<Deliveries, 'table' | 'count'>,
  now: number,
): Promise<MessageStatus> {
  const { _id: id, definition, state } = row;
  const since = new Date(now - RATE_OVER_MS);
  const [{ states, reasons }, lately] = await Promise.all([
    count(id),
    table.count({
      message: id,
      state: { $in: ARRIVED.filter((one) => one !== 'sending') },
      // Named, so that an index tells it to the instant.
      channel: { $in: [...definition.channels] },
      at: { $gte: since },
    }),
  ]);
  const isOver = state === 'done' || state === 'cancelled';
  const unmade =
    isOver || row.all_made === true ? 0 : Math.max(0, (row.recipients ?? 0) - row.made);
  const planned = states.planned + unmade;
  const rate = Math.round(lately / (RATE_OVER_MS / 100)) / 10;
  const endsAt = isOver
    ? row.ended_at?.toISOString()
    : rate > 0
      ? new Date(now + (planned / rate) * 1_000).toISOString()
      : undefined;
  return {
    id,
    name: definition.name,
    state,
    ...states,
    planned,
    reasons,
    rate,
    ...(endsAt === undefined ? {} : { endsAt }),
  };
}
