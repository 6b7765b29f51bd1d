/** Updates as the Bot API sends them, with the fields that we do not read. */

export const FROM = {
  id: 4242,
  is_bot: false,
  first_name: 'Léa',
  username: 'lea_m',
  language_code: 'fr',
};

export const MESSAGE = {
  message_id: 51,
  from: FROM,
  chat: { id: 4242, first_name: 'Léa', username: 'lea_m', type: 'private' },
  date: 1_893_499_200,
  text: 'Bonjour',
};

export const CONTACT = {
  phone_number: '33612345678',
  first_name: 'Léa',
  last_name: 'Martin',
  user_id: 4242,
};

export const PRESSED = {
  id: '7310000000000000001',
  from: FROM,
  message: {
    ...MESSAGE,
    message_id: 52,
    from: { id: 1, is_bot: true, first_name: 'Valbrume en commun', username: 'valbrume_bot' },
    text: 'On continue ?',
    reply_markup: { inline_keyboard: [[{ text: 'Oui', callback_data: 'v:4:yes' }]] },
  },
  chat_instance: '-1',
  data: 'v:4:yes',
};

/** As JSON comes: what is undefined is not there. */
export function update(parts: { readonly [kind: string]: unknown }): unknown {
  return JSON.parse(JSON.stringify({ update_id: 861_000_001, ...parts }));
}
