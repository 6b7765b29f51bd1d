import type { Json } from '../json.js';
import { meantBy } from './date.js';
import { findDates, type Said } from './dates/find-dates.js';
import { currencyOf } from '../currency.js';
import { readEmail } from './email.js';
import { findAmounts } from './find-amounts.js';
import { findNumbers } from './find-numbers.js';
import { findPhones } from './phone.js';
import { findPostalCodes } from './postal-code.js';
import type { ReadingContext } from './reading.js';
import { LONGEST } from './text.js';

/** Something that a text names, with the words that name it. */
export type Entity = {
  readonly type: 'email' | 'phone' | 'postal_code' | 'date' | 'amount' | 'number';
  readonly value: Json;
  readonly text: string;
};

type Placed = Entity & { readonly start: number; readonly end: number };

/**
 * Finds what a text names, in its order, no two of them from the same words: e-mail addresses, phone numbers,
 * amounts, dates, postal codes and other numbers, the surer kind first. Nothing in more than 2,000 characters.
 */
export function findEntities(text: string, context: ReadingContext): readonly Entity[] {
  if (text.length > LONGEST) return [];
  const found: Placed[] = [];
  for (const find of [emails, phones, amounts, dates, postalCodes, numbers]) {
    for (const entity of find(text, context)) {
      const overlaps = found.some(({ start, end }) => start < entity.end && entity.start < end);
      if (!overlaps) found.push(entity);
    }
  }
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ type, value, text: written }) => ({ type, value, text: written }));
}

function emails(text: string, context: ReadingContext): readonly Placed[] {
  return [...text.matchAll(/[^\s,;<>()«»"]+@[^\s,;<>()«»"]+/g)].flatMap((match) => {
    const reading = readEmail(match[0], 'lenient', context);
    if (reading.type !== 'read') return [];
    const written = match[0].replace(/[.,;:!?…]+$/, '');
    return [placed('email', reading.value, text, match.index, match.index + written.length)];
  });
}

function phones(text: string, { country }: ReadingContext): readonly Placed[] {
  return findPhones(text, country).map(({ value, start, end }) =>
    placed('phone', value, text, start, end),
  );
}

function amounts(text: string, context: ReadingContext): readonly Placed[] {
  const own = ['cents', currencyOf(context.country)];
  return findAmounts(text, context)
    .filter(({ minor, currency }) => own.includes(currency) && Number.isSafeInteger(minor))
    .map(({ minor, start, end }) => placed('amount', minor, text, start, end));
}

/** Days and times that stand together are one date. */
function dates(text: string, context: ReadingContext): readonly Placed[] {
  const groups: Exclude<Said, { type: 'other' }>[][] = [];
  let open: Exclude<Said, { type: 'other' }>[] = [];
  for (const said of findDates(text, context)) {
    if (said.type === 'other') {
      open = [];
      continue;
    }
    // A second day is another date; so is a second time by the clock.
    const repeats = open.some(
      (one) => one.type === said.type && (one.type === 'day' || said.said.type === 'clock'),
    );
    if (open.length === 0 || repeats) groups.push((open = []));
    open.push(said);
  }
  return groups.flatMap((group) => {
    const reading = meantBy(group, context);
    const [first] = group;
    const last = group.at(-1);
    if (reading.type !== 'read' || first === undefined || last === undefined) return [];
    return [placed('date', reading.value, text, first.start, last.end)];
  });
}

function postalCodes(text: string, { country }: ReadingContext): readonly Placed[] {
  // Without a country, too much has the shape of a code.
  if (country === 'none') return [];
  return findPostalCodes(text, country).map(({ value, start, end }) =>
    placed('postal_code', value, text, start, end),
  );
}

function numbers(text: string, context: ReadingContext): readonly Placed[] {
  return findNumbers(text, context)
    .filter(({ value, article }) => Number.isFinite(value) && !article)
    .map(({ value, start, end }) => placed('number', value, text, start, end));
}

function placed(
  type: Entity['type'],
  value: Json,
  text: string,
  start: number,
  end: number,
): Placed {
  return { type, value, text: text.slice(start, end), start, end };
}
