import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import type { Campaign } from '../campaign.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

const COUNTRIES: Readonly<Record<Campaign['country'], CountryCode | undefined>> = {
  fr: 'FR',
  us: 'US',
  none: undefined,
};
/** Fewer digits are a date, an age or a count, not a number to call. */
const FEWEST_DIGITS = 6;

/** Reads a phone number as E.164; one without a country code is of the campaign's country. */
export function readPhone(text: string, mode: Mode, context: ReadingContext): Reading {
  const digits = text.replace(/\D/g, '').length;
  if (digits < FEWEST_DIGITS) return UNREAD;
  if (mode === 'strict' && !/^[+\d\s().\-/]+$/.test(text)) return UNREAD;
  const number = parsePhoneNumberFromString(text, COUNTRIES[context.country]);
  return number?.isValid() === true ? read(number.number) : refused('malformed');
}
