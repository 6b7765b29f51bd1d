import {
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
  type CountryCode,
} from 'libphonenumber-js';
import type { Campaign } from '../campaign.js';
import { numeralAt } from './numerals.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';
import { flatten, tokensOf } from './tokens.js';
import { withZeros } from './zeros.js';

const COUNTRIES: Readonly<Record<Campaign['country'], CountryCode | undefined>> = {
  fr: 'FR',
  us: 'US',
  none: undefined,
};
/** Fewer digits are a date, an age or a count, not a number to call. */
const FEWEST_DIGITS = 6;
const FRENCH_DIGITS = 10;
/** Digits with what people write between them. */
const DIGITS = /(?<![\p{L}\p{N}])[+(]{0,2}\d[\d\s().\-/]{4,30}\d(?![\p{L}\p{N}])/gu;

/** A phone number in a text, as E.164. */
export type FoundPhone = { readonly value: string; readonly start: number; readonly end: number };

/** Reads a phone number as E.164; one without a country code is of the campaign's country. */
export function readPhone(text: string, mode: Mode, context: ReadingContext): Reading {
  // "O6" is typed for "06", and "O 6" too.
  const written = withZeros(text).replace(/(?<![\p{L}\p{N}])[oO](?=[\s.]\d)/u, '0');
  const plain = mode === 'strict' ? written : withDigits(written, context);
  const digits = plain.replace(/\D/g, '');
  if (digits.length < FEWEST_DIGITS) return UNREAD;
  if (mode === 'strict' && !/^[+\d\s().\-/]+$/.test(plain)) return UNREAD;
  const values = new Set(findPhones(plain, context.country).map(({ value }) => value));
  const [only] = values;
  if (values.size > 1) return refused('several');
  if (only !== undefined) return read(only);
  const number = parsePhoneNumberFromString(plain, COUNTRIES[context.country]);
  return number?.isValid() === true
    ? read(number.number)
    : refused(lengthProblem(plain, digits, context.country) ?? 'malformed');
}

/** Finds the numbers that can be called. */
export function findPhones(text: string, country: Campaign['country']): readonly FoundPhone[] {
  return [...text.matchAll(DIGITS)].flatMap(({ 0: written, index }) => {
    const number = parsePhoneNumberFromString(written, COUNTRIES[country]);
    if (number?.isValid() !== true) return [];
    return [{ value: number.number, start: index, end: index + written.length }];
  });
}

/** A number said in words, in digits: "zéro six douze trente-quatre…"; a text with digits stays as it is. */
function withDigits(text: string, { words, language }: ReadingContext): string {
  if (/\d/.test(text)) return text;
  const tokens = tokensOf(flatten(text));
  let digits = '';
  for (let at = 0; at < tokens.length;) {
    const isZero = words.zeros?.includes(tokens[at]?.text ?? '') === true;
    const numeral = numeralAt(tokens, at, words, language);
    if (numeral !== undefined) digits += numeral.value;
    else if (isZero) digits += '0';
    at += numeral?.length ?? 1;
  }
  return digits.length >= FEWEST_DIGITS ? digits : text;
}

function lengthProblem(
  text: string,
  digits: string,
  country: Campaign['country'],
): 'too_short' | 'too_long' | undefined {
  if (country === 'fr' && /^0[1-9]/.test(digits)) {
    if (digits.length === FRENCH_DIGITS) return undefined;
    return digits.length < FRENCH_DIGITS ? 'too_short' : 'too_long';
  }
  const found = DIGITS.exec(text)?.[0] ?? text;
  DIGITS.lastIndex = 0;
  const problem = validatePhoneNumberLength(found, COUNTRIES[country]);
  if (problem === 'TOO_SHORT') return 'too_short';
  return problem === 'TOO_LONG' ? 'too_long' : undefined;
}
