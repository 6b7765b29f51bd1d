import { defineWords } from './define-words.js';

/** What channels are called. */
export const channelWords = defineWords({
  fr: {
    web: 'Site',
    telegram: 'Telegram',
    whatsapp: 'WhatsApp',
    botframework: 'Bot Framework',
    email: 'E-mail',
  },
  en: {
    web: 'Site',
    telegram: 'Telegram',
    whatsapp: 'WhatsApp',
    botframework: 'Bot Framework',
    email: 'E-mail',
  },
});
