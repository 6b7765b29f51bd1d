import type { CanvassResult } from '../canvass-result.js';
import type { TurfDoor, TurfRow } from '../turfs.js';
import type { Visits } from '../visits.js';
import { letGo } from './release-turf.js';

/** The last result that counts of each of some doors of a turf; absent: it is to do. */
export async function lastResults(
  visits: Pick<Visits, 'table'>,
  turf: string,
  doors: ReadonlySet<string>,
): Promise<ReadonlyMap<string, CanvassResult>> {
  const query = { turf, door: { $in: [...doors] }, undone_at: null };
  const counting = await visits.table.find(query, { sort: { at: 1 } });
  return new Map(counting.map(({ door, result }) => [door, result]));
}

/** Doors stand as their visits that count have it: with the last result, or to be done again. */
export function standAsVisited(
  turf: TurfRow,
  doors: ReadonlySet<string>,
  results: ReadonlyMap<string, CanvassResult>,
): TurfRow {
  const stood = turf.doors.map((one): TurfDoor => {
    if (!doors.has(one.door)) return one;
    const { result: _result, skipped: _skipped, note: _note, ...rest } = letGo(one);
    const result = results.get(one.door);
    return result === undefined ? rest : { ...rest, result };
  });
  const isDone = stood.every(({ result }) => result !== undefined);
  const open = turf.canvassers.length === 0 ? 'free' : 'walked';
  return { ...turf, doors: stood, state: isDone ? 'done' : open };
}
