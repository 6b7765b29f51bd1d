import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { MessageDraft } from './message-draft.js';

/** A message that staff are writing; it becomes a message under the same id when it is sent. */
export type MessageDraftRow = {
  readonly _id: string;
  /** Counts the saves; a save names the revision it was made from. */
  readonly revision: number;
  readonly draft: MessageDraft;
  /** Who saved it last, and when. */
  readonly author: string;
  readonly updated_at: Date;
};

export type MessageDrafts = {
  readonly table: Table<MessageDraftRow>;
  get(id: string): Promise<MessageDraftRow | undefined>;
  /**
   * Saves a draft as the revision after the one it names, 0 for a new one; undefined when somebody saved
   * or sent it meanwhile, and then nothing is written.
   */
  save(row: MessageDraftRow): Promise<MessageDraftRow | undefined>;
  /** Discards the very revision; false when there is another. */
  discard(row: Pick<MessageDraftRow, '_id' | 'revision'>): Promise<boolean>;
};

/** Opens the collection `message_drafts`. */
export function openMessageDrafts(connection: Connection): MessageDrafts {
  const table = openTable<MessageDraftRow>(connection, {
    name: 'message_drafts',
    schema: { revision: Number, draft: {}, author: String, updated_at: Date },
    indexes: [[{ updated_at: 1 }]],
  });
  return {
    table,
    get: (id) => table.get(id),
    async save(row) {
      const { revision } = row;
      const next = { ...row, revision: revision + 1 };
      const isSaved =
        revision === 0 ? await table.insert(next) : await table.replaceIf({ revision }, next);
      return isSaved ? next : undefined;
    },
    discard: async ({ _id, revision }) => (await table.remove({ _id, revision })) === 1,
  };
}
