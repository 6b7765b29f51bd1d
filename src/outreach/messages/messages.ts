import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { FollowUp } from './follow-up.js';
import type { MessageDefinition, MessageState } from './message.js';

/** A message as it is kept. */
export type MessageRow = {
  readonly _id: string;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
  readonly definition: MessageDefinition;
  readonly state: MessageState;
  /** Present on a step of a sequence, whose deliveries are made by what happens. */
  readonly follows?: FollowUp;
  readonly created_at: Date;
  /** What the last plan found: how many it goes to. */
  readonly recipients?: number;
  /** The same, by the channel that each is first tried on. */
  readonly by_channel?: { readonly [channel: string]: number };
  /** When the first of them is due. */
  readonly starts_at?: Date;
  /** Deliveries are made in the order of supporters: up to this one. */
  readonly made_to?: string;
  /** How many supporters were looked at, and how many deliveries were made of them. */
  readonly made: number;
  /** The latter by the channel that each was first meant for. */
  readonly made_by?: { readonly [channel: string]: number };
  /** Present once all were made. */
  readonly all_made?: true;
  /** Deliveries are made one by one as people ask for them, so it is never done by itself. */
  readonly standing?: true;
  /** Present once nothing of a cancelled one is under way any more. */
  readonly settled?: true;
  /** Its deliveries were kept long enough, and are gone. */
  readonly emptied?: true;
  /** When it was done or cancelled. */
  readonly ended_at?: Date;
};

export type Messages = {
  readonly table: Table<MessageRow>;
  get(id: string): Promise<MessageRow | undefined>;
  /** Messages under way in any way. */
  findActive(): Promise<MessageRow[]>;
  /** Cancelled ones of which deliveries are still planned or on their way. */
  findStopped(): Promise<MessageRow[]>;
  /** Those of which something may have been sent since. */
  findRecent(since: Date): Promise<MessageRow[]>;
  /** Writes the change as the next revision; undefined when there is none, or `change` declines. */
  change(
    id: string,
    change: (row: MessageRow) => MessageRow | undefined,
  ): Promise<MessageRow | undefined>;
};

/** Times that a change which others overtook is begun again. */
const MOST_TRIES = 50;

/** Opens the collection `messages`. */
export function openMessages(connection: Connection): Messages {
  const table = openTable<MessageRow>(connection, {
    name: 'messages',
    schema: {
      revision: Number,
      definition: {},
      state: String,
      follows: {},
      created_at: Date,
      recipients: Number,
      by_channel: {},
      starts_at: Date,
      made_to: String,
      made: Number,
      made_by: {},
      all_made: Boolean,
      standing: Boolean,
      settled: Boolean,
      emptied: Boolean,
      ended_at: Date,
    },
    indexes: [[{ state: 1 }], [{ ended_at: 1 }]],
  });
  return {
    table,
    get: (id) => table.get(id),
    findActive: () => table.find({ state: { $in: ['planned', 'sending', 'paused'] } }),
    findStopped: () => table.find({ state: 'cancelled', settled: { $exists: false } }),
    findRecent: (since) =>
      table.find({
        $or: [{ state: { $in: ['planned', 'sending', 'paused'] } }, { ended_at: { $gte: since } }],
      }),
    async change(id, change) {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const row = await table.get(id);
        const next = row === undefined ? undefined : change(row);
        if (row === undefined || next === undefined) return undefined;
        const written = { ...next, revision: row.revision + 1 };
        if (await table.replaceIf({ revision: row.revision }, written)) return written;
      }
      throw new Error('Too many writers at once for one message.');
    },
  };
}

/** A message that was just written. */
export function newMessage(_id: string, definition: MessageDefinition, at: Date): MessageRow {
  return { _id, revision: 1, definition, state: 'draft', created_at: at, made: 0 };
}
