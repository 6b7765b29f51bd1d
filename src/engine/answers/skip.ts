import type { WordLists } from '../flow.js';
import { fold } from '../fold.js';
import { lexiconOf } from './lexicon.js';

/** Whether a text says to skip a question, by a word of the language or the label of its button. */
export function saysSkip(text: string, label: string, words: WordLists): boolean {
  const folded = fold(text);
  return folded !== '' && (lexiconOf(words).skip.has(folded) || folded === fold(label));
}
