import type { FindConcepts } from './concepts.js';
import { HASH_START, hashEnd, hashOn } from './hash.js';
import type { Spelling } from './spelling.js';
import type { Tongue } from './tongue.js';
import { wordsOf } from './words-of.js';

/** How much each kind of feature counts; a text's features of a kind count so much together. */
export const KINDS = { words: 1, letters: 1, concepts: 1.5, pairs: 1, shape: 0.5 } as const;

/** Keys of the features of a text, by kind in the order of `KINDS`, and what is not known of it. */
export type Features = {
  readonly keys: readonly (readonly number[])[];
  readonly words: number;
  readonly concepts: number;
  /** The part of the letters that are in words nobody taught, 0 to 1. */
  readonly unknown: number;
  /** Words of four letters or more that nobody taught. */
  readonly unknownWords: number;
};

/** What a language is read with. */
export type Reader = {
  readonly tongue: Tongue;
  readonly spelling: Spelling;
  readonly findConcepts: FindConcepts;
};

const SHORTEST_LETTERS = 3;
const LONGEST_LETTERS = 4;
const MOST_COUNTED = 12;
/** Letters past these make a word no stranger. */
const MOST_WEIGHED = 8;
const SHORTEST_STRANGER = 4;

/**
 * Reads the features of a text: its words, their stems and neighbours, the letters within words, the
 * concepts they name and pairs of these, how long it is and whether it asks. Unknown words are mended first.
 */
export function readFeatures(text: string, { tongue, spelling, findConcepts }: Reader): Features {
  const written = wordsOf(text);
  const words = written.map((word) => spelling.mend(word) ?? word);
  const stems = words.map(tongue.stem);
  const concepts = findConcepts(words, stems);
  const strangers = words.filter((word) => !spelling.knows(word) && !/^\d+$/.test(word));
  return {
    keys: [
      keysOfWords(words.map(withoutDigits), stems),
      keysOfLetters(written.map(withoutDigits)),
      concepts.map((concept) => key('m', `${concept}`)),
      keysOfPairs(concepts),
      [key('n', `${Math.min(words.length, MOST_COUNTED)}`), key('q', `${text.includes('?')}`)],
    ],
    words: words.length,
    concepts: concepts.length,
    unknown: weigh(strangers) / Math.max(1, weigh(words)),
    unknownWords: strangers.filter((word) => word.length >= SHORTEST_STRANGER).length,
  };
}

/** Amounts, years and postal codes differ; that there is one is what is learned. */
function withoutDigits(word: string): string {
  return /\d\d/.test(word) ? word.replace(/\d/g, '0') : word;
}

function weigh(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + Math.min(word.length, MOST_WEIGHED), 0);
}

function keysOfWords(words: readonly string[], stems: readonly string[]): readonly number[] {
  const keys = [...words.map((word) => key('w', word)), ...stems.map((stem) => key('s', stem))];
  for (let at = 0; at <= words.length; at += 1) {
    const before = hashOn(hashOn(HASH_START, 'b'), words[at - 1] ?? '^');
    keys.push(hashEnd(hashOn(hashOn(before, ' '), words[at] ?? '$')));
  }
  return keys;
}

function keysOfLetters(words: readonly string[]): readonly number[] {
  const start = hashOn(HASH_START, 'c');
  const keys: number[] = [];
  for (const word of words) {
    const padded = ` ${word} `;
    for (let from = 0; from + SHORTEST_LETTERS <= padded.length; from += 1) {
      let hash = hashOn(start, padded, from, from + SHORTEST_LETTERS - 1);
      const last = Math.min(from + LONGEST_LETTERS, padded.length);
      for (let to = from + SHORTEST_LETTERS; to <= last; to += 1) {
        hash = hashOn(hash, padded, to - 1, to);
        keys.push(hashEnd(hash));
      }
    }
  }
  return keys;
}

function keysOfPairs(concepts: readonly number[]): readonly number[] {
  return concepts.flatMap((one, at) =>
    concepts.slice(at + 1).map((other) => key('p', `${one}+${other}`)),
  );
}

function key(kind: string, text: string): number {
  return hashEnd(hashOn(hashOn(HASH_START, kind), text));
}
