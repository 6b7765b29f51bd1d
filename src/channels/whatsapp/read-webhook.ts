import { z } from 'zod';
import { readSent, type Inbound, type Input, type SentState } from '../channel.js';
import { addressOf } from './address.js';
import { readOptionId } from './option-id.js';

/** What one part of a webhook is to us. */
export type Notice =
  /** Something a supporter did. */
  | { readonly type: 'inbound'; readonly inbound: Inbound }
  /** What became of a message of ours; `code` says why it failed. */
  | {
      readonly type: 'status';
      readonly address: string;
      readonly id: string;
      readonly state: SentState;
      readonly code?: number;
    }
  /** The person has another number now, or another id: nobody is here any more. */
  | { readonly type: 'moved'; readonly address: string }
  /** The person stopped what Meta calls marketing messages. */
  | { readonly type: 'opted_out'; readonly address: string }
  /** Meta judged a template anew. */
  | { readonly type: 'template'; readonly name: string; readonly event: string }
  /** Something about our account or number, in Meta's own words of capitals. */
  | { readonly type: 'account'; readonly field: string; readonly event: string };

const text = z.string();
const file = z.object({ id: text, caption: text.optional(), filename: text.optional() });
const choice = z.object({ id: text, title: text.default('') });

// Only what is read is checked, for Meta adds fields at any time. Each part is read for itself, so that
// one that is malformed takes no other with it.
const envelope = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.object({ changes: z.array(z.object({ field: text, value: z.looseObject({}) })) }),
  ),
});
const body = z.object({
  metadata: z.object({ phone_number_id: text }),
  messages: z.array(z.unknown()).default([]),
  statuses: z.array(z.unknown()).default([]),
  user_preferences: z.array(z.unknown()).default([]),
});
const message = z.object({
  from: text.optional(),
  from_user_id: text.optional(),
  id: text.min(1),
  timestamp: z.coerce.number().int().nonnegative(),
  type: text,
  text: z.object({ body: text }).optional(),
  button: z.object({ text, payload: text.optional() }).optional(),
  interactive: z
    .object({ button_reply: choice.optional(), list_reply: choice.optional() })
    .optional(),
  image: file.optional(),
  audio: file.optional(),
  voice: file.optional(),
  video: file.optional(),
  sticker: file.optional(),
  document: file.optional(),
  location: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  contacts: z
    .array(
      z.object({
        name: z.object({ formatted_name: text.optional() }).optional(),
        phones: z.array(z.object({ phone: text.optional(), wa_id: text.optional() })).default([]),
      }),
    )
    .optional(),
  system: z.object({ type: text.optional() }).optional(),
});
type Message = z.infer<typeof message>;
const status = z.object({
  id: text.min(1),
  status: z.enum(['sent', 'delivered', 'read', 'failed']),
  recipient_id: text.optional(),
  recipient_user_id: text.optional(),
  errors: z.array(z.object({ code: z.number() })).optional(),
});
const preference = z.object({
  wa_id: text.optional(),
  user_id: text.optional(),
  category: z.literal('marketing_messages'),
  value: z.literal('stop'),
});
const template = z.object({ event: text, message_template_name: text });

/** Fields of the account that its operator should hear of. */
const ACCOUNT_FIELDS = new Set([
  'account_update',
  'account_alerts',
  'account_review_update',
  'phone_number_quality_update',
  'business_capability_update',
]);

/**
 * Reads a webhook of the Cloud API into what it tells, in its order; what is not about our number, or is
 * nothing for us, is left out.
 */
export function readWebhook(payload: unknown, phoneNumberId: string): readonly Notice[] {
  const { data } = envelope.safeParse(payload);
  return (data?.entry ?? [])
    .flatMap(({ changes }) => changes)
    .flatMap(({ field, value }) => {
      if (field === 'messages' || field === 'user_preferences') {
        return readOfNumber(value, phoneNumberId);
      }
      if (field === 'message_template_status_update') return readTemplate(value);
      return ACCOUNT_FIELDS.has(field) ? readAccount(field, value) : [];
    });
}

function readOfNumber(value: unknown, phoneNumberId: string): Notice[] {
  const { data } = body.safeParse(value);
  // An app may have several numbers, and each its own program.
  if (data?.metadata.phone_number_id !== phoneNumberId) return [];
  return [
    ...data.messages.flatMap((one) => readMessage(message.safeParse(one).data) ?? []),
    ...data.statuses.flatMap((one) => readStatus(status.safeParse(one).data) ?? []),
    ...data.user_preferences.flatMap((one) => readPreference(preference.safeParse(one).data) ?? []),
  ];
}

function readMessage(said: Message | undefined): Notice | undefined {
  if (said === undefined) return undefined;
  const address = addressOf(said.from, said.from_user_id);
  if (address === undefined) return undefined;
  if (said.type === 'system') {
    const isMoved = /^user_changed_(number|user_id)$/.test(said.system?.type ?? '');
    return isMoved ? { type: 'moved', address } : undefined;
  }
  const input = readInput(said);
  if (input === undefined) return undefined;
  const { id, timestamp } = said;
  const inbound = { channel: 'whatsapp', address, id, at: timestamp * 1_000, input };
  return { type: 'inbound', inbound };
}

/** By the type that WhatsApp names; a reaction, an order or a call is nothing for us. */
function readInput(said: Message): Input | undefined {
  switch (said.type) {
    case 'text':
      return said.text === undefined ? undefined : { type: 'said', text: said.text.body };
    case 'interactive':
      return readChoice(said.interactive?.button_reply ?? said.interactive?.list_reply);
    case 'button': {
      const { button } = said;
      return button && readChoice({ id: button.payload ?? '', title: button.text });
    }
    case 'location': {
      const { location } = said;
      return (
        location && {
          type: 'shared',
          location: { lat: location.latitude, lon: location.longitude },
        }
      );
    }
    case 'contacts':
      return readContact(said);
    case 'request_welcome':
      return { type: 'opened' };
    case 'edit':
      return { type: 'edited' };
    // Something that WhatsApp itself does not hand on: the person is told that it was not read.
    case 'unsupported':
      return { type: 'sent', media: 'file' };
    default:
      return readMedia(said);
  }
}

/** Words on a button that is none of ours are words. */
function readChoice(chosen: { id: string; title: string } | undefined): Input | undefined {
  if (chosen === undefined) return undefined;
  const option = readOptionId(chosen.id);
  if (option !== undefined) return { type: 'chose', turn: option.turn, values: [option.value] };
  return chosen.title === '' ? undefined : { type: 'said', text: chosen.title };
}

function readMedia(said: Message): Input | undefined {
  const kinds = [
    ['photo', said.image],
    ['voice', said.voice ?? said.audio],
    ['sticker', said.sticker],
    ['video', said.video],
    ['file', said.document],
  ] as const;
  for (const [media, sent] of kinds) {
    if (sent === undefined) continue;
    const { id, caption, filename: name } = sent;
    return readSent({ media, id, ...(name === undefined ? {} : { name }) }, caption);
  }
  return undefined;
}

/** A contact is the sender's own only when its number is the one that wrote. */
function readContact({ contacts, from }: Message): Input | undefined {
  const [contact] = contacts ?? [];
  const [phone] = contact?.phones ?? [];
  const number = phone?.phone ?? phone?.wa_id;
  if (number === undefined) return undefined;
  const name = contact?.name?.formatted_name;
  return {
    type: 'shared',
    contact: {
      phone: number,
      ...(name === undefined || name === '' ? {} : { name }),
      own: from !== undefined && phone?.wa_id === from,
    },
  };
}

function readStatus(told: z.infer<typeof status> | undefined): Notice | undefined {
  const address = told && addressOf(told.recipient_id, told.recipient_user_id);
  if (told === undefined || address === undefined) return undefined;
  const code = told.errors?.[0]?.code;
  return {
    type: 'status',
    address,
    id: told.id,
    state: told.status,
    ...(code === undefined ? {} : { code }),
  };
}

/** Only a wish for less is taken from outside: a consent is given to us. */
function readPreference(told: z.infer<typeof preference> | undefined): Notice | undefined {
  const address = told && addressOf(told.wa_id, told.user_id);
  return address === undefined ? undefined : { type: 'opted_out', address };
}

function readTemplate(value: unknown): Notice[] {
  const { data } = template.safeParse(value);
  if (data === undefined) return [];
  return [{ type: 'template', name: data.message_template_name, event: inCapitals(data.event) }];
}

function readAccount(field: string, value: unknown): Notice[] {
  const { data } = z.object({ event: text.optional() }).safeParse(value);
  return [{ type: 'account', field, event: inCapitals(data?.event ?? '') }];
}

/** Nothing else goes on to the operator's log. */
function inCapitals(event: string): string {
  return /^[A-Z_]{1,60}$/.test(event) ? event : 'UPDATE';
}

/** The person a notice is about, by which notices are kept in order; empty: nobody. */
export function addressIn(notice: Notice): string {
  switch (notice.type) {
    case 'inbound':
      return notice.inbound.address;
    case 'status':
    case 'moved':
    case 'opted_out':
      return notice.address;
    case 'template':
    case 'account':
      return '';
    default:
      return notice satisfies never;
  }
}
