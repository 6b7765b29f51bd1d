import type { ChannelState, ProcessRow } from '../../store/processes.js';
import type { ChannelStand, ChannelView } from '../api.js';

/** What of a channel is known from its processes. */
export type Together = Pick<
  ChannelView,
  'state' | 'reason' | 'lastInAt' | 'lastOutAt' | 'failed' | 'failedAt' | 'failedBy' | 'sent'
> & { readonly waiting: number; readonly at?: string };

/** The worst first: what one process cannot do is told, whatever another can. */
const WORST: readonly Exclude<ChannelStand, 'off'>[] = [
  'failing',
  'logged_out',
  'waiting',
  'opening',
  'ready',
];

/** No process tells of a channel that is turned on. */
const NOBODY = 'no running process has this channel; start one, or look at its log';

/** How a channel that is turned on does in all processes together; pure. */
export function standOf(channel: string, processes: readonly ProcessRow[]): Together {
  const told = processes.flatMap(({ at, channels }) =>
    channels.filter((one) => one.channel === channel).map((state) => ({ at, ...state })),
  );
  const state = WORST.find((one) => told.some((row) => row.state === one));
  const named = told.find((row) => row.state === state);
  const sum = (by: 'failed' | 'sent' | 'waiting' | 'under_way'): number =>
    told.reduce((total, row) => total + row[by], 0);
  const lastIn = latest(told, 'last_in');
  const lastOut = latest(told, 'last_out');
  const failed = told.toSorted(
    (one, other) => (other.failed_at?.getTime() ?? 0) - (one.failed_at?.getTime() ?? 0),
  )[0];
  return {
    // All stand by for one that has just gone.
    state: state ?? (told.length > 0 ? 'opening' : 'failing'),
    ...(told.length === 0 ? { reason: NOBODY } : {}),
    ...(named?.reason === undefined ? {} : { reason: named.reason }),
    ...(named === undefined ? {} : { at: named.at.toISOString() }),
    ...(lastIn === undefined ? {} : { lastInAt: lastIn }),
    ...(lastOut === undefined ? {} : { lastOutAt: lastOut }),
    failed: sum('failed'),
    ...(failed?.failed_at === undefined ? {} : { failedAt: failed.failed_at.toISOString() }),
    ...(failed?.failed_by === undefined ? {} : { failedBy: failed.failed_by }),
    sent: sum('sent'),
    waiting: sum('waiting') + sum('under_way'),
  };
}

function latest(told: readonly ChannelState[], field: 'last_in' | 'last_out'): string | undefined {
  const times = told.flatMap((row) => row[field]?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(Math.max(...times)).toISOString();
}
