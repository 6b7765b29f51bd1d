import { z } from 'zod';
import { readSent, type Inbound, type Input } from '../channel.js';
import { readButton, type Button } from './buttons.js';

/** What an update of Telegram is to us. */
export type Update =
  /** Something a supporter did in a private chat. */
  | { readonly type: 'inbound'; readonly inbound: Inbound }
  | { readonly type: 'pressed'; readonly press: Press }
  /** The person stopped the bot, or came back to it. */
  | { readonly type: 'reachable'; readonly chat: string; readonly reachable: boolean }
  /** Where somebody is now who shares it live. */
  | {
      readonly type: 'moved';
      readonly chat: string;
      readonly place: { readonly lat: number; readonly lon: number };
    }
  /** A group in which the bot is: it speaks to people only. */
  | { readonly type: 'group'; readonly chat: string; readonly locale?: string };

/** A button that was pressed, with what an answer needs to be an input. */
export type Press = {
  readonly button: Button;
  /** Names the press, for the network to be told that it was seen. */
  readonly callback: string;
  /** Absent: the message is too old for the network to say which. */
  readonly message?: number;
  /** What stands on the button. */
  readonly label?: string;
  readonly from: Omit<Inbound, 'input' | 'echo'>;
};

const integer = z.number().int().safe();
const text = z.string();
const from = z.object({
  id: integer,
  is_bot: z.boolean().optional(),
  language_code: text.optional(),
});
const chat = z.object({ id: integer, type: text });
const file = z.object({ file_id: text, file_name: text.optional() });

// Bot API 10.1; only what is read is checked, for Telegram adds fields at any time.
const message = z.object({
  message_id: integer,
  date: integer,
  chat,
  from: from.optional(),
  text: text.optional(),
  caption: text.optional(),
  contact: z
    .object({
      phone_number: text,
      first_name: text.optional(),
      last_name: text.optional(),
      user_id: integer.optional(),
    })
    .optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  photo: z.array(file).optional(),
  voice: file.optional(),
  audio: file.optional(),
  sticker: file.optional(),
  video: file.optional(),
  video_note: file.optional(),
  animation: file.optional(),
  document: file.optional(),
});
type Message = z.infer<typeof message>;

const update = z.object({
  update_id: integer,
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: z
    .object({
      id: text,
      from,
      data: text.optional(),
      message: z
        .object({
          message_id: integer,
          chat,
          reply_markup: z
            .object({
              inline_keyboard: z.array(z.array(z.object({ text, callback_data: text.optional() }))),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
  my_chat_member: z
    .object({ chat, new_chat_member: z.object({ status: text }), from: from.optional() })
    .optional(),
});

/** A deep link of ours: what Telegram writes when somebody opens it. */
const LINK = /^\/start ([\w-]{48})$/;

/** The kinds of update that are asked for. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
] as const;

/**
 * Reads an update of the Bot API; undefined when it is nothing for us. `now` (epoch milliseconds) is the
 * time of what Telegram gives none.
 */
export function readUpdate(payload: unknown, now: number): Update | undefined {
  const { data } = update.safeParse(payload);
  if (data === undefined) return undefined;
  const id = `u${data.update_id}`;
  if (data.my_chat_member !== undefined) return readMember(data.my_chat_member);
  if (data.callback_query !== undefined) return readPress(data.callback_query, id, now);
  const said = data.message ?? data.edited_message;
  if (said === undefined || said.from?.is_bot === true) return undefined;
  if (said.chat.type !== 'private') return readGroup(said);
  const isEdited = data.message === undefined;
  if (isEdited && said.location !== undefined) {
    return { type: 'moved', chat: String(said.chat.id), place: placeOf(said.location) };
  }
  const input: Input | undefined = isEdited ? { type: 'edited' } : readMessage(said);
  if (input === undefined) return undefined;
  const at = isEdited ? now : said.date * 1_000;
  const { from: by } = said;
  return { type: 'inbound', inbound: { ...fromOf(said.chat.id, id, at, by), input } };
}

function fromOf(chatId: number, id: string, at: number, by: Message['from']): Press['from'] {
  return { channel: 'telegram', address: String(chatId), id, at, ...localeOf(by) };
}

function localeOf(by: Message['from']): { readonly locale?: string } {
  return by?.language_code === undefined ? {} : { locale: by.language_code };
}

/** The commonest kinds first; a service message (a pin, a new photo of the chat) is none of them. */
function readMessage(said: Message): Input | undefined {
  if (said.text !== undefined) {
    const payload = LINK.exec(said.text)?.[1];
    return payload === undefined ? { type: 'said', text: said.text } : { type: 'linked', payload };
  }
  if (said.contact !== undefined) return readContact(said.contact, said.from?.id);
  if (said.location !== undefined) {
    return { type: 'shared', location: placeOf(said.location) };
  }
  const largest = said.photo?.at(-1);
  if (largest !== undefined) {
    return readSent({ media: 'photo', id: largest.file_id }, said.caption);
  }
  const kinds = [
    ['voice', said.voice ?? said.audio],
    ['sticker', said.sticker],
    ['video', said.video ?? said.video_note ?? said.animation],
    ['file', said.document],
  ] as const;
  for (const [media, sent] of kinds) {
    if (sent === undefined) continue;
    const { file_id: id, file_name: name } = sent;
    return readSent({ media, id, ...(name === undefined ? {} : { name }) }, said.caption);
  }
  return undefined;
}

function placeOf({ latitude: lat, longitude: lon }: NonNullable<Message['location']>) {
  return { lat, lon };
}

/** A contact is the sender's own only when Telegram says so: anybody can share anybody's. */
function readContact(
  { phone_number: phone, first_name, last_name, user_id }: NonNullable<Message['contact']>,
  sender: number | undefined,
): Input {
  const name = [first_name, last_name]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  const own = user_id !== undefined && user_id === sender;
  return { type: 'shared', contact: { phone, ...(name === '' ? {} : { name }), own } };
}

/** In a group only what is meant for the bot matters: a command, or that it was added. */
function readGroup(said: Message): Update | undefined {
  if (said.text?.startsWith('/') !== true) return undefined;
  return { type: 'group', chat: String(said.chat.id), ...localeOf(said.from) };
}

/** The chat an update is of, by which updates are kept in order; empty when it is nothing for us. */
export function chatOf(read: Update | undefined): string {
  switch (read?.type) {
    case undefined:
      return '';
    case 'inbound':
      return read.inbound.address;
    case 'pressed':
      return read.press.from.address;
    case 'reachable':
    case 'moved':
    case 'group':
      return read.chat;
    default:
      return read satisfies never;
  }
}

function readMember({
  chat: { id: where, type },
  new_chat_member: { status },
  from: by,
}: NonNullable<z.infer<typeof update>['my_chat_member']>): Update | undefined {
  const isIn = status !== 'kicked' && status !== 'left';
  if (type === 'private') return { type: 'reachable', chat: String(where), reachable: isIn };
  return isIn ? { type: 'group', chat: String(where), ...localeOf(by) } : undefined;
}

function readPress(
  query: NonNullable<z.infer<typeof update>['callback_query']>,
  id: string,
  now: number,
): Update | undefined {
  const where = query.message?.chat ?? { id: query.from.id, type: 'private' };
  const button = query.data === undefined ? undefined : readButton(query.data);
  if (where.type !== 'private' || button === undefined) return undefined;
  const { message: on } = query;
  const label = on?.reply_markup?.inline_keyboard
    .flat()
    .find(({ callback_data }) => callback_data === query.data)?.text;
  return {
    type: 'pressed',
    press: {
      button,
      callback: query.id,
      ...(on === undefined ? {} : { message: on.message_id }),
      ...(label === undefined ? {} : { label }),
      from: fromOf(where.id, id, now, query.from),
    },
  };
}
