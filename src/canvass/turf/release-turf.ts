import { oweNotice } from '../turf-notices.js';
import type { TurfDoor, TurfRow } from '../turfs.js';

/**
 * A turf that nobody walks any more, and that is kept for nobody; what was reported stays. Who had it hears
 * that it was taken back.
 */
export function releaseTurf(turf: TurfRow): TurfRow {
  const { reserved_for: reserved, stood: _stood, ...row } = turf;
  const doors = turf.doors.map(letGo);
  const isDone = doors.every(({ result }) => result !== undefined);
  const had = [...turf.canvassers, ...(reserved === undefined ? [] : [reserved])];
  const free: TurfRow = { ...row, doors, canvassers: [], state: isDone ? 'done' : 'free' };
  // Whose turf is done gave it back by walking it.
  return turf.state === 'done'
    ? free
    : [...new Set(had)].reduce((told, one) => oweNotice(told, one, 'taken'), free);
}

/** A door that nobody is sent to. */
export function letGo({ held_by: _by, held_at: _at, ...door }: TurfDoor): TurfDoor {
  return door;
}
