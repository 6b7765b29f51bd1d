import type { WordLists } from '../flow.js';
import { fold } from '../fold.js';

/** The word lists of a language, folded and ready to look up. */
export type Lexicon = {
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string>;
  readonly skip: ReadonlySet<string>;
  readonly not: ReadonlySet<string>;
  /** Places, counted from 1, by their names. */
  readonly ordinals: ReadonlyMap<string, number>;
  /** Longest first. */
  readonly introductions: readonly string[];
  /** Words of the longest entry. */
  readonly longest: number;
};

const LEXICONS = new WeakMap<WordLists, Lexicon>();

/** The lexicon of word lists, made once for each. */
export function lexiconOf(words: WordLists): Lexicon {
  const known = LEXICONS.get(words);
  if (known !== undefined) return known;
  const lexicon = compile(words);
  LEXICONS.set(words, lexicon);
  return lexicon;
}

function compile(words: WordLists): Lexicon {
  const yes = foldedSet(words.yes);
  const no = foldedSet(words.no);
  const ordinals = new Map(
    words.ordinals.flatMap((names, index) => names.map((name) => [fold(name), index + 1] as const)),
  );
  const introductions = [...foldedSet(words.introductions ?? [])];
  const entries = [...yes, ...no, ...ordinals.keys()];
  return {
    yes,
    no,
    skip: foldedSet(words.skip),
    not: foldedSet(words.not ?? []),
    ordinals,
    introductions: introductions.sort((a, b) => b.length - a.length),
    longest: Math.max(1, ...entries.map((entry) => entry.split(' ').length)),
  };
}

function foldedSet(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.map(fold).filter((entry) => entry !== ''));
}
