import type { Campaign } from '../campaign.js';
import { codeOfArrondissement } from './french-towns.js';
import { lexiconOf } from './lexicon.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';
import { flatten } from './tokens.js';
import { withZeros } from './zeros.js';

/** French codes begin with a department, 01 to 98; the United States add four digits at will. */
const CODES: Readonly<Record<Campaign['country'], RegExp>> = {
  fr: /(?<![\p{L}\p{N}])(?:F-|cp)?(?!00|99)(\d{2}) ?(\d{3})(?![\p{L}\p{N}])/giu,
  us: /(?<![\p{L}\p{N}])(\d{5})(-\d{4})?(?![\p{L}\p{N}])/gu,
  none: /(?<![\p{L}\p{N}])(?=[\p{L} -]*\d)([A-Z\d]{2,5}(?:[ -]?[A-Z\d]{2,5})?)(?![\p{L}\p{N}])/giu,
};

/** A postal code in a text. */
export type FoundCode = { readonly value: string; readonly start: number; readonly end: number };

/** Reads a postal code of the campaign's country: "75 011 Paris" gives "75011", and so does "Paris 11e". */
export function readPostalCode(text: string, mode: Mode, context: ReadingContext): Reading {
  const trimmed = withZeros(text.trim());
  const found = findPostalCodes(trimmed, context.country);
  const [first] = found;
  if (first === undefined) {
    const code =
      context.country === 'fr' && mode === 'lenient'
        ? codeOfArrondissement(withOrdinals(flatten(trimmed), context.words))
        : undefined;
    if (code !== undefined) return read(code);
    return /\d/.test(trimmed) ? refused('malformed') : UNREAD;
  }
  if (mode === 'strict' && first.end - first.start !== trimmed.length) return UNREAD;
  if (found.some(({ value }) => value !== first.value)) return refused('several');
  return read(first.value);
}

/** A flattened text with the ordinals of one word in digits: "paris onzieme" is "paris 11". */
function withOrdinals(flat: string, words: ReadingContext['words']): string {
  const { ordinals } = lexiconOf(words);
  return flat.replace(/\p{L}+/gu, (word) => String(ordinals.get(word) ?? word));
}

/** Finds what has the shape of a postal code. */
export function findPostalCodes(text: string, country: Campaign['country']): readonly FoundCode[] {
  return [...text.matchAll(CODES[country])].map((match) => {
    const [written, start = '', end = ''] = match;
    return {
      value: (start + end).toUpperCase(),
      start: match.index,
      end: match.index + written.length,
    };
  });
}
