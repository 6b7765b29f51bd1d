import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Campaign } from '../../engine/campaign.js';
import type { Flow } from '../../engine/flow.js';
import { beginSend, type Beginning } from '../../outreach/messages/begin-send.js';
import { checkDraft, type DraftCheck } from '../../outreach/messages/check-draft.js';
import type { Deliveries } from '../../outreach/messages/deliveries.js';
import {
  findMessage,
  listMessages,
  type ListedMessage,
} from '../../outreach/messages/list-messages.js';
import type { MessageDraft } from '../../outreach/messages/message-draft.js';
import type { MessageDrafts } from '../../outreach/messages/message-drafts.js';
import { moved, type MessageDefinition } from '../../outreach/messages/message.js';
import type { MessageRow, Messages } from '../../outreach/messages/messages.js';
import { moveMessage } from '../../outreach/messages/move-message.js';
import { picturePlan } from '../../outreach/messages/plan/picture-plan.js';
import type { Plan } from '../../outreach/messages/plan/plan-message.js';
import { previewWords } from '../../outreach/messages/preview-words.js';
import type { MessageContext } from '../../outreach/messages/read-matter.js';
import { countUnknown, resendUnknown } from '../../outreach/messages/resend-unknown.js';
import { makeMessage, saveDraft } from '../../outreach/messages/save-draft.js';
import type { TestOutcome } from '../../outreach/messages/send-test.js';
import { statusOf } from '../../outreach/messages/status.js';
import type { Segments } from '../../outreach/segments/segments.js';
import type { MessageProgress, MessageRowView, MessageView } from '../api.js';
import { ApiRefusal, defineRoute, type Call, type Route } from '../route.js';
import { DONE, id, limit, NOTHING } from './inputs.js';
import { messageOptions, tellOptions } from './message-options.js';
import {
  messageDraft,
  messageRow,
  messageState,
  messageView,
  planView,
  problem,
  progress,
  testOutcome,
} from './message-shapes.js';

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

const USUAL = 50;

/** Routes about campaign messages and reminders. */
export function messageRoutes(options: MessageRouteOptions): Route[] {
  const { messages, deliveries, drafts, campaign, now } = options;

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

  /** What would be sent; refused, with what is wrong with it, when it is not sound. */
  async function definitionOf({ message, row, state }: ListedMessage): Promise<MessageDefinition> {
    if (state !== 'draft' && row !== undefined) return row.definition;
    const checked = await check(message);
    if (checked.message !== undefined) return checked.message;
    throw new ApiRefusal(422, 'faulty', 'This message is not complete.', {
      fields: checked.problems.map(({ field: path, message: text }) => ({ path, message: text })),
    });
  }

  async function save(
    of: string,
    revision: number,
    message: MessageDraft,
    call: Call,
  ): Promise<MessageView> {
    const { caller, at } = call;
    const author = caller.type === 'nobody' ? '' : caller.name;
    const saved = await saveDraft(options, { id: of, revision, draft: message, author, at });
    if (saved === undefined) throw conflict();
    return view(await open(of));
  }

  async function progressOf(row: MessageRow): Promise<MessageProgress> {
    const { id: _id, name: _name, ...status } = await statusOf(row, deliveries, now());
    return status;
  }

  async function begin(listed: ListedMessage, anyway: boolean, at: Date): Promise<Beginning> {
    const definition = await definitionOf(listed);
    const plan = (row: Pick<MessageRow, '_id' | 'definition'>): Promise<Plan> =>
      options.plan({ id: row._id, definition: row.definition });
    const row = await makeMessage(options, listed.id, definition, at);
    if (row === undefined) throw conflict();
    return beginSend(row, messages, plan, { anyway, now });
  }

  const moves = (['pause', 'resume', 'cancel'] as const).map((move) =>
    defineRoute<`POST /messages/:id/${typeof move}`>({
      type: 'json',
      key: `POST /messages/:id/${move}`,
      name: `${move}Message`,
      summary: MOVES[move],
      access: 'messages.send',
      input: z.strictObject({ id }),
      output: progress,
      audit: (input) => ({ about: input.id }),
      async handle(given, { at }) {
        const { row } = await open(given.id);
        const after = row && (await moveMessage(messages, given.id, move, at));
        if (after === undefined) {
          throw new ApiRefusal(409, 'wrong_state', `There is nothing to ${move}.`);
        }
        return progressOf(after);
      },
    }),
  );

  return [
    defineRoute<'GET /messages'>({
      type: 'json',
      key: 'GET /messages',
      name: 'listMessages',
      summary: 'Campaign messages and reminders, the newest first.',
      access: 'messages.read',
      input: z.strictObject({
        before: z.iso.datetime().exactOptional(),
        state: messageState.exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: z.object({ items: z.array(messageRow), next: z.string().exactOptional() }),
      audit: 'nothing',
      async handle({ before, state, limit: most = USUAL }) {
        const found = await listMessages(options, {
          ...(before === undefined ? {} : { before: new Date(before) }),
          ...(state === undefined ? {} : { state }),
          limit: most + 1,
        });
        const items = found.slice(0, most).map(tellRow);
        const last = items.at(-1);
        return found.length > most && last !== undefined
          ? { items, next: last.createdAt }
          : { items };
      },
    }),
    defineRoute<'GET /message-options'>({
      type: 'json',
      key: 'GET /message-options',
      name: 'listMessageOptions',
      summary: 'What a message can be about, where it can go, and what its words may name.',
      access: 'messages.read',
      input: NOTHING,
      output: messageOptions,
      audit: 'nothing',
      handle: () => tellOptions(options),
    }),
    defineRoute<'GET /messages/:id'>({
      type: 'json',
      key: 'GET /messages/:id',
      name: 'readMessage',
      summary: 'One message; of a draft, with what is wrong with it.',
      access: 'messages.read',
      input: z.strictObject({ id }),
      output: messageView,
      audit: 'nothing',
      handle: async (given) => view(await open(given.id)),
    }),
    defineRoute<'POST /messages'>({
      type: 'json',
      key: 'POST /messages',
      name: 'draftMessage',
      summary: 'Keeps a new draft, whatever is wrong with it still.',
      access: 'messages.write',
      input: z.strictObject({ message: messageDraft }),
      output: messageView,
      audit: 'itself',
      async handle({ message }, call) {
        const fresh = randomBytes(5).toString('hex');
        await call.note({ action: 'draftMessage', about: fresh });
        return save(fresh, 0, message, call);
      },
    }),
    defineRoute<'PUT /messages/:id'>({
      type: 'json',
      key: 'PUT /messages/:id',
      name: 'saveMessage',
      summary: 'Saves a draft as the next revision.',
      access: 'messages.write',
      input: z.strictObject({ id, message: messageDraft, revision: z.number().int().min(0) }),
      output: messageView,
      audit: (input) => ({ about: input.id }),
      async handle(given, call) {
        const listed = await open(given.id);
        if (listed.state !== 'draft') throw conflict();
        return save(given.id, given.revision, given.message, call);
      },
    }),
    defineRoute<'DELETE /messages/:id'>({
      type: 'json',
      key: 'DELETE /messages/:id',
      name: 'discardMessage',
      summary: 'Discards a draft.',
      access: 'messages.write',
      input: z.strictObject({ id, revision: z.number().int().min(0) }),
      output: DONE,
      audit: (input) => ({ about: input.id }),
      async handle({ id: of, revision }) {
        const { draft, state } = await open(of);
        const isGone =
          draft === undefined
            ? state === 'draft' && (await messages.table.remove({ _id: of, state: 'draft' })) === 1
            : await drafts.discard({ _id: of, revision });
        if (!isGone) throw conflict();
        return { done: true };
      },
    }),
    defineRoute<'POST /message-checks'>({
      type: 'json',
      key: 'POST /message-checks',
      name: 'checkMessage',
      summary: 'What is wrong with a draft, and how its words read; keeps nothing.',
      access: 'messages.read',
      input: z.strictObject({ message: messageDraft }),
      output: z.object({
        problems: z.array(problem),
        previews: z.record(z.string(), z.string()),
      }),
      audit: 'itself',
      async handle({ message }) {
        const { problems } = await check(message);
        return { problems, previews: previewWords(message.words, campaign(), now()) };
      },
    }),
    defineRoute<'GET /messages/:id/plan'>({
      type: 'json',
      key: 'GET /messages/:id/plan',
      name: 'planMessage',
      summary: 'Who would get it when, by which channel, and why others would not; sends nothing.',
      access: 'messages.read',
      input: z.strictObject({ id }),
      output: planView,
      audit: 'nothing',
      async handle(given) {
        const definition = await definitionOf(await open(given.id));
        const plan = await options.plan({ id: given.id, definition });
        const { served: _served, channels: _channels, cannot, late, ...when } = plan;
        const picture = picturePlan(plan, definition, campaign(), now());
        return { ...when, cannot: { ...cannot }, late: { ...late }, picture };
      },
    }),
    defineRoute<'POST /messages/:id/test'>({
      type: 'json',
      key: 'POST /messages/:id/test',
      name: 'testMessage',
      summary: 'Sends a message to whoever asks, and to nobody else.',
      access: 'messages.write',
      input: z.strictObject({ id, language: z.string().max(20) }),
      output: testOutcome,
      audit: (input) => ({ about: input.id }),
      async handle(given, { caller }) {
        if (caller.type !== 'person') {
          throw new ApiRefusal(409, 'no_person', 'A test goes to a person who signed in.');
        }
        const definition = await definitionOf(await open(given.id));
        if (definition.says.type === 'flow') {
          throw new ApiRefusal(409, 'is_flow', 'A flow is tried in its editor.');
        }
        const { refusal, sent, failed } = await options.test(definition, caller.id, given.language);
        if (refusal !== undefined) throw new ApiRefusal(409, refusal.rule, refusal.reason);
        if (sent.length + failed.length === 0) {
          throw new ApiRefusal(409, 'no_place', 'You are not known on any of its channels.');
        }
        return { sent, failed };
      },
    }),
    defineRoute<'POST /messages/:id/send'>({
      type: 'json',
      key: 'POST /messages/:id/send',
      name: 'sendMessage',
      summary: 'Plans a draft once more and has it sent at its time.',
      access: 'messages.send',
      input: z.strictObject({ id, revision: z.number().int().min(0), anyway: z.boolean() }),
      output: messageView,
      audit: (input) => ({ about: input.id }),
      async handle(given, { at }) {
        const listed = await open(given.id);
        if (listed.state !== 'draft' || (listed.draft?.revision ?? 0) !== given.revision) {
          throw conflict();
        }
        const begun = await begin(listed, given.anyway, at);
        if (begun.type !== 'begun') {
          const said = REFUSALS[begun.type];
          // What was not sent is a draft still, in one place.
          if (listed.draft !== undefined) {
            await messages.table.remove({ _id: given.id, state: 'draft' });
          }
          throw new ApiRefusal(409, said.code, said.message);
        }
        if (listed.draft !== undefined) await drafts.discard(listed.draft);
        return view(await open(given.id));
      },
    }),
    defineRoute<'GET /messages/:id/progress'>({
      type: 'json',
      key: 'GET /messages/:id/progress',
      name: 'readProgress',
      summary: 'How far a message got.',
      access: 'messages.read',
      input: z.strictObject({ id }),
      output: progress,
      audit: 'nothing',
      async handle(given) {
        const { row } = await open(given.id);
        if (row === undefined) throw new ApiRefusal(409, 'wrong_state', 'It was not sent yet.');
        return progressOf(row);
      },
    }),
    ...moves,
    defineRoute<'POST /messages/:id/resend'>({
      type: 'json',
      key: 'POST /messages/:id/resend',
      name: 'resendUnknown',
      summary: 'Sends again what may have arrived or not: who has it already gets it twice.',
      access: 'messages.send',
      input: z.strictObject({ id }),
      output: z.object({ resent: z.number() }),
      audit: (input) => ({ about: input.id }),
      async handle(given, { at }) {
        const { state } = await open(given.id);
        const isOver = moved(state, 'reopen') !== undefined;
        if (!isOver || (await countUnknown(options, given.id)) === 0) {
          throw new ApiRefusal(409, 'wrong_state', 'There is nothing to send again.');
        }
        return { resent: await resendUnknown(options, given.id, at) };
      },
    }),
  ];
}

const MOVES = {
  pause: 'Holds a message up; what is on its way now still arrives.',
  resume: 'Goes on with a message.',
  cancel: 'Sends nothing more of a message, for good.',
} as const;

const REFUSALS = {
  wrong_state: { code: 'wrong_state', message: 'Only a draft can be sent.' },
  late: { code: 'late', message: 'Some would not get it in time.' },
  nobody: { code: 'nobody', message: 'It would reach nobody.' },
  overtaken: { code: 'conflict', message: 'Somebody changed it meanwhile.' },
} as const;

function tellRow({ id: of, state, message, createdAt, row }: ListedMessage): MessageRowView {
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

function conflict(): ApiRefusal {
  return new ApiRefusal(409, 'conflict', 'Somebody changed it meanwhile.');
}
