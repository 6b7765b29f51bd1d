import type { Campaign } from '../campaign.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

/** French codes begin with a department, 01 to 98; the United States add four digits at will. */
const CODES: Readonly<Record<Campaign['country'], RegExp>> = {
  fr: /(?<![\p{L}\p{N}])(?!00|99)(\d{2}) ?(\d{3})(?![\p{L}\p{N}])/gu,
  us: /(?<![\p{L}\p{N}])(\d{5})(-\d{4})?(?![\p{L}\p{N}])/gu,
  none: /(?<![\p{L}\p{N}])(?=[\p{L} -]*\d)([A-Z\d]{2,5}(?:[ -]?[A-Z\d]{2,5})?)(?![\p{L}\p{N}])/giu,
};

/** Reads a postal code of the campaign's country: "75 011 Paris" gives "75011". */
export function readPostalCode(text: string, mode: Mode, context: ReadingContext): Reading {
  const trimmed = text.trim();
  const found = [...trimmed.matchAll(CODES[context.country])];
  const [first, second] = found;
  if (first === undefined) return /\d/.test(trimmed) ? refused('malformed') : UNREAD;
  if (mode === 'strict' && first[0] !== trimmed) return UNREAD;
  if (second !== undefined && second[0] !== first[0]) return refused('several');
  return read(normalise(first));
}

function normalise([, start = '', end = '']: RegExpExecArray): string {
  return (start + end).toUpperCase();
}
