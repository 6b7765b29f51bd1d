import { isDate } from './instant.js';
import type { Written } from './read.js';
import type { Report } from './report.js';
import { plainly } from './suggest.js';
import { say } from '../sentence.js';

/** Tells that a text is no day, with the day it seems to be. */
export function refuseDay(
  { text, place }: Written,
  key: string,
  example: string,
  report: Report,
): void {
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(plainly(text).plain) ?? [];
  const iso = year === '' ? plainly(text).plain : [year, month, day].map(twoDigits).join('-');
  const meant = isDate(iso) ? say`write ${iso}` : say`year, month and day`;
  report.error(
    place,
    'wrong-type',
    say`"${key}" must be a day such as ${example}; it is "${text}": ${meant}`,
  );
}

function twoDigits(text: string): string {
  return text.padStart(2, '0');
}
