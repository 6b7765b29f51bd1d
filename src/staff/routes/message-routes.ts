import { z } from 'zod';
import { listMessages } from '../../outreach/messages/list-messages.js';
import { defineRoute, type Route } from '../route.js';
import { id, limit, NOTHING } from './inputs.js';
import { openMessageDesk, tellRow, type MessageRouteOptions } from './message-desk.js';
import { messageDraftRoutes } from './message-draft-routes.js';
import { messageOptions, tellOptions } from './message-options.js';
import { messageSendRoutes } from './message-send-routes.js';
import { messageRow, messageState, messageView } from './message-shapes.js';

const USUAL = 50;

/** Routes about campaign messages and reminders. */
export function messageRoutes(options: MessageRouteOptions): Route[] {
  const desk = openMessageDesk(options);
  const { open, view } = desk;
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
    ...messageDraftRoutes(options, desk),
    ...messageSendRoutes(options, desk),
  ];
}
