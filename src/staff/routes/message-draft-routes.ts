import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { MessageDraft } from '../../outreach/messages/message-draft.js';
import { picturePlan } from '../../outreach/messages/plan/picture-plan.js';
import { previewWords } from '../../outreach/messages/preview-words.js';
import { saveDraft } from '../../outreach/messages/save-draft.js';
import type { MessageView } from '../api.js';
import { ApiRefusal, defineRoute, type Call, type Route } from '../route.js';
import { DONE, id } from './inputs.js';
import { conflict, type MessageDesk, type MessageRouteOptions } from './message-desk.js';
import { messageDraft, messageView, planView, problem, testOutcome } from './message-shapes.js';

/** Routes that write a message, and try it before it is sent. */
export function messageDraftRoutes(options: MessageRouteOptions, desk: MessageDesk): Route[] {
  const { messages, drafts, campaign, now } = options;
  const { open, check, view, definitionOf } = desk;

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

  return [
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
  ];
}
