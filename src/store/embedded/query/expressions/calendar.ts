import { location } from '../command-error.js';

/** How far local time is ahead of UTC at an instant, in milliseconds. */
export type Zone = (instant: number) => number;

export const HOUR = 3_600_000;
export const DAY = 86_400_000;
const MINUTE = 60_000;

export const UNITS = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
] as const;
export type Unit = (typeof UNITS)[number];

const LENGTHS: Readonly<Record<string, number>> = {
  week: 7 * DAY,
  day: DAY,
  hour: HOUR,
  minute: MINUTE,
  second: 1000,
  millisecond: 1,
};
const MONTHS: Readonly<Record<string, number>> = { year: 12, quarter: 3, month: 1 };

const formats = new Map<string, Intl.DateTimeFormat>();

/** Finds a time zone by offset ("+02:00") or Olson name. Throws a CommandError (40485). */
export function findZone(name: string): Zone {
  if (['UTC', 'GMT', 'Z'].includes(name)) return () => 0;
  const offset = /^([+-])(\d{2}):?(\d{2})?$/.exec(name);
  if (offset) {
    const size = Number(offset[2]) * HOUR + Number(offset[3] ?? 0) * MINUTE;
    return () => (offset[1] === '-' ? -size : size);
  }
  const format = formats.get(name) ?? createFormat(name);
  formats.set(name, format);
  return (instant) => {
    const parts = new Map(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    );
    const read = (part: Intl.DateTimeFormatPartTypes) => parts.get(part) ?? 0;
    const local = Date.UTC(
      read('year'),
      read('month') - 1,
      read('day'),
      read('hour'),
      read('minute'),
      read('second'),
    );
    return local - Math.floor(instant / 1000) * 1000;
  };
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw location(40485, `unrecognized time zone identifier: "${timeZone}"`);
  }
}

/** Local wall-clock time as a Date whose UTC parts are the local ones. */
export function toLocal(instant: number, zone: Zone): Date {
  return new Date(instant + zone(instant));
}

/** The instant of a local wall-clock time. */
export function fromLocal(local: number, zone: Zone): number {
  return local - zone(local - zone(local));
}

/** Moves an instant by whole units of local time; a day that a month lacks becomes its last. */
export function addUnits(instant: number, unit: Unit, amount: number, zone: Zone): number {
  const length = LENGTHS[unit] ?? 0;
  if (length > 0 && length < DAY) return instant + amount * length;
  const local = toLocal(instant, zone);
  if (length > 0) return fromLocal(local.getTime() + amount * length, zone);
  const month = local.getUTCMonth() + amount * (MONTHS[unit] ?? 0);
  const last = new Date(Date.UTC(local.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const moved = new Date(local);
  moved.setUTCFullYear(local.getUTCFullYear(), month, Math.min(local.getUTCDate(), last));
  return fromLocal(moved.getTime(), zone);
}

/** How many units of local time began before an instant, counted from the year 2000. */
export function unitsSince2000(instant: number, unit: Unit, zone: Zone, weekStart: number): number {
  const local = toLocal(instant, zone);
  const months = MONTHS[unit];
  if (months !== undefined) {
    return Math.floor(((local.getUTCFullYear() - 2000) * 12 + local.getUTCMonth()) / months);
  }
  return Math.floor((local.getTime() - origin(unit, weekStart)) / (LENGTHS[unit] ?? 1));
}

/** The instant a unit began, counted from the year 2000. */
export function unitStart(count: number, unit: Unit, zone: Zone, weekStart: number): number {
  const months = MONTHS[unit];
  const local =
    months === undefined
      ? origin(unit, weekStart) + count * (LENGTHS[unit] ?? 1)
      : Date.UTC(2000, count * months, 1);
  return fromLocal(local, zone);
}

/** Midnight of 1 January 2000, a Saturday; for weeks, the start of the week it lies in. */
function origin(unit: Unit, weekStart: number): number {
  const start = Date.UTC(2000, 0, 1);
  return unit === 'week' ? start - ((6 - weekStart + 7) % 7) * DAY : start;
}

/** Reads an ISO 8601 date or date-time; without an offset it is UTC. */
export function parseInstant(text: string): Date | undefined {
  const shape =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
  const found = shape.exec(text);
  if (!found) return undefined;
  const [, day = '', time = '00:00', offset = 'Z'] = found;
  const zone = /^[+-]\d{4}$/.test(offset)
    ? `${offset.slice(0, 3)}:${offset.slice(3)}`
    : offset.toUpperCase();
  const instant = new Date(`${day}T${time}${zone}`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/** ISO 8601 week: the year it belongs to, its number, and the day (Monday is 1). */
export function isoWeek(local: Date): { year: number; week: number; day: number } {
  const day = local.getUTCDay() || 7;
  const thursday = new Date(Math.floor(local.getTime() / DAY) * DAY + (4 - day) * DAY);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY / 7) + 1;
  return { year, week, day };
}

/** The day of the year, from 1. */
export function dayOfYear(local: Date): number {
  return Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY) + 1;
}

/** The week of the year, from 0, weeks beginning on Sunday. */
export function weekOfYear(local: Date): number {
  return Math.floor((dayOfYear(local) + 6 - local.getUTCDay()) / 7);
}
