import { z } from 'zod';
import { beginSend, type Beginning } from '../../outreach/messages/begin-send.js';
import type { ListedMessage } from '../../outreach/messages/list-messages.js';
import { moved } from '../../outreach/messages/message.js';
import type { MessageRow } from '../../outreach/messages/messages.js';
import { moveMessage } from '../../outreach/messages/move-message.js';
import type { Plan } from '../../outreach/messages/plan/plan-message.js';
import { countUnknown, resendUnknown } from '../../outreach/messages/resend-unknown.js';
import { makeMessage } from '../../outreach/messages/save-draft.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { id } from './inputs.js';
import { conflict, type MessageDesk, type MessageRouteOptions } from './message-desk.js';
import { messageView, progress } from './message-shapes.js';

/** Routes that send a message, follow it, and hold it up. */
export function messageSendRoutes(options: MessageRouteOptions, desk: MessageDesk): Route[] {
  const { messages, drafts, now } = options;
  const { open, view, definitionOf, progressOf } = desk;

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
