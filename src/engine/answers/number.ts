import { fold } from '../fold.js';
import { findNumbers, type FoundNumber } from './find-numbers.js';
import { lexiconOf } from './lexicon.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

/** Characters between two numbers of which one is meant: " ou ", " à ", "-", " and ". */
const LONGEST_JOINT = 5;

/** Whether what follows a number makes a choice of the two: "un ou deux", "10-20 €". */
export function leadsTo(
  { end }: Pick<FoundNumber, 'end'>,
  next: { readonly start: number } | undefined,
): boolean {
  return next !== undefined && end <= next.start && next.start - end <= LONGEST_JOINT;
}

/**
 * Reads a number in digits or in words: "1 200,50", "vingt-deux", "about 12", "une vingtaine". Bounds
 * are inclusive.
 */
export function readNumber(text: string, mode: Mode, context: ReadingContext): Reading {
  const trimmed = text.trim();
  const found = findNumbers(trimmed, context);
  const numbers = found.filter((number, at) => !number.article || leadsTo(number, found[at + 1]));
  const [first] = numbers.length > 0 ? numbers : found;
  if (first === undefined) return UNREAD;
  const around = `${trimmed.slice(0, first.start)} ${trimmed.slice(first.end)}`;
  // "une voiture" counts nothing; "une" alone does.
  const rest = fold(around);
  const alone = rest === '' || lexiconOf(context.words).about.has(rest);
  if (!alone && (mode === 'strict' || (first.article && numbers.length < 2))) return UNREAD;
  if (new Set(numbers.map(({ value }) => value)).size > 1) return refused('several');
  const { value } = first;
  if (!Number.isFinite(value)) return refused('malformed');
  if (context.min !== undefined && value < context.min) return refused('too_small');
  if (context.max !== undefined && value > context.max) return refused('too_large');
  return read(value);
}
