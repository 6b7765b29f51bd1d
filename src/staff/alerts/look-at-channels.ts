import type { ProcessRow } from '../../store/processes.js';
import type { AlertView } from '../api.js';
import { standOf } from '../channels/stand-of.js';

/** Channels that are turned on and not at work, and whether nobody sends; pure. */
export function lookAtChannels(
  on: readonly string[],
  processes: readonly ProcessRow[],
): readonly AlertView[] {
  const worker = processes.some(({ role }) => role !== 'web');
  return [
    ...on.flatMap((channel): AlertView[] => {
      const { state, reason } = standOf(channel, processes);
      if (state === 'ready' || state === 'opening') return [];
      return [
        {
          kind: 'channel',
          count: 1,
          about: channel,
          ...(reason === undefined ? {} : { reason }),
        },
      ];
    }),
    ...(worker ? [] : [{ kind: 'no_worker' as const, count: 1 }]),
  ];
}
