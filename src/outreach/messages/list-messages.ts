import type { Campaign } from '../../engine/campaign.js';
import type { MessageDraft } from './message-draft.js';
import type { MessageDraftRow, MessageDrafts } from './message-drafts.js';
import type { MessageState } from './message.js';
import { draftOf } from './check-draft.js';
import type { MessageRow, Messages } from './messages.js';

/** A message that staff wrote, whether it is still being written or was sent. */
export type ListedMessage = {
  readonly id: string;
  readonly state: MessageState;
  readonly message: MessageDraft;
  readonly createdAt: Date;
  /** Present while it is being written in the console. */
  readonly draft?: MessageDraftRow;
  readonly row?: MessageRow;
};

type Kept = {
  readonly messages: Pick<Messages, 'table' | 'get'>;
  readonly drafts: Pick<MessageDrafts, 'table' | 'get'>;
  campaign(): Campaign;
};

/** Messages, the newest first, older than an instant; drafts stand where they were saved last. */
export async function listMessages(
  { messages, drafts, campaign }: Kept,
  query: { readonly state?: MessageState; readonly before?: Date; readonly limit: number },
): Promise<ListedMessage[]> {
  const { state, before, limit } = query;
  const older = before === undefined ? {} : { $lt: before };
  const isDraft = state === undefined || state === 'draft';
  const [rows, written] = await Promise.all([
    messages.table.find(
      {
        follows: { $exists: false },
        ...(state === undefined ? {} : { state }),
        ...(before === undefined ? {} : { created_at: older }),
      },
      { sort: { created_at: -1 }, limit },
    ),
    isDraft
      ? drafts.table.find(before === undefined ? {} : { updated_at: older }, {
          sort: { updated_at: -1 },
          limit,
        })
      : [],
  ]);
  const taken = new Set(written.map(({ _id }) => _id));
  return [
    ...written.map(fromDraft),
    ...rows.filter(({ _id }) => !taken.has(_id)).map((row) => fromRow(row, campaign())),
  ]
    .toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
    .slice(0, limit);
}

/** One of them; a draft counts before what was kept of it by the command line. */
export async function findMessage(
  { messages, drafts, campaign }: Kept,
  id: string,
): Promise<ListedMessage | undefined> {
  const [draft, row] = await Promise.all([drafts.get(id), messages.get(id)]);
  if (draft !== undefined && (row === undefined || row.state === 'draft')) return fromDraft(draft);
  return row === undefined ? undefined : fromRow(row, campaign());
}

function fromDraft(draft: MessageDraftRow): ListedMessage {
  const { _id: id, draft: message, updated_at: createdAt } = draft;
  return { id, state: 'draft', message, createdAt, draft };
}

function fromRow(row: MessageRow, campaign: Campaign): ListedMessage {
  const { _id: id, state, definition, created_at: createdAt } = row;
  return { id, state, message: draftOf(definition, campaign), createdAt, row };
}
