import { PHONE } from './graph-api.js';

/** Webhooks as Meta sends them, with the fields that we do not read. */

export const MESSAGE = {
  from: '33612345678',
  id: 'wamid.HBgLMzM2MTIzNDU2NzgVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
  timestamp: '1893499200',
  type: 'text',
  text: { body: 'Bonjour' },
};

export const MEDIA = { mime_type: 'image/jpeg', sha256: 'x', id: '1003383421387256' };

/** A change of one kind. */
export function change(value: object, field = 'messages', phoneNumberId = PHONE): unknown {
  const metadata = { display_phone_number: '33100000000', phone_number_id: phoneNumberId };
  return JSON.parse(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102290129340398',
          changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }],
        },
      ],
    }),
  );
}

/** A message, with other fields than those of a text. */
export function message(parts: object): unknown {
  const contacts = [{ profile: { name: 'Léa' }, wa_id: '33612345678' }];
  return change({ contacts, messages: [{ ...MESSAGE, text: undefined, ...parts }] });
}
