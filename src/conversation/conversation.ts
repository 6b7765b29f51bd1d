import type { Guard } from './guard.js';
import type { Channel } from '../channels/channel.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { createBatcher } from '../store/batcher.js';
import type { Addresses } from '../supporters/addresses.js';
import type { Journal } from '../supporters/journal.js';
import type { JournalEntry } from '../supporters/outbox-item.js';
import type { Supporters } from '../supporters/supporters.js';
import type { ActionHandler } from './action-handler.js';
import { createConverse, type Converse, type ConverseOptions } from './converse.js';
import { createPerformer } from './perform.js';
import { createRecordWriter, LEASE_MS, type RecordWriter } from './record-writer.js';
import { createSweep, type Sweep } from './sweep.js';
import type { Rules } from './understand.js';

export type ConversationOptions = {
  readonly supporters: Supporters;
  readonly addresses: Addresses;
  readonly journal: Journal;
  /** May be filled until the first message comes. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly actions: ReadonlyMap<string, ActionHandler>;
  /** Those of the actions that come after everything else, and are never given up. */
  readonly lastActions: ReadonlySet<string>;
  /** What may leave for a supporter. */
  guard(supporter: string): Promise<Guard>;
  readonly log: Log;
  /** Names this process in leases. */
  readonly owner: string;
  library(): Library;
  rules(): Rules;
  readonly readMeaning?: ConverseOptions['readMeaning'];
  readonly refresh: ConverseOptions['refresh'];
  now(): number;
  readonly met: ConverseOptions['met'];
  readonly turnsErased: ConverseOptions['turnsErased'];
  readonly join?: NonNullable<ConverseOptions['join']>;
  readonly linkStarts?: NonNullable<ConverseOptions['linkStarts']>;
  readonly complete?: ConverseOptions['complete'];
  readonly segmentsOf?: ConverseOptions['segmentsOf'];
  readonly observe: ConverseOptions['observe'];
  /** What is noted in a record when a write makes it true. */
  readonly watched?: NonNullable<Parameters<typeof createRecordWriter>[0]['watched']>;
};

export type Conversation = Omit<Converse, 'forgetOwners'> &
  Sweep & {
    readonly write: RecordWriter['write'];
    readonly read: RecordWriter['read'];
    /** Forgets a supporter who was erased, and whose these addresses (`<channel>:<address>`) were. */
    forget(supporter: string, addresses: readonly string[]): void;
    /** Lets every turn under way end; what cannot be sent now stays in the outbox. */
    stop(): Promise<void>;
  };

/** Puts the parts of the conversation together: the door, the outbox, the leases and the timers. */
export function createConversation(options: ConversationOptions): Conversation {
  const { supporters, addresses, journal, channels, actions, log, owner, now } = options;
  const writer = createRecordWriter({
    supporters,
    owner,
    log,
    now,
    ...(options.watched === undefined ? {} : { watched: options.watched }),
  });
  const writeEntry = createBatcher<{ supporter: string; entry: JournalEntry }>(async (entries) => {
    await journal.write(entries);
    return entries.map(() => undefined);
  });
  const performer = createPerformer({
    channels,
    actions,
    lastActions: options.lastActions,
    guard: options.guard,
    addresses,
    log,
    writeJournal: (supporter, entry) => writeEntry({ supporter, entry }),
    done: writer.done,
    async returned(supporter, effect, result) {
      const event = { type: 'returned' as const, effect };
      const returned = result === undefined ? event : { ...event, result };
      const receipt = await converse.happen(supporter, returned, `returned ${effect}`);
      if (receipt === 'busy') throw new Error('The result of an action found the outbox full.');
    },
  });
  const converse = createConverse({
    writer,
    addresses,
    channels,
    log,
    library: options.library,
    rules: options.rules,
    readMeaning: options.readMeaning,
    refresh: options.refresh,
    now,
    perform: performer.perform,
    met: options.met,
    turnsErased: options.turnsErased,
    ...(options.join === undefined ? {} : { join: options.join }),
    ...(options.linkStarts === undefined ? {} : { linkStarts: options.linkStarts }),
    complete: options.complete,
    segmentsOf: options.segmentsOf,
    observe: options.observe,
  });
  const sweep = createSweep({ supporters, writer, performer, converse, log, owner, now });
  const prolonging = setInterval(() => {
    sweep.prolong().catch((error: unknown) => log.error({ err: error }, 'leases not prolonged'));
  }, LEASE_MS / 3);
  return {
    ...converse,
    ...sweep,
    write: writer.write,
    read: writer.read,
    forget(supporter, gone) {
      writer.forget(supporter);
      converse.forgetOwners(gone);
    },
    async stop() {
      clearInterval(prolonging);
      await performer.stop();
      await writer.settle();
    },
  };
}
