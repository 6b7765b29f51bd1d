import { defineWords } from './define-words.js';

/** Words around what is copied. */
export const secretWords = defineWords({
  fr: {
    copy: 'Copier',
    copied: 'Copié.',
    notCopied: 'Le navigateur ne laisse pas copier : sélectionnez le texte.',
  },
  en: {
    copy: 'Copy',
    copied: 'Copied.',
    notCopied: 'The browser does not let this be copied: select the text.',
  },
});
