import { currencyOf, MINOR_UNITS } from '../currency.js';
import { fold } from '../fold.js';
import { findAmounts } from './find-amounts.js';
import { rightedAmounts } from './mistyped-amounts.js';
import { findNumbers } from './find-numbers.js';
import { lexiconOf } from './lexicon.js';
import { leadsTo, readNumber } from './number.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

/**
 * Reads an amount of money as minor units (cents): "20 €", "vingt euros", "une vingtaine d'euros", "20€50", or
 * a number alone. One of another currency than the campaign's is refused as `currency`. Bounds are in whole
 * euros or dollars.
 */
export function readAmount(text: string, mode: Mode, context: ReadingContext): Reading {
  const trimmed = mode === 'strict' ? text.trim() : rightedAmounts(text.trim(), context);
  const found = findAmounts(trimmed, context);
  const [first] = found;
  if (first === undefined) {
    const { min: _min, max: _max, ...unbound } = context;
    const reading = readNumber(trimmed, mode, unbound);
    const isNumber = reading.type === 'read' && typeof reading.value === 'number';
    return isNumber ? within(reading.value * MINOR_UNITS, context) : reading;
  }
  const around = `${trimmed.slice(0, first.start)} ${trimmed.slice(first.end)}`;
  const rest = fold(around);
  const alone = rest === '' || lexiconOf(context.words).about.has(rest);
  if (mode === 'strict' && !alone) return UNREAD;
  const isSpan = findNumbers(trimmed, context).some(
    (number) => !number.article && leadsTo(number, first),
  );
  if (isSpan || found.some(({ minor }) => minor !== first.minor)) return refused('several');
  const own = currencyOf(context.country);
  if (first.currency !== 'cents' && first.currency !== own) return refused('currency');
  return within(first.minor, context);
}

function within(value: number, { min = 0, max = Infinity }: ReadingContext): Reading {
  const minor = Math.round(value);
  if (Number.isNaN(minor)) return refused('malformed');
  if (minor < min * MINOR_UNITS) return refused('too_small');
  if (minor > max * MINOR_UNITS || !Number.isSafeInteger(minor)) return refused('too_large');
  return read(minor + 0);
}
