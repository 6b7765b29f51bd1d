import { wordsOf } from './words-of.js';

/** How likely each language is, in the order of the profiles; together 1. */
export type DetectLanguage = (text: string, expected?: string) => readonly number[];

/** What is known of a language: its words, the most frequent first. */
export type Profile = { readonly language: string; readonly words: readonly string[] };

type Chances = { word(word: string): number };

/** How much likelier the expected language is than another before a word is read. */
const EXPECTED = 3;
/** Share of words that are in no list, and are told by their letters. */
const STRANGE = 0.25;
/** Frequencies fall with the rank in the list, about as Zipf and Mandelbrot have it. */
const RANK_SHIFT = 2.7;
/** One word in so many is of another language than its text. */
const FOREIGN = 1e-3;

/**
 * Makes a function that tells in which of a few languages a text is: by words that are in their lists,
 * else by their letters, three at a time.
 */
export function createDetectLanguage(profiles: readonly Profile[]): DetectLanguage {
  const chances = profiles.map(chancesOf);
  return (text, expected) => {
    const words = wordsOf(text);
    const logs = profiles.map(({ language }) => Math.log(language === expected ? EXPECTED : 1));
    for (const word of words) {
      const likely = chances.map((one) => one.word(word));
      const mean = likely.reduce((sum, one) => sum + one, 0) / likely.length;
      likely.forEach((one, at) => {
        logs[at] = (logs[at] ?? 0) + Math.log(one * (1 - FOREIGN) + mean * FOREIGN);
      });
    }
    const highest = Math.max(...logs);
    const weights = logs.map((log) => Math.exp(log - highest));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  };
}

function chancesOf({ words }: Profile): Chances {
  const listed = new Map<string, number>();
  let total = 0;
  words.forEach((word, rank) => {
    const frequency = 1 / (rank + RANK_SHIFT);
    listed.set(word, frequency);
    total += frequency;
  });
  const letters = lettersOf(words);
  return {
    word: (word) =>
      ((1 - STRANGE) * (listed.get(word) ?? 0)) / (total || 1) + STRANGE * letters(word),
  };
}

/** How likely a word is by its letters, each after the two before it; lists are too short for all of them. */
function lettersOf(words: readonly string[]): (word: string) => number {
  const triples = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const word of words) {
    const padded = `  ${word} `;
    for (let at = 2; at < padded.length; at += 1) {
      const before = padded.slice(at - 2, at);
      const triple = padded.slice(at - 2, at + 1);
      triples.set(triple, (triples.get(triple) ?? 0) + 1);
      pairs.set(before, (pairs.get(before) ?? 0) + 1);
    }
  }
  return (word) => {
    const padded = `  ${word} `;
    let chance = 1;
    for (let at = 2; at < padded.length; at += 1) {
      const triple = triples.get(padded.slice(at - 2, at + 1)) ?? 0;
      const pair = pairs.get(padded.slice(at - 2, at)) ?? 0;
      chance *= (triple + 0.1) / (pair + 4);
    }
    return chance;
  };
}
