import type { Connection } from 'mongoose';
import { createRevisions, type Revisions } from '../../store/revisions.js';
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

export type MessageDrafts = Revisions<MessageDraftRow> & {
  readonly table: Table<MessageDraftRow>;
  get(id: string): Promise<MessageDraftRow | undefined>;
};

/** Opens the collection `message_drafts`. */
export function openMessageDrafts(connection: Connection): MessageDrafts {
  const table = openTable<MessageDraftRow>(connection, {
    name: 'message_drafts',
    schema: { revision: Number, draft: {}, author: String, updated_at: Date },
    indexes: [[{ updated_at: 1 }]],
  });
  return { table, get: (id) => table.get(id), ...createRevisions(table) };
}
