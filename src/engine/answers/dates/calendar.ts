import { instantOf, offsetAt } from '../../parse/instant.js';

/** Days of the calendar are counted from 1 January 1970, and times in minutes from midnight. */
export type Day = number;
export type Minutes = number;

export const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The day of a date; undefined when the calendar has none, such as 31 February. */
export function dayOf(year: number, month: number, date: number): Day | undefined {
  const ms = Date.UTC(year, month - 1, date);
  const made = new Date(ms);
  const real = made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return real && year >= 1000 && year <= 9999 ? ms / DAY_MS : undefined;
}

/** Monday is 0. */
export function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Year, month from 1, date from 1. */
export function partsOf(day: Day): { year: number; month: number; date: number } {
  const made = new Date(day * DAY_MS);
  return {
    year: made.getUTCFullYear(),
    month: made.getUTCMonth() + 1,
    date: made.getUTCDate(),
  };
}

/** The same date some months later; the last of its month where that has fewer days. */
export function monthsLater(day: Day, months: number): Day | undefined {
  const { year, month, date } = partsOf(day);
  const index = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  for (let last = date; last > 27; last -= 1) {
    const found = dayOf(toYear, toMonth, last);
    if (found !== undefined) return found;
  }
  return dayOf(toYear, toMonth, date);
}

/** `YYYY-MM-DD`; undefined outside the years of four digits. */
export function writeDay(day: Day): string | undefined {
  const { year } = partsOf(day);
  if (!(year >= 1000 && year <= 9999)) return undefined;
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day and the time that clocks show at an instant. */
export function clockAt(instant: number, timezone: string): { day: Day; minutes: Minutes } {
  const wall = instant + offsetAt(instant, timezone);
  const day = Math.floor(wall / DAY_MS);
  return { day, minutes: Math.floor((wall - day * DAY_MS) / MINUTE_MS) };
}

/** The instant at which clocks show a day and a time, as ISO 8601 with the offset of the time zone. */
export function writeInstant(day: Day, minutes: Minutes, timezone: string): string | undefined {
  const date = writeDay(day);
  if (date === undefined) return undefined;
  const time = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return isoAt(instantOf(date, time, timezone), timezone);
}

/** An instant as ISO 8601 to the second, with the offset of the time zone. */
export function isoAt(instant: number, timezone: string): string | undefined {
  const offset = Math.round(offsetAt(instant, timezone) / MINUTE_MS);
  const wall = instant + offset * MINUTE_MS;
  if (writeDay(Math.floor(wall / DAY_MS)) === undefined) return undefined;
  const sign = offset < 0 ? '-' : '+';
  const ahead = `${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  return `${new Date(wall).toISOString().slice(0, 19)}${sign}${ahead}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
