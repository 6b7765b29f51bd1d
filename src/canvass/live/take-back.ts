import type { CanvassResult } from '../canvass-result.js';
import { outingsOf } from '../outing.js';
import { changeTurf } from '../turf/change-turf.js';
import { lastResults } from '../turf/stand-as-visited.js';
import type { TurfDoor, TurfRow, Turfs } from '../turfs.js';
import type { Visits } from '../visits.js';
import { NOBODY_MERGED, type Merged } from './find-merged.js';

/** What became of an outing that was taken back. */
export type TakenBack = {
  /** Visits that counted until now. */
  readonly visits: number;
  /** Doors that are to be done again, or stand again as they did before the outing. */
  readonly doors: number;
};

/**
 * Takes a volunteer's outing back whole: its visits count no more, and in its turfs each of their doors
 * stands as the last visit that still counts left it, or is to do again; with it what the same person did
 * under ids that were `merged` since. Undefined when there is no such outing. Visits first, then turfs: killed in between, it is done again and does what is left.
 */
export async function takeBack(
  { visits, turfs }: { readonly visits: Visits; readonly turfs: Turfs },
  name: string,
  at: Date,
  merged: Merged = NOBODY_MERGED,
): Promise<TakenBack | undefined> {
  const outing = { $in: [...outingsOf(name, merged)] };
  const rows = await visits.table.find({ outing });
  if (rows.length === 0) return undefined;
  const undone = await visits.table.set({ outing, undone_at: null }, { undone_at: at });
  let doors = 0;
  for (const turf of new Set(rows.map((row) => row.turf))) {
    const theirs = new Set(rows.filter((row) => row.turf === turf).map(({ door }) => door));
    doors += await reopen({ visits, turfs }, turf, theirs, at);
  }
  return { visits: undone, doors };
}

/** How many doors stand otherwise than before, or are to do again. */
async function reopen(
  { visits, turfs }: { readonly visits: Visits; readonly turfs: Turfs },
  id: string,
  doors: ReadonlySet<string>,
  at: Date,
): Promise<number> {
  let changed = 0;
  await changeTurf(
    turfs,
    id,
    async (turf) => {
      const stood = standAs(turf, doors, await lastResults(visits, id, doors));
      changed = stood.changed;
      return changed === 0 ? undefined : stood.turf;
    },
    () => at,
  );
  return changed;
}

/** A turf some of whose doors stand as their last visits that count have it; whoever was sent there still is. */
function standAs(
  turf: TurfRow,
  doors: ReadonlySet<string>,
  last: ReadonlyMap<string, CanvassResult>,
): { readonly turf: TurfRow; readonly changed: number } {
  let changed = 0;
  const stood = turf.doors.map((one): TurfDoor => {
    if (!doors.has(one.door) || one.result === last.get(one.door)) return one;
    changed += 1;
    const { result: _, ...rest } = one;
    const result = last.get(one.door);
    return result === undefined ? rest : { ...rest, result };
  });
  const isDone = stood.every(({ result }) => result !== undefined);
  const open = turf.canvassers.length === 0 ? 'free' : 'walked';
  const state = turf.state === 'done' && !isDone ? open : turf.state;
  return { turf: { ...turf, doors: stood, state }, changed };
}
