import type { TurfRow } from '../turfs.js';

/** A shared place holds for the reports of so long: at a walk, hardly more than two hundred metres. */
export const STOOD_MS = 180_000;

/** A network tells a place that is shared live every few seconds; so often it is kept. */
const FORWARD_MS = 20_000;

type Place = { readonly lat: number; readonly lon: number };

/** The turf with where one of its canvassers stands, in the place of where they stood before. */
export function stand(
  turf: TurfRow,
  { id, ids }: { readonly id: string; readonly ids: readonly string[] },
  { lat, lon }: Place,
  at: Date,
): TurfRow {
  const others = (turf.stood ?? []).filter(({ by }) => !ids.includes(by));
  return { ...turf, stood: [...others, { by: id, lat, lon, at }] };
}

/** Whether a place that holds is to be put forward to where a canvasser went since. */
export function isMoving(turf: TurfRow, ids: readonly string[], at: Date): boolean {
  const found = (turf.stood ?? []).find(({ by }) => ids.includes(by));
  const passed = found === undefined ? Number.POSITIVE_INFINITY : at.getTime() - found.at.getTime();
  return passed >= FORWARD_MS && passed <= STOOD_MS;
}

/** Where a canvasser stood when something was reported; undefined where they shared no place shortly before. */
export function stoodAt(turf: TurfRow, ids: readonly string[], at: Date): Place | undefined {
  const found = (turf.stood ?? []).find(({ by }) => ids.includes(by));
  if (found === undefined) return undefined;
  const passed = at.getTime() - found.at.getTime();
  return passed < 0 || passed > STOOD_MS ? undefined : { lat: found.lat, lon: found.lon };
}

/** The turf without the place of somebody who walks it no more, for now. */
export function forgetPlaceOf(turf: TurfRow, ids: readonly string[]): TurfRow {
  const { stood = [], ...row } = turf;
  const others = stood.filter(({ by }) => !ids.includes(by));
  return others.length === 0 ? row : { ...row, stood: others };
}

/** The turf without the places that hold no more: where people were is kept no longer than it is used. */
export function forgetPlaces(turf: TurfRow, now: number): TurfRow {
  const { stood, ...row } = turf;
  if (stood === undefined) return turf;
  const fresh = stood.filter(({ at }) => now - at.getTime() <= STOOD_MS);
  if (fresh.length === stood.length) return turf;
  return fresh.length === 0 ? row : { ...row, stood: fresh };
}
