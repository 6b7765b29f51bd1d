import type { TurfDoor, TurfRow } from '../turfs.js';

/** A turf that nobody walks any more, and that is kept for nobody; what was reported stays. */
export function releaseTurf(turf: TurfRow): TurfRow {
  const { reserved_for: _reserved, stood: _stood, ...row } = turf;
  const doors = turf.doors.map(letGo);
  const isDone = doors.every(({ result }) => result !== undefined);
  return { ...row, doors, canvassers: [], state: isDone ? 'done' : 'free' };
}

/** A door that nobody is sent to. */
export function letGo({ held_by: _by, held_at: _at, ...door }: TurfDoor): TurfDoor {
  return door;
}
