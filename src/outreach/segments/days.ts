import { instantOf, isDate, offsetAt } from '../../engine/parse/instant.js';

const DAY_MS = 86_400_000;

/** The day that calendars of a time zone show at an instant, `YYYY-MM-DD`. */
export function dayOf(at: Date, timezone: string): string {
  return isoDay(at.getTime() + offsetAt(at.getTime(), timezone));
}

/** The day so many days later, or earlier where it is negative. */
export function dayAfter(day: string, days: number): string {
  return isoDay(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);
}

/** When a day begins in a time zone. */
export function startOf(day: string, timezone: string): Date {
  return new Date(instantOf(day, '00:00', timezone));
}

/** Whether a text is an instant with its time zone, or a day, from 1900 to 2199. */
export function isMoment(text: string): boolean {
  if (!/^(?:19|20|21)/.test(text)) return false;
  if (isDate(text)) return true;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.test(text))
    return false;
  return isDate(text.slice(0, 10)) && Number.isFinite(Date.parse(text));
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
