import { offsetAt } from '../parse/instant.js';

/** The day that clocks of a zone show at an instant, `YYYY-MM-DD`. */
export function dayAt(at: number, zone: string): string {
  return wallAt(at, zone).slice(0, 10);
}

/** The hour that clocks of a zone show at an instant, `00` to `23`. */
export function hourAt(at: number, zone: string): string {
  return wallAt(at, zone).slice(11, 13);
}

/** An instant as the clocks of a zone show it, with their distance from UTC: `2032-03-13T18:00:00+01:00`. */
export function tellInstant(at: number, zone: string): string {
  const minutes = Math.round(offsetAt(at, zone) / 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${wallAt(at, zone).slice(0, 19)}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
}

function wallAt(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString();
}
