import type { Campaign } from '../../engine/campaign.js';
import type { Flow } from '../../engine/flow.js';
import { checkDraft, type DraftCheck } from '../../outreach/messages/check-draft.js';
import type { Deliveries } from '../../outreach/messages/deliveries.js';
import { findMessage, type ListedMessage } from '../../outreach/messages/list-messages.js';
import type { MessageDraft } from '../../outreach/messages/message-draft.js';
import type { MessageDrafts } from '../../outreach/messages/message-drafts.js';
import type { MessageDefinition } from '../../outreach/messages/message.js';
import type { MessageRow, Messages } from '../../outreach/messages/messages.js';
import type { Plan } from '../../outreach/messages/plan/plan-message.js';
import type { MessageContext } from '../../outreach/messages/read-matter.js';
import type { TestOutcome } from '../../outreach/messages/send-test.js';
import { statusOf } from '../../outreach/messages/status.js';
import type { Segments } from '../../outreach/segments/segments.js';
import type { MessageProgress, MessageRowView, MessageView } from '../api.js';
import { ApiRefusal } from '../route.js';

export type MessageRouteOptions = {
  readonly messages: Messages;
  readonly deliveries: Deliveries;
  readonly drafts: MessageDrafts;
  readonly segments: Pick<Segments, 'list'>;
  campaign(): Campaign;
  /** The flows in force. */
  flows(): Promise<readonly Flow[]>;
  /** Channels that are turned on. */
  channelsOn(): ReadonlySet<string>;
  plan(message: { readonly id: string; readonly definition: MessageDefinition }): Promise<Plan>;
  /** Sends the words to somebody of the staff, by the id of their account. */
  test(definition: MessageDefinition, member: string, language: string): Promise<TestOutcome>;
  now(): number;
};

/** What the routes about messages have in common. */
export type MessageDesk = {
  /** A message or draft; refused with 404 when there is none. */
  open(id: string): Promise<ListedMessage>;
  check(draft: MessageDraft): Promise<DraftCheck>;
  view(listed: ListedMessage): Promise<MessageView>;
  /** What would be sent; refused, with what is wrong with it, when it is not sound. */
  definitionOf(listed: ListedMessage): Promise<MessageDefinition>;
  progressOf(row: MessageRow): Promise<MessageProgress>;
};

/** Opens what the routes about messages share. */
export function openMessageDesk(options: MessageRouteOptions): MessageDesk {
  const { deliveries, campaign, now } = options;

  async function context(): Promise<MessageContext> {
    const [flows, segments] = await Promise.all([options.flows(), options.segments.list()]);
    return {
      campaign: campaign(),
      flows: new Map(flows.map((flow) => [flow.name, flow])),
      segments: new Set(segments.map(({ name }) => name)),
    };
  }

  async function open(of: string): Promise<ListedMessage> {
    const found = await findMessage(options, of);
    if (found === undefined || found.row?.follows !== undefined) {
      throw new ApiRefusal(404, 'not_found', 'There is no such message.');
    }
    return found;
  }

  async function check(draft: MessageDraft): Promise<DraftCheck> {
    return checkDraft(draft, await context());
  }

  async function view(listed: ListedMessage): Promise<MessageView> {
    const { message, draft } = listed;
    const isDraft = listed.state === 'draft';
    return {
      row: tellRow(listed),
      message,
      ...(isDraft ? { revision: draft?.revision ?? 0 } : {}),
      problems: isDraft ? (await check(message)).problems : [],
      ...(draft === undefined ? {} : { author: draft.author }),
    };
  }

  async function definitionOf({ message, row, state }: ListedMessage): Promise<MessageDefinition> {
    if (state !== 'draft' && row !== undefined) return row.definition;
    const checked = await check(message);
    if (checked.message !== undefined) return checked.message;
    throw new ApiRefusal(422, 'faulty', 'This message is not complete.', {
      fields: checked.problems.map(({ field: path, message: text }) => ({ path, message: text })),
    });
  }

  async function progressOf(row: MessageRow): Promise<MessageProgress> {
    const { id: _id, name: _name, ...status } = await statusOf(row, deliveries, now());
    return status;
  }

  return { open, check, view, definitionOf, progressOf };
}

/** A message as lists show it. */
export function tellRow({ id: of, state, message, createdAt, row }: ListedMessage): MessageRowView {
  const { name, purpose, content, segment, channels } = message;
  return {
    id: of,
    name,
    state,
    purpose,
    content,
    ...(segment === '' ? {} : { segment }),
    channels,
    createdAt: createdAt.toISOString(),
    ...(row?.starts_at === undefined ? {} : { startsAt: row.starts_at.toISOString() }),
    ...(row?.ended_at === undefined ? {} : { endedAt: row.ended_at.toISOString() }),
    ...(row?.recipients === undefined ? {} : { recipients: row.recipients }),
  };
}

/** Refuses what somebody else was quicker with. */
export function conflict(): ApiRefusal {
  return new ApiRefusal(409, 'conflict', 'Somebody changed it meanwhile.');
}
