import { location } from '../command-error.js';
import { dayOfYear, isoWeek, toLocal, weekOfYear } from './calendar.js';
import type { Zone } from './calendar.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const pad = (value: number, width: number) => String(value).padStart(width, '0');

function offsetText(offset: number): string {
  const minutes = Math.abs(Math.round(offset / 60_000));
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`;
}

/** Writes an instant by a format of `$dateToString`. Throws a CommandError (18536). */
export function formatDate(instant: number, format: string, zone: Zone): string {
  const local = toLocal(instant, zone);
  const parts: Readonly<Record<string, () => string>> = {
    Y: () => pad(local.getUTCFullYear(), 4),
    m: () => pad(local.getUTCMonth() + 1, 2),
    d: () => pad(local.getUTCDate(), 2),
    H: () => pad(local.getUTCHours(), 2),
    M: () => pad(local.getUTCMinutes(), 2),
    S: () => pad(local.getUTCSeconds(), 2),
    L: () => pad(local.getUTCMilliseconds(), 3),
    j: () => pad(dayOfYear(local), 3),
    w: () => String(local.getUTCDay() + 1),
    u: () => String(isoWeek(local).day),
    U: () => pad(weekOfYear(local), 2),
    V: () => pad(isoWeek(local).week, 2),
    G: () => pad(isoWeek(local).year, 4),
    b: () => (MONTHS[local.getUTCMonth()] ?? '').slice(0, 3),
    B: () => MONTHS[local.getUTCMonth()] ?? '',
    z: () => offsetText(zone(instant)),
    Z: () => String(Math.round(zone(instant) / 60_000)),
    '%': () => '%',
  };
  return format.replace(/%([^]?)/g, (_all, letter: string) => {
    const part = Object.hasOwn(parts, letter) ? parts[letter] : undefined;
    if (!part) throw location(18536, `Invalid format character '%${letter}' in format string`);
    return part();
  });
}
