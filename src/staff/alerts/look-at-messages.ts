import type { Deliveries } from '../../outreach/messages/deliveries.js';
import type { Messages, MessageRow } from '../../outreach/messages/messages.js';
import type { AlertView } from '../api.js';

const DAY_MS = 86_400_000;
/** What is due for so long, while nothing goes out, stands still. */
const STILL_MS = 120_000;
/** Messages looked at, the newest first. */
const MOST = 50;

type Options = {
  readonly messages: Pick<Messages, 'findRecent'>;
  readonly deliveries: Pick<Deliveries, 'table'>;
  /** Names of channels. */
  readonly channels: readonly string[];
};

/** Failed and doubtful deliveries of the last day's messages, and messages that stand still. */
export async function lookAtMessages(options: Options, now: number): Promise<AlertView[]> {
  const rows = (await options.messages.findRecent(new Date(now - DAY_MS)))
    .toSorted((one, other) => other.created_at.getTime() - one.created_at.getTime())
    .slice(0, MOST);
  const found = await Promise.all(rows.map((row) => lookAt(row, options, now)));
  return found.flat();
}

async function lookAt(
  row: MessageRow,
  { deliveries: { table }, channels }: Options,
  now: number,
): Promise<AlertView[]> {
  const { _id: message, definition } = row;
  // The step of a sequence is seen on its sequence.
  const about = {
    name: definition.name,
    ...(row.follows === undefined ? { about: message } : { sequence: row.follows.sequence }),
  };
  const since = { $gte: new Date(now - DAY_MS) };
  const lately = (state: string) =>
    table.count({ message, state, channel: { $in: [...channels] }, at: since });
  const [failed, unknown, isStill] = await Promise.all([
    lately('failed'),
    lately('unknown'),
    standsStill(row, table, channels, now),
  ]);
  return [
    ...(failed > 0 ? [{ kind: 'failed' as const, count: failed, ...about }] : []),
    ...(unknown > 0 ? [{ kind: 'unknown' as const, count: unknown, ...about }] : []),
    ...(isStill ? [{ kind: 'behind' as const, count: 1, ...about }] : []),
  ];
}

/** Whether it should be going out, and for two minutes nothing of it did. */
async function standsStill(
  { _id: message, state, starts_at: starts }: MessageRow,
  table: Options['deliveries']['table'],
  channels: readonly string[],
  now: number,
): Promise<boolean> {
  const before = new Date(now - STILL_MS);
  if (state === 'planned') return starts !== undefined && starts < before;
  if (state !== 'sending') return false;
  const of = (states: readonly string[], at: object) =>
    table.count({
      message,
      state: { $in: [...states] },
      channel: { $in: [...channels] },
      at,
    });
  if ((await of(['planned'], { $lt: before })) === 0) return false;
  return (await of(MOVING, { $gte: before })) === 0;
}

const MOVING = ['sending', 'sent', 'delivered', 'read', 'failed', 'skipped', 'unknown'];
