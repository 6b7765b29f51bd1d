import type { Phrase, WordLists, Words } from '../flow.js';
import type { Turn } from './turn.js';

const NO_WORDS: WordLists = { yes: [], no: [], skip: [], ordinals: [] };

/** The lists by which free text is read in the language of the turn. */
export function wordListsOf(turn: Turn): WordLists {
  return turn.library.lists.get(turn.language) ?? NO_WORDS;
}

/** A phrase in the language of the turn, else in the first language of the campaign that has it. */
export function phraseOf(turn: Turn, words: Words, key: string): Phrase | undefined {
  const phrase = words.get(turn.language)?.get(key);
  if (phrase !== undefined) return phrase;
  for (const language of turn.library.campaign.languages) {
    const other = words.get(language)?.get(key);
    if (other !== undefined) return other;
  }
  return undefined;
}

/** A constant phrase that all flows share; empty when the campaign has none. */
export function commonText(turn: Turn, key: string): string {
  const phrase = phraseOf(turn, turn.library.common, key);
  return phrase === undefined ? '' : phrase.render({ campaign: turn.library.campaign.name });
}
