import { defineWords } from './define-words.js';

/** What consents are for. */
export const purposeWords = defineWords({
  fr: {
    engagement: 'Échanges',
    newsletter: 'Nouvelles par e-mail',
    donation: 'Dons',
    volunteering: 'Bénévolat',
    canvassing: 'Porte-à-porte',
    vote: 'Rappels de vote',
    service: 'Messages nécessaires',
    all: 'Tout',
  },
  en: {
    engagement: 'Conversations',
    newsletter: 'News by e-mail',
    donation: 'Donations',
    volunteering: 'Volunteering',
    canvassing: 'Canvassing',
    vote: 'Voting reminders',
    service: 'Necessary messages',
    all: 'Everything',
  },
});
