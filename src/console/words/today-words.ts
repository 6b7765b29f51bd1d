import { defineWords } from './define-words.js';

/** Words of the first page. */
export const todayWords = defineWords({
  fr: { title: (name: string) => `Bonjour ${name}` },
  en: { title: (name: string) => `Hello ${name}` },
});
