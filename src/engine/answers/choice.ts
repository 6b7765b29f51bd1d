import { fold } from '../fold.js';
import { exactOption, mentionedOptions } from './find-options.js';
import { nearestOptions } from './nearest-options.js';
import {
  read,
  refused,
  unsure,
  UNREAD,
  type Mode,
  type Reading,
  type ReadingContext,
} from './reading.js';

/** Reads one of the options, by label, value, number or place. */
export function readChoice(text: string, mode: Mode, context: ReadingContext): Reading {
  const folded = fold(text);
  const exact = exactOption(folded, context);
  if (exact !== undefined) return read(exact.value);
  if (mode === 'strict') return UNREAD;
  const [first, ...others] = mentionedOptions(folded, context);
  if (first === undefined) return unsure(nearestOptions(folded, context));
  return others.length === 0 ? read(first.value) : refused('several');
}
