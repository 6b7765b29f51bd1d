import { randomUUID } from 'node:crypto';
import type { NamedLease } from '../../store/leases.js';
import { orderWalk } from '../route/order-walk.js';
import type { DoorRow, Doors } from '../doors.js';
import type { TurfRow, Turfs } from '../turfs.js';
import { cutTurfs, type Cut, type CutOptions } from './cut-turfs.js';
import { nameTurfs } from './name-turfs.js';

/** What of a door the cutting and the walk ask for; half a million of them are held in memory. */
const FIELDS = [
  'lat',
  'lon',
  'building',
  'street',
  'number',
  'suffix',
  'floor',
  'flat',
  'station',
] as const;
type CutDoor = Pick<DoorRow, (typeof FIELDS)[number] | '_id'>;

/** Turfs written together. */
const TOGETHER = 50;
/** Times that it is begun again because a volunteer took a turf that was to be cut anew. */
const ATTEMPTS = 5;

export type MakeTurfsOptions = {
  readonly doors: Doors;
  readonly turfs: Turfs;
  /** Two cuts at once would give a door to two turfs. */
  readonly lease: NamedLease;
  now(): number;
  /** Told how many turfs are written, of how many. */
  progress?(done: number, all: number): void;
};

export type MadeTurfs =
  | {
      readonly type: 'made';
      readonly cut: Cut<CutDoor>;
      readonly names: readonly string[];
      /** Turfs that stay as they are: walked, done, reserved or begun. */
      readonly kept: number;
      /** Doors in them. */
      readonly keptDoors: number;
      /** Free turfs that were cut anew. */
      readonly replaced: number;
    }
  | { readonly type: 'refused'; readonly reason: 'no_doors' | 'none_left' | 'busy' };

/**
 * Cuts the doors of some polling stations, or of all, into turfs with their walk lists. Turfs that somebody
 * walks, has begun or is to get stay as they are, with their doors; free ones that nobody has begun are cut
 * anew. Killed at any moment, it leaves doors in one turf at most, and the next cut takes up the others.
 */
export async function makeTurfs(
  options: MakeTurfsOptions,
  wish: CutOptions & { readonly stations?: readonly string[] },
): Promise<MadeTurfs> {
  const { lease } = options;
  if (!(await lease.hold())) return { type: 'refused', reason: 'busy' };
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const made = await attemptCut(options, wish);
      if (made !== undefined) return made;
    }
    return { type: 'refused', reason: 'busy' };
  } finally {
    await lease.release();
  }
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

async function attemptCut(
  { doors, turfs, lease, now, progress }: MakeTurfsOptions,
  { stations, ...wish }: CutOptions & { readonly stations?: readonly string[] },
): Promise<MadeTurfs | undefined> {
  const all = await turfs.table.find({});
  const isMeant = (turf: TurfRow): boolean =>
    stations === undefined || turf.stations.every((station) => stations.includes(station));
  const old = all.filter((turf) => isUntouched(turf) && isMeant(turf));
  const kept = all.filter((turf) => !old.includes(turf));
  const taken = new Set(kept.flatMap((turf) => turf.doors.map(({ door }) => door)));
  const query = stations === undefined ? {} : { station: { $in: [...stations] } };
  const found: CutDoor[] = [];
  let keptDoors = 0;
  for await (const door of doors.table.streamFields(query, FIELDS)) {
    if (taken.has(door._id)) keptDoors += 1;
    else found.push(door);
  }
  if (found.length + keptDoors === 0) return { type: 'refused', reason: 'no_doors' };
  if (found.length === 0) return { type: 'refused', reason: 'none_left' };
  // The same doors are cut the same way, however the store gives them.
  found.sort((one, other) => (one._id < other._id ? -1 : 1));
  const cut = cutTurfs(found, wish);
  const sorted = inOrder(cut, stations);
  for (const { _id, revision } of old) {
    // Somebody took it just now: it is theirs, and all is to be seen again.
    if ((await turfs.table.remove({ _id, revision })) === 0) return undefined;
  }
  const names = nameTurfs(
    sorted.map((turf) => turf.doors),
    new Set(kept.map(({ name }) => name)),
  );
  const first = kept.reduce((most, { rank }) => Math.max(most, rank), 0) + 1;
  for (let from = 0; from < sorted.length; from += TOGETHER) {
    // It is held as long as it takes.
    await lease.hold();
    const rows = sorted
      .slice(from, from + TOGETHER)
      .map((turf, at) =>
        turfRow(turf.doors, names[from + at] ?? '', first + from + at, new Date(now())),
      );
    await turfs.table.insertAll(rows);
    for (const row of rows) {
      await doors.table.set({ _id: { $in: row.doors.map(({ door }) => door) } }, { turf: row._id });
    }
    progress?.(Math.min(sorted.length, from + TOGETHER), sorted.length);
  }
  return {
    type: 'made',
    cut: { ...cut, turfs: sorted },
    names,
    kept: kept.length,
    keptDoors,
    replaced: old.length,
  };
}

/** As the stations were named, so that the first are walked first; else as they lie. */
function inOrder(
  cut: Cut<CutDoor>,
  stations: readonly string[] | undefined,
): Cut<CutDoor>['turfs'] {
  if (stations === undefined) return cut.turfs;
  const place = (doors: readonly CutDoor[]): number =>
    Math.min(...doors.map(({ station = '' }) => stations.indexOf(station)));
  return cut.turfs
    .map((turf) => ({ turf, at: place(turf.doors) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ turf }) => turf);
}

function turfRow(doors: readonly CutDoor[], name: string, rank: number, at: Date): TurfRow {
  const walk = orderWalk(doors);
  const count = doors.length;
  return {
    _id: randomUUID(),
    name,
    stations: [...new Set(doors.flatMap(({ station }) => station ?? []))].toSorted(),
    doors: walk.doors.map(({ _id }) => ({ door: _id })),
    centre: {
      lat: doors.reduce((sum, { lat }) => sum + lat, 0) / count,
      lon: doors.reduce((sum, { lon }) => sum + lon, 0) / count,
    },
    metres: Math.round(walk.metres),
    canvassers: [],
    state: 'free',
    rank,
    revision: 1,
    at,
  };
}
