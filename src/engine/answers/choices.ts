import type { Option } from '../effect.js';
import { fold } from '../fold.js';
import { listFormatOf } from '../list-format.js';
import { countedOptions } from './counted-options.js';
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

/** Reads several options, named one after the other; bounds are those of `min` and `max`. */
export function readChoices(text: string, mode: Mode, context: ReadingContext): Reading {
  const chosen =
    namedOptions(text, context) ??
    countedOptions(fold(text), mode, context) ??
    mentioned(text, mode, context);
  if (chosen.length === 0) {
    return mode === 'strict' ? UNREAD : unsure(nearestOptions(fold(text), context));
  }
  const values = context.options.filter((option) => chosen.includes(option));
  return withinBounds(
    values.map(({ value }) => value),
    context,
  );
}

/** Several chosen values as an answer, or why they are too few or too many. */
export function withinBounds(
  values: readonly string[],
  { min = 1, max = Infinity }: Pick<ReadingContext, 'min' | 'max'>,
): Reading {
  if (values.length < min) return refused('too_few');
  if (values.length > max) return refused('too_many');
  return read(values);
}

function mentioned(text: string, mode: Mode, context: ReadingContext): readonly Option[] {
  return mode === 'strict' ? [] : mentionedOptions(fold(text), context);
}

/** The options when the text is a list of nothing else; undefined otherwise. */
function namedOptions(text: string, context: ReadingContext): Option[] | undefined {
  const whole = exactOption(fold(text), context);
  if (whole !== undefined) return [whole];
  const named = partsOf(text, context.language).map((part) => exactOption(part, context));
  return named.every((option) => option !== undefined) ? named : undefined;
}

function partsOf(text: string, language: string): string[] {
  const and = ` ${fold(listFormatOf(language).and)} `;
  const parts = text
    .split(/[,;/&+\n]/)
    .map(fold)
    .flatMap((part) => part.split(and))
    .flatMap((part) => (/^[\d ]+$/.test(part) ? part.split(' ') : [part]));
  return parts.filter((part) => part !== '');
}
