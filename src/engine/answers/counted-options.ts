import type { Option } from '../effect.js';
import { lexiconOf, turnsAround } from './lexicon.js';
import { numeralAt } from './numerals.js';
import type { Mode, ReadingContext } from './reading.js';
import { tokensOf } from './tokens.js';

/** Longer texts may say "all" of something else. */
const MOST_WORDS = 5;

/** Options named by how many: "tous", "les deux premiers", "the last three"; undefined for other texts. */
export function countedOptions(
  folded: string,
  mode: Mode,
  { options, words, language }: ReadingContext,
): readonly Option[] | undefined {
  const lexicon = lexiconOf(words);
  const { all, firsts, lasts } = lexicon;
  const said = folded.split(' ');
  if (said.length > MOST_WORDS || turnsAround(folded, lexicon)) return undefined;
  const count = countIn(folded, words, language);
  if (count !== undefined && count > 1 && count <= options.length) {
    if (said.some((word) => lasts.has(word))) return options.slice(-count);
    if (said.some((word) => firsts.has(word))) return options.slice(0, count);
  }
  const isAll = all.has(folded) || (mode === 'lenient' && said.some((word) => all.has(word)));
  // "All three" of four is a mistake that only they can put right.
  return isAll && (count === undefined || count === options.length) ? options : undefined;
}

function countIn(
  folded: string,
  words: ReadingContext['words'],
  language: string,
): number | undefined {
  const tokens = tokensOf(folded);
  for (const [at, token] of tokens.entries()) {
    if (token.digits) return Number(token.text);
    const numeral = numeralAt(tokens, at, words, language);
    if (numeral !== undefined) return numeral.value;
  }
  return undefined;
}
