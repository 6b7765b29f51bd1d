import type { Option } from '../effect.js';
import { fold } from '../fold.js';
import { exactOption, foldedOption, mentionedOptions } from './find-options.js';
import { lexiconOf } from './lexicon.js';
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
import { readYesNo } from './yes-no.js';

/** Reads one of the options, by label, value, number or place, or by the yes or no its label begins with. */
export function readChoice(text: string, mode: Mode, context: ReadingContext): Reading {
  const folded = fold(text);
  const exact = exactOption(folded, context);
  if (exact !== undefined) return read(exact.value);
  if (mode === 'strict') {
    const answered = answeredOption(text, mode, context);
    return answered === undefined ? UNREAD : read(answered.value);
  }
  const [first, ...others] = mentionedOptions(folded, context);
  if (first !== undefined) return others.length === 0 ? read(first.value) : refused('several');
  const answered = answeredOption(text, mode, context);
  return answered === undefined ? unsure(nearestOptions(folded, context)) : read(answered.value);
}

/** "Oui" chooses "Oui, merci" when no other label begins with a yes. */
function answeredOption(text: string, mode: Mode, context: ReadingContext): Option | undefined {
  const { yes, no, alone } = lexiconOf(context.words);
  const beginning = (list: ReadonlySet<string>): readonly Option[] =>
    context.options.filter((option) => {
      const [word = ''] = foldedOption(option).words;
      return list.has(word) && !alone.has(word);
    });
  const yeses = beginning(yes);
  const noes = beginning(no);
  if (yeses.length + noes.length === 0) return undefined;
  const reading = readYesNo(text, mode, { ...context, options: [] });
  if (reading.type !== 'read') return undefined;
  const [only, ...others] = reading.value === true ? yeses : noes;
  return others.length === 0 ? only : undefined;
}
