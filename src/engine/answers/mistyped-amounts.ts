import { isNear } from './edit-distance.js';
import { valuesOf } from './numerals.js';
import type { ReadingContext } from './reading.js';
import { flatten, tokensOf } from './tokens.js';

/** Shorter numbers have too many neighbours: "cent" and "cens", "five" and "fine". */
const SHORTEST = 5;

/**
 * A text with the number before a currency put right where it has a slip of the thumb: "twnety euros" is "twenty
 * euros". Elsewhere a word near a number is more often another word.
 */
export function rightedAmounts(text: string, { words }: Pick<ReadingContext, 'words'>): string {
  const currencies = new Set(Object.values(words.currencies ?? {}).flat());
  const numbers = [...valuesOf(words.numbers).keys()];
  const tokens = tokensOf(flatten(text));
  let righted = text;
  for (const [at, { text: word, start, end }] of [...tokens.entries()].reverse()) {
    if (word.length < SHORTEST || !currencies.has(tokens[at + 1]?.text ?? '')) continue;
    const near = numbers.find(
      (number) => number.length >= SHORTEST && number[0] === word[0] && isNear(number, word),
    );
    if (near !== undefined) righted = righted.slice(0, start) + near + righted.slice(end);
  }
  return righted;
}
