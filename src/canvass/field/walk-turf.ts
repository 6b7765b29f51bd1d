import { letGo } from '../turf/release-turf.js';
import type { TurfDoor, TurfRow } from '../turfs.js';

/** So long nobody else is sent to a door that somebody was sent to. */
export const HELD_MS = 1_800_000;

type Who = { readonly id: string; readonly ids: readonly string[] };

/** Doors still to do. */
export function leftOf({ doors }: Pick<TurfRow, 'doors'>): number {
  return doors.filter(({ result }) => result === undefined).length;
}

/**
 * The door somebody goes to next, and the turf with it held for them: the one they were sent to already,
 * else the first in walk order that is nobody else's now, those put off last. Undefined: none is left.
 */
export function sendTo(
  turf: TurfRow,
  { id, ids }: Who,
  at: number,
): { readonly door: string; readonly turf: TurfRow } | undefined {
  const isFree = ({ result, held_by: by, held_at: since }: TurfDoor): boolean =>
    result === undefined &&
    (by === undefined || since === undefined || since.getTime() + HELD_MS <= at);
  const mine = turf.doors.find(
    ({ result, held_by: by }) => result === undefined && by !== undefined && ids.includes(by),
  );
  if (mine !== undefined) return { door: mine.door, turf };
  const free = turf.doors.filter(isFree);
  const next = free.find(({ skipped }) => skipped === undefined) ?? free[0];
  if (next === undefined) return undefined;
  const held = { held_by: id, held_at: new Date(at) };
  return { door: next.door, turf: withDoor(turf, next.door, (door) => ({ ...door, ...held })) };
}

/** The door is put off: it comes again once the others are done. */
export function putOff(turf: TurfRow, door: string): TurfRow {
  const others = turf.doors.filter((one) => one.door !== door);
  const put = turf.doors.find((one) => one.door === door);
  if (put === undefined || put.result !== undefined) return turf;
  return { ...turf, doors: [...others, { ...letGo(put), skipped: true }] };
}

export function withDoor(
  turf: TurfRow,
  door: string,
  change: (door: TurfDoor) => TurfDoor,
): TurfRow {
  return { ...turf, doors: turf.doors.map((one) => (one.door === door ? change(one) : one)) };
}
