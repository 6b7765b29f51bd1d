import { findDates, type Said } from './dates/find-dates.js';
import { resolve } from './dates/resolve.js';
import { read, refused, UNREAD, type Mode, type Reading, type ReadingContext } from './reading.js';

/**
 * Reads a day, or an instant when a time is said, as ISO 8601 in the campaign's time zone: "demain à 18h",
 * "samedi prochain", "14/03", "in two weeks". What has no year is the next such day; a weekday is the first
 * to come, never today.
 */
export function readDate(text: string, mode: Mode, context: ReadingContext): Reading {
  const said = findDates(text, context);
  if (mode === 'strict' && said.some(({ type }) => type === 'other')) return UNREAD;
  return meantBy(said, context);
}

/** What days and times said together mean. */
export function meantBy(said: readonly Said[], context: ReadingContext): Reading {
  const days = said.flatMap((one) => (one.type === 'day' ? [one.said] : []));
  const times = said.flatMap((one) => (one.type === 'time' ? [one.said] : []));
  if (days.length === 0 && times.length === 0) return UNREAD;
  const moment = { at: context.at, timezone: context.timezone, twelve: isTwelve(context.language) };
  const clocks = new Set(times.flatMap((time) => (time.type === 'clock' ? [time.time] : [])));
  const parts = new Set(times.flatMap((time) => (time.type === 'part' ? [time.time] : [])));
  const all = new Set(
    (days.length === 0 ? [undefined] : days).map((day) => resolve(day, times, moment)),
  );
  if (all.size > 1 || clocks.size > 1 || parts.size > 1) return refused('several');
  const [only] = all;
  return only === undefined ? refused('malformed') : read(only);
}

const TWELVE = new Map<string, boolean>();

/** Whether a language counts hours up to twelve. */
function isTwelve(language: string): boolean {
  const known = TWELVE.get(language);
  if (known !== undefined) return known;
  const { hour12 = false } = new Intl.DateTimeFormat(language, {
    hour: 'numeric',
  }).resolvedOptions();
  TWELVE.set(language, hour12);
  return hour12;
}
