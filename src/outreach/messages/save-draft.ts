import type { MessageDraft } from './message-draft.js';
import type { MessageDraftRow, MessageDrafts } from './message-drafts.js';
import type { MessageDefinition } from './message.js';
import { newMessage, type MessageRow, type Messages } from './messages.js';

type Kept = { readonly messages: Pick<Messages, 'table' | 'get'>; readonly drafts: MessageDrafts };

/**
 * Saves a draft as the next revision; undefined when somebody saved, sent or discarded it meanwhile. One
 * that the command line made has revision 0 here, and lives among the drafts from then on.
 */
export async function saveDraft(
  { messages, drafts }: Kept,
  written: {
    readonly id: string;
    readonly revision: number;
    readonly draft: MessageDraft;
    readonly author: string;
    readonly at: Date;
  },
): Promise<MessageDraftRow | undefined> {
  const { id, revision, draft, author, at } = written;
  const saved = await drafts.save({ _id: id, revision, draft, author, updated_at: at });
  if (saved === undefined || revision > 0) return saved;
  // Gone from among the messages, it can be sent from here only.
  const isTaken = (await messages.get(id)) === undefined;
  if (isTaken || (await messages.table.remove({ _id: id, state: 'draft' })) === 1) return saved;
  await drafts.discard(saved);
  return undefined;
}

/**
 * Makes a message of a draft, still to be sent, under the same id; undefined when somebody sent it before.
 * Done again after a crash, it makes no second one.
 */
export async function makeMessage(
  { messages }: Pick<Kept, 'messages'>,
  id: string,
  definition: MessageDefinition,
  at: Date,
): Promise<MessageRow | undefined> {
  const row = newMessage(id, definition, at);
  if (await messages.table.insert(row)) return row;
  const known = await messages.get(id);
  if (known?.state !== 'draft') return undefined;
  const next = { ...known, definition, revision: known.revision + 1 };
  return (await messages.table.replaceIf({ revision: known.revision, state: 'draft' }, next))
    ? next
    : undefined;
}
