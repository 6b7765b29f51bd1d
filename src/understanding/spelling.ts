import { editDistance } from '../engine/answers/edit-distance.js';
import { HASH_START, hashEnd, hashOn } from './hash.js';
import type { Tongue } from './tongue.js';

/** Mends words that nobody taught. */
export type Spelling = {
  /** Whether a word, or another form of it, was taught. */
  knows(word: string): boolean;
  /** The known word that an unknown one is most likely meant to be: it sounds alike, or one letter is wrong. */
  mend(word: string): string | undefined;
};

/** In shorter words, one wrong letter makes another word. */
const SHORTEST_MENDED = 4;
const SHORTEST_SOUND = 3;

/** Makes a spelling of the words that are known, the most frequent first. */
export function createSpelling(words: readonly string[], { sound, stem }: Tongue): Spelling {
  const known = new Set(words);
  const stems = new Set(words.map(stem));
  const knows = (word: string): boolean => known.has(word) || stems.has(stem(word));
  const bySound = new Map<string, string>();
  // Words by what is left of them without one letter: two of which one letter differs meet there.
  const byRest = new Map<number, string>();
  for (const word of words) {
    if (/\d/.test(word) || word.length < SHORTEST_MENDED) continue;
    const said = sound(word);
    if (said.length >= SHORTEST_SOUND && !bySound.has(said)) bySound.set(said, word);
    for (const rest of restsOf(word)) if (!byRest.has(rest)) byRest.set(rest, word);
  }

  function nearest(word: string): string | undefined {
    for (const rest of restsOf(word)) {
      const near = byRest.get(rest);
      if (near !== undefined && editDistance(near, word) === 1) return near;
    }
    return undefined;
  }

  return {
    knows,
    mend(word) {
      if (word.length < SHORTEST_MENDED || /\d/.test(word) || knows(word)) return undefined;
      return bySound.get(sound(word)) ?? nearest(word);
    },
  };
}

/** Hashes of a word, and of the word without each one of its letters. */
function restsOf(word: string): readonly number[] {
  const rests = [hashEnd(hashOn(HASH_START, word))];
  for (let at = 0; at < word.length; at += 1) {
    rests.push(hashEnd(hashOn(hashOn(HASH_START, word, 0, at), word, at + 1)));
  }
  return rests;
}
