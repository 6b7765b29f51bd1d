import { fold } from '../fold.js';
import { findNumbers } from './find-numbers.js';
import { lexiconOf } from './lexicon.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

/**
 * Reads a number in digits or in words: "1 200,50", "vingt-deux", "about 12", "une vingtaine". Bounds
 * are inclusive.
 */
export function readNumber(text: string, mode: Mode, context: ReadingContext): Reading {
  const trimmed = text.trim();
  const found = findNumbers(trimmed, context);
  const numbers = found.some(({ article }) => !article)
    ? found.filter(({ article }) => !article)
    : found;
  const [first] = numbers;
  if (first === undefined) return UNREAD;
  const around = `${trimmed.slice(0, first.start)} ${trimmed.slice(first.end)}`;
  // "une voiture" counts nothing; "une" alone does.
  const alone = lexiconOf(context.words).about.has(fold(around)) || around.trim() === '';
  if (!alone && (mode === 'strict' || first.article)) return UNREAD;
  if (new Set(numbers.map(({ value }) => value)).size > 1) return refused('several');
  const { value } = first;
  if (!Number.isFinite(value)) return refused('malformed');
  if (context.min !== undefined && value < context.min) return refused('too_small');
  if (context.max !== undefined && value > context.max) return refused('too_large');
  return read(value);
}
