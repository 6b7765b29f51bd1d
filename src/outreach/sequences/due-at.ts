import { addDays } from '../../engine/calendar/make-calendar.js';
import { territoryFacts } from '../../engine/calendar/territories.js';
import { instantOf, offsetAt } from '../../engine/parse/instant.js';
import type { After } from './sequence.js';

/**
 * When a step is due for somebody to whom it happened at an instant; epoch milliseconds, never before it. A
 * time of day of that very day that is over already is the next day's.
 */
export function dueAt(
  after: After,
  happened: number,
  territory: string | undefined,
  timezone: string,
): number {
  if (after.type === 'span') return happened + after.ms;
  const zone = (territory === undefined ? undefined : territoryFacts(territory))?.zones[0];
  const clocks = zone ?? timezone;
  const day = new Date(happened + offsetAt(happened, clocks)).toISOString().slice(0, 10);
  const due = instantOf(addDays(day, after.days), after.time, clocks);
  return due >= happened ? due : instantOf(addDays(day, after.days + 1), after.time, clocks);
}
