import { fold } from '../fold.js';
import { listFormatOf } from '../list-format.js';
import { MINOR_UNITS } from '../currency.js';
import { findNumbers, type FoundNumber } from './find-numbers.js';
import { perLists } from './lexicon.js';
import type { ReadingContext } from './reading.js';
import { flatten } from './tokens.js';

/** An amount in a text, with the currency it names: `€`, `$` and `£` are EUR, USD and GBP. */
export type FoundAmount = {
  readonly minor: number;
  readonly currency: string;
  readonly start: number;
  readonly end: number;
};

const SIGNS: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP' };
const CENTS = 'cents';
const SIGN_BEFORE = /([€$£]) ?$/;
/** A currency, after "of" or its like: "une vingtaine d'euros". */
const CURRENCY_AFTER = /^[\s\u00a0\u202f]*(?:([€$£])|(?:(?:d['’]|de |of )\s?)?(\p{L}+))/u;

/** Currencies by their names in a language. */
const currenciesOf = perLists(
  ({ currencies = {} }) =>
    new Map(
      Object.entries(currencies).flatMap(([code, names]) => names.map((name) => [name, code])),
    ),
);

type Context = Pick<ReadingContext, 'words' | 'language'>;

/** Finds the amounts of a text that name their currency, in their order: "20 €", "vingt euros", "20€50". */
export function findAmounts(text: string, context: Context): readonly FoundAmount[] {
  const flat = flatten(text);
  const numbers = findNumbers(text, context);
  const found: FoundAmount[] = [];
  let last = 0;
  for (const [index, number] of numbers.entries()) {
    if (number.start < last) continue;
    const amount = amountAt(flat, number, numbers[index + 1], context);
    if (amount === undefined) continue;
    last = amount.end;
    found.push(amount);
  }
  return found;
}

function amountAt(
  flat: string,
  number: FoundNumber,
  next: FoundNumber | undefined,
  context: Context,
): FoundAmount | undefined {
  const sign = SIGN_BEFORE.exec(flat.slice(0, number.start));
  if (sign !== null) {
    const start = sign.index;
    return {
      minor: minorOf(number.value),
      currency: SIGNS[sign[1] ?? ''] ?? '',
      start,
      end: number.end,
    };
  }
  const named = currencyAfter(flat, number.end, context);
  if (named === undefined) return undefined;
  const { start } = number;
  if (named.code === CENTS) {
    return { minor: Math.round(number.value), currency: CENTS, start, end: named.end };
  }
  const cents = centsAfter(flat, named.end, next, context);
  const minor = minorOf(number.value) + (cents?.minor ?? 0);
  return { minor, currency: named.code, start, end: cents?.end ?? named.end };
}

function currencyAfter(
  flat: string,
  from: number,
  { words }: Context,
): { readonly code: string; readonly end: number } | undefined {
  const match = CURRENCY_AFTER.exec(flat.slice(from));
  if (match === null) return undefined;
  const [whole, sign, name = ''] = match;
  const code = sign === undefined ? currenciesOf(words).get(name) : SIGNS[sign];
  return code === undefined ? undefined : { code, end: from + whole.length };
}

/** The cents after a currency: "20 euros 50", "20 € et 50 centimes". */
function centsAfter(
  flat: string,
  from: number,
  next: FoundNumber | undefined,
  context: Context,
): { readonly minor: number; readonly end: number } | undefined {
  if (next === undefined || !Number.isInteger(next.value) || next.value >= MINOR_UNITS) {
    return undefined;
  }
  const between = fold(flat.slice(from, next.start));
  const named = currencyAfter(flat, next.end, context);
  const isNamed = named?.code === CENTS;
  const joins = between === '' || (isNamed && between === fold(listFormatOf(context.language).and));
  if (next.value < 0 || !joins || (named !== undefined && !isNamed)) return undefined;
  return { minor: next.value, end: named?.end ?? next.end };
}

function minorOf(value: number): number {
  return Math.round(value * MINOR_UNITS);
}
