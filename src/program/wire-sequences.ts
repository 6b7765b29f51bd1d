import type { Settings } from '../config.js';
import type { Conversation } from '../conversation/conversation.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { enrol } from '../outreach/sequences/enrol.js';
import { createLiveWatch, type LiveWatch } from '../outreach/sequences/live-watch.js';
import { messageWays } from './message-ways.js';
import type { Tables } from './open-tables.js';

export type WireSequencesOptions = {
  readonly settings: Settings;
  readonly tables: Pick<Tables, 'people' | 'deliveries' | 'sequences'>;
  conversation(): Pick<Conversation, 'write'>;
  readonly log: Log;
  library(): Library;
  now(): number;
};

/** Wires what notes that something happened, and what begins sequences with it. */
export function wireSequences(
  options: WireSequencesOptions,
): LiveWatch & { enrol(): Promise<void> } {
  const { settings, tables, log, now } = options;
  const watch = createLiveWatch(tables.sequences, (error) =>
    log.error({ err: error }, 'sequences not read'),
  );
  return {
    ...watch,
    enrol: () =>
      enrol({
        supporters: tables.people.supporters,
        deliveries: tables.deliveries,
        sequences: tables.sequences,
        ways: messageWays(settings),
        campaign: () => options.library().campaign,
        change: async (supporter, change) => {
          await options.conversation().write(supporter, undefined, (record) => ({
            record: change(record),
            answer: undefined,
          }));
        },
        now,
      }),
  };
}
