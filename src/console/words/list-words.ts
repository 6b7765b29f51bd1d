import { defineWords } from './define-words.js';

/** Words around lists. */
export const listWords = defineWords({
  fr: { more: 'Afficher la suite' },
  en: { more: 'Show more' },
});
