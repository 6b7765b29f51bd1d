import { z } from 'zod';
import { readSent, type Inbound, type Input } from '../channel.js';
import { addressOf } from './address.js';

const text = z.string();

/** A message as whatsapp-web.js 1.34 gives it; only what is read is checked. */
const message = z.object({
  id: z.object({ _serialized: text.min(1) }),
  from: text,
  fromMe: z.boolean().optional(),
  isStatus: z.boolean().nullish(),
  timestamp: z.number().int().nonnegative(),
  type: text,
  body: text.default(''),
  hasMedia: z.boolean().optional(),
  location: z
    .object({ latitude: z.coerce.number(), longitude: z.coerce.number() })
    .nullish()
    .catch(undefined),
  vCards: z.array(text).default([]),
});

/** The kinds of message that are files, by WhatsApp's name. */
const MEDIA = {
  image: 'photo',
  ptt: 'voice',
  audio: 'voice',
  sticker: 'sticker',
  video: 'video',
  document: 'file',
} as const;

/** Reads a message of WhatsApp Web; undefined when it is ours, of a group, or nothing for us. */
export function readWebMessage(payload: unknown): Inbound | undefined {
  const { data } = message.safeParse(payload);
  if (data === undefined || data.fromMe === true || data.isStatus === true) return undefined;
  const address = addressOfChat(data.from);
  const input = readInput(data);
  if (address === undefined || input === undefined) return undefined;
  return {
    channel: 'whatsapp',
    address,
    id: data.id._serialized,
    at: data.timestamp * 1_000,
    input,
  };
}

function readInput({
  id,
  type,
  body,
  hasMedia,
  location,
  vCards,
}: z.infer<typeof message>): Input | undefined {
  if (type === 'chat') return { type: 'said', text: body };
  if (type === 'location' && location) {
    return { type: 'shared', location: { lat: location.latitude, lon: location.longitude } };
  }
  const [card] = vCards;
  if (card !== undefined) return readCard(card);
  for (const [name, media] of Object.entries(MEDIA)) {
    if (type !== name) continue;
    // The body of a file is its caption, or, where the file is gone, a small picture of it.
    return readSent({ media, id: id._serialized }, hasMedia === true ? body : undefined);
  }
  return undefined;
}

/** Whose card it is WhatsApp Web does not say, so it never counts as the sender's own. */
function readCard(card: string): Input | undefined {
  const phone = /^(?:item\d+\.)?TEL[^:\n]*:(.+)$/im.exec(card)?.[1]?.trim();
  const name = /^FN[^:\n]*:(.+)$/im.exec(card)?.[1]?.trim();
  if (phone === undefined || phone === '') return undefined;
  return {
    type: 'shared',
    contact: { phone, ...(name === undefined ? {} : { name }), own: false },
  };
}

/** The address of a chat with one person: a number (`336…@c.us`), or an id that hides it (`…@lid`). */
export function addressOfChat(chat: string): string | undefined {
  if (/^\d{5,20}@lid$/.test(chat)) return chat;
  const digits = /^(\d+)@(?:c\.us|s\.whatsapp\.net)$/.exec(chat)?.[1];
  return digits === undefined ? undefined : addressOf(digits, undefined);
}

/** The chat of an address; undefined: this transport cannot reach it. */
export function chatOfAddress(address: string): string | undefined {
  if (/^\+\d+$/.test(address)) return `${address.slice(1)}@c.us`;
  return address.endsWith('@lid') ? address : undefined;
}
