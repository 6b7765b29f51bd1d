import type { TurfRow, Turfs } from '../turfs.js';

/** Times that a turf is tried which another of its volunteers writes to at the same moment. */
const ATTEMPTS = 60;

/**
 * Writes a change of a turf, made again of what stands there when somebody else was quicker. The turf as it
 * stands then, also where nothing was to change; undefined when there is none. It is begun with the turf as it
 * is `known`, where it was just read.
 */
export async function changeTurf(
  turfs: Pick<Turfs, 'table'>,
  id: string,
  next: (turf: TurfRow) => TurfRow | undefined | Promise<TurfRow | undefined>,
  now: () => Date,
  known?: TurfRow,
): Promise<TurfRow | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const turf = attempt === 0 && known !== undefined ? known : await turfs.table.get(id);
    if (turf === undefined) return undefined;
    const made = await next(turf);
    if (made === undefined || made === turf) return turf;
    const row = { ...made, revision: turf.revision + 1, at: now() };
    if (await turfs.table.replaceIf({ revision: turf.revision }, row)) return row;
  }
  throw new Error('The turf is being changed by its volunteers without a pause: try again.');
}
