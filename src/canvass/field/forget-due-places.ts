import { changeTurf } from '../turf/change-turf.js';
import type { Turfs } from '../turfs.js';
import { forgetPlaces, STOOD_MS } from './stand.js';

/** Turfs looked at in one go. */
const MOST = 500;

/** Forgets where canvassers stood who wrote nothing more since, once no report can need it. */
export async function forgetDuePlaces(turfs: Pick<Turfs, 'table'>, now: number): Promise<void> {
  const due = { 'stood.at': { $lt: new Date(now - STOOD_MS) } };
  for (const { _id, at } of await turfs.table.find(due, { limit: MOST })) {
    // When it was last walked stays as it is.
    await changeTurf(
      turfs,
      _id,
      (turf) => forgetPlaces(turf, now),
      () => at,
    );
  }
}
