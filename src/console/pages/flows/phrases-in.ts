import { RefusedEdit } from '../../../engine/edit/refusal.js';
import { phrasesOf } from '../../../engine/edit/words.js';

/** Every phrase of a file of words by its key; undefined while the file has a mistake of syntax. */
export function phrasesIn(text: string): ReadonlyMap<string, string> | undefined {
  try {
    return phrasesOf(text);
  } catch (error) {
    if (error instanceof RefusedEdit) return undefined;
    throw error;
  }
}
