import { fold } from '../fold.js';
import type { WordGroup } from '../flow.js';
import { listFormatOf } from '../list-format.js';
import { perLists } from './lexicon.js';
import { phraseAt, type Token } from './tokens.js';

/** Number words of a language. */
type Numerals = {
  readonly cardinals: ReadonlyMap<string, number>;
  readonly dozens: ReadonlyMap<string, number>;
  /** Words of the longest. */
  readonly longest: number;
};

/** A number written in words, and how many tokens it takes. */
export type Numeral = { readonly value: number; readonly length: number };

const numeralsOf = perLists((words): Numerals => {
  const cardinals = valuesOf(words.numbers);
  const dozens = valuesOf(words.dozens);
  const phrases = [...cardinals.keys(), ...dozens.keys()];
  return {
    cardinals,
    dozens,
    longest: Math.max(1, ...phrases.map((phrase) => phrase.split(' ').length)),
  };
});

/** Words by the number that their group is called. */
export function valuesOf(group: WordGroup | undefined): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(group ?? {}).flatMap(([value, words]) =>
      words.map((word) => [word, Number(value)] as const),
    ),
  );
}

type Words = Parameters<typeof numeralsOf>[0];
type Word = { readonly value: number; readonly length: number; readonly multiplies: boolean };

/** Reads the longest number in words that begins at a token: "vingt-deux", "two hundred and five". */
export function numeralAt(
  tokens: readonly Token[],
  at: number,
  words: Words,
  language: string,
): Numeral | undefined {
  const numerals = numeralsOf(words);
  const first = wordAt(tokens, at, numerals);
  if (first === undefined) return undefined;
  const and = fold(listFormatOf(language).and);
  let { length } = first;
  let sum = first.multiplies
    ? multiplied(NOTHING, first.value)
    : { total: 0, current: first.value };
  for (;;) {
    const joins = tokens[at + length]?.text === and ? 1 : 0;
    const word = wordAt(tokens, at + length + joins, numerals);
    if (word === undefined) break;
    if (word.multiplies) {
      if (joins > 0) break;
      sum = multiplied(sum, word.value);
    } else if (fits(sum, word.value)) {
      sum = { ...sum, current: sum.current + word.value };
    } else break;
    length += joins + word.length;
  }
  return { value: sum.total + sum.current, length };
}

/** The word after a number in digits that multiplies it: "2 millions", "3 douzaines", "5k". */
export function multiplierAt(
  tokens: readonly Token[],
  at: number,
  words: Words,
): Numeral | undefined {
  const numerals = numeralsOf(words);
  const word = wordAt(tokens, at, numerals);
  if (word === undefined) return undefined;
  // "50 cents" are cents.
  const isGroup = numerals.dozens.has(phraseAt(tokens, at, word.length));
  return isGroup || word.value >= 1000 ? word : undefined;
}

/** A number while it is read: its thousands, and what is below them so far. */
type Sum = { readonly total: number; readonly current: number };
const NOTHING: Sum = { total: 0, current: 0 };

function multiplied({ total, current }: Sum, by: number): Sum {
  const product = (current === 0 ? 1 : current) * by;
  return by >= 1000 ? { total: total + product, current: 0 } : { total, current: product };
}

/** Whether a word goes on the number before it: "vingt deux", "soixante douze", "cent trois". */
function fits({ total, current }: Sum, next: number): boolean {
  if (current === 0) return total > 0;
  const tens = current % 100;
  if (tens === 0) return next < 100;
  if (tens % 10 !== 0) return false;
  return next < 10 || ((tens === 60 || tens === 80) && next < 20);
}

function wordAt(tokens: readonly Token[], at: number, numerals: Numerals): Word | undefined {
  if (tokens[at] === undefined || tokens[at].digits) return undefined;
  for (let length = Math.min(numerals.longest, tokens.length - at); length > 0; length -= 1) {
    const phrase = phraseAt(tokens, at, length);
    const dozen = numerals.dozens.get(phrase);
    if (dozen !== undefined) return { value: dozen, length, multiplies: true };
    const value = numerals.cardinals.get(phrase);
    if (value !== undefined) return { value, length, multiplies: value >= 100 };
  }
  return undefined;
}
