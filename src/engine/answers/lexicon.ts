import type { WordLists } from '../flow.js';
import { fold } from '../fold.js';

/** The word lists of a language, folded and ready to look up. */
export type Lexicon = {
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string>;
  readonly skip: ReadonlySet<string>;
  readonly alone: ReadonlySet<string>;
  readonly not: ReadonlySet<string>;
  /** Places, counted from 1, by their names. */
  readonly ordinals: ReadonlyMap<string, number>;
  /** What may stand before a number. */
  readonly about: ReadonlySet<string>;
  readonly last: ReadonlySet<string>;
  readonly beforeLast: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
  readonly firsts: ReadonlySet<string>;
  readonly lasts: ReadonlySet<string>;
  readonly places: ReadonlySet<string>;
  readonly greetings: ReadonlySet<string>;
  readonly notNames: ReadonlySet<string>;
  readonly courtesies: ReadonlySet<string>;
  readonly streets: ReadonlySet<string>;
  readonly within: ReadonlySet<string>;
  /** Longest first. */
  readonly introductions: readonly string[];
  /** Words of the longest entry. */
  readonly longest: number;
};

/** Makes something of word lists once for each of them. */
export function perLists<T>(make: (words: WordLists) => T): (words: WordLists) => T {
  const made = new WeakMap<WordLists, T>();
  return (words) => {
    const known = made.get(words);
    if (known !== undefined) return known;
    const fresh = make(words);
    made.set(words, fresh);
    return fresh;
  };
}

/** The lexicon of word lists. */
export const lexiconOf = perLists(compile);

function compile(words: WordLists): Lexicon {
  const yes = foldedSet(words.yes);
  const no = foldedSet(words.no);
  const ordinals = new Map(
    words.ordinals.flatMap((names, index) => names.map((name) => [fold(name), index + 1] as const)),
  );
  const introductions = [...foldedSet(words.introductions ?? [])];
  const not = foldedSet(words.not ?? []);
  const entries = [...yes, ...no, ...not, ...ordinals.keys()];
  return {
    yes,
    no,
    skip: foldedSet(words.skip),
    alone: foldedSet(words.alone ?? []),
    not,
    ordinals,
    about: foldedSet(words.about ?? []),
    last: foldedSet(words.last ?? []),
    beforeLast: foldedSet(words.before_last ?? []),
    all: foldedSet(words.all ?? []),
    firsts: foldedSet(words.firsts ?? []),
    lasts: foldedSet(words.lasts ?? []),
    places: foldedSet(words.places ?? []),
    greetings: foldedSet(words.greetings ?? []),
    notNames: foldedSet(words.not_names ?? []),
    courtesies: foldedSet(words.courtesies ?? []),
    streets: foldedSet(words.streets ?? []),
    within: foldedSet(words.within ?? []),
    introductions: introductions.sort((a, b) => b.length - a.length),
    longest: Math.max(1, ...entries.map((entry) => entry.split(' ').length)),
  };
}

/** Whether a folded text turns around what it says: "pas la santé", "anything but health". */
export function turnsAround(folded: string, { not }: { readonly not: Iterable<string> }): boolean {
  const text = ` ${folded} `;
  return [...not].some((phrase) => text.includes(` ${phrase} `));
}

function foldedSet(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.map(fold).filter((entry) => entry !== ''));
}
