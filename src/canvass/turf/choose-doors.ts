import type { Doors } from '../doors.js';
import { isWithin, boxAround, type Place } from '../map/is-within.js';
import type { TurfRow, Turfs } from '../turfs.js';
import { CUT_FIELDS, type CutDoor } from './plan-cut.js';

/** Which doors are cut: those of some polling stations, those within a line drawn on the map, or all. */
export type CutWhere = {
  readonly stations?: readonly string[];
  /** The corners of a line around them; it is closed by itself. */
  readonly within?: readonly Place[];
  /** Stations that may have doors within it, null for doors of none, so that not every door is read. */
  readonly among?: readonly (string | null)[];
};

export type ChosenDoors = {
  /** In the order of their ids, so that the same ones are cut the same way. */
  readonly doors: readonly CutDoor[];
  /** Free turfs that nobody has begun: their doors are among these. */
  readonly old: readonly TurfRow[];
  /** All turfs that stay as they are. */
  readonly kept: readonly TurfRow[];
  /** Doors there that stay with turfs of those. */
  readonly keptDoors: number;
};

/** Reads the doors that may be cut anew, and which turfs stay; changes nothing. */
export async function chooseDoors(
  { doors, turfs }: { readonly doors: Doors; readonly turfs: Turfs },
  where: CutWhere,
): Promise<ChosenDoors> {
  const { stations, within } = where;
  const all = await turfs.table.find({});
  const there: CutDoor[] = [];
  for await (const door of doors.table.streamFields(queryOf(where), CUT_FIELDS)) {
    if (within === undefined || isWithin(door, within)) there.push(door);
  }
  const ids = new Set(there.map(({ _id }) => _id));
  const isMeant = (turf: TurfRow): boolean =>
    within === undefined
      ? stations === undefined || turf.stations.every((station) => stations.includes(station))
      : turf.doors.every(({ door }) => ids.has(door));
  const old = all.filter((turf) => isUntouched(turf) && isMeant(turf));
  const kept = all.filter((turf) => !old.includes(turf));
  const taken = new Set(kept.flatMap((turf) => turf.doors.map(({ door }) => door)));
  const found = there.filter(({ _id }) => !taken.has(_id));
  return {
    doors: found.toSorted((one, other) => (one._id < other._id ? -1 : 1)),
    old,
    kept,
    keptDoors: there.length - found.length,
  };
}

function queryOf({ stations, within, among }: CutWhere) {
  const asked = within === undefined ? stations : among;
  const box = within === undefined ? undefined : boxAround(within);
  return {
    ...(asked === undefined ? {} : { station: { $in: [...asked] } }),
    ...(box === undefined
      ? {}
      : {
          lat: { $gte: box.south, $lte: box.north },
          lon: { $gte: box.west, $lte: box.east },
        }),
  };
}

/** Whether nothing would be lost if its doors were cut anew. */
export function isUntouched({
  state,
  canvassers,
  reserved_for: reserved,
  doors,
}: TurfRow): boolean {
  return (
    state === 'free' &&
    canvassers.length === 0 &&
    reserved === undefined &&
    doors.every(
      ({ result, held_by: held, skipped }) =>
        result === undefined && held === undefined && skipped === undefined,
    )
  );
}
