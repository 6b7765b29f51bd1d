import { instantOf, offsetAt } from '../parse/instant.js';
import type { Calendar, QuietHours } from './calendar.js';
import { addDays } from './make-calendar.js';
import { territoryFacts } from './territories.js';

/**
 * When quiet hours that hold at an instant are over where somebody lives; undefined when none hold. Of a
 * territory with several clocks, each counts.
 */
export function quietUntil(
  calendar: Calendar,
  territory: string | undefined,
  at: number,
): number | undefined {
  const { quietHours } = calendar;
  if (quietHours === undefined) return undefined;
  const known = territory === undefined ? undefined : territoryFacts(territory);
  const zones = known?.zones ?? calendar.quietZones;
  let awake = at;
  // Each clock may put it off into the quiet hours of another, but not for ever.
  for (let round = 0; round <= zones.length; round += 1) {
    const later = Math.max(...zones.map((zone) => quietEnd(quietHours, zone, awake) ?? awake));
    if (later === awake) break;
    awake = later;
  }
  return awake === at ? undefined : awake;
}

/** When the quiet hours that hold at an instant end on the clocks of a zone. */
function quietEnd({ from, to }: QuietHours, zone: string, at: number): number | undefined {
  const wall = new Date(at + offsetAt(at, zone)).toISOString();
  const [today, time] = [wall.slice(0, 10), wall.slice(11, 16)];
  const isOverMidnight = to <= from;
  if (isOverMidnight) {
    if (time >= from) return instantOf(addDays(today, 1), to, zone);
    return time < to ? instantOf(today, to, zone) : undefined;
  }
  return from <= time && time < to ? instantOf(today, to, zone) : undefined;
}
