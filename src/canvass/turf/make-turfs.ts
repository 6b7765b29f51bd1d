import { randomUUID } from 'node:crypto';
import type { NamedLease } from '../../store/leases.js';
import type { Doors } from '../doors.js';
import type { TurfRow, Turfs } from '../turfs.js';
import { chooseDoors, type CutWhere } from './choose-doors.js';
import { optionsOf, type CutOptions } from './cut-turfs.js';
import { nameTurfs } from './name-turfs.js';
import { planCut, type CutDoor, type PlannedCut, type PlannedTurf } from './plan-cut.js';
import { middleOf } from './preview-cut.js';

/** Turfs written together. */
const TOGETHER = 50;
/** Times that it is begun again because a volunteer took a turf that was to be cut anew. */
const ATTEMPTS = 5;
/** A lease is held anew so often while a cut is planned elsewhere. */
const HOLD_EVERY_MS = 20_000;

export type MakeTurfsOptions = {
  readonly doors: Doors;
  readonly turfs: Turfs;
  /** Two cuts at once would give a door to two turfs. */
  readonly lease: NamedLease;
  /** Plans the cut elsewhere than in this thread. */
  plan?(doors: readonly CutDoor[], options: CutOptions): Promise<PlannedCut>;
  now(): number;
  /** Told how many turfs are written, of how many. */
  progress?(done: number, all: number): void;
};

export type MadeTurfs =
  | {
      readonly type: 'made';
      readonly cut: PlannedCut;
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
 * Cuts the doors of some polling stations, of a part of the map, or all, into turfs with their walk lists. Turfs that somebody
 * walks, has begun or is to get stay as they are, with their doors; free ones that nobody has begun are cut
 * anew. Killed at any moment, it leaves doors in one turf at most, and the next cut takes up the others.
 */
export async function makeTurfs(
  options: MakeTurfsOptions,
  wish: CutOptions & CutWhere,
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

async function attemptCut(
  { doors, turfs, lease, now, progress, plan }: MakeTurfsOptions,
  wish: CutOptions & CutWhere,
): Promise<MadeTurfs | undefined> {
  const { doors: found, old, kept, keptDoors } = await chooseDoors({ doors, turfs }, wish);
  const how = optionsOf(wish);
  if (found.length + keptDoors === 0) return { type: 'refused', reason: 'no_doors' };
  if (found.length === 0) return { type: 'refused', reason: 'none_left' };
  const cut = plan === undefined ? planCut(found, how) : await held(lease, plan(found, how));
  const doorsOf = (turf: PlannedTurf): CutDoor[] => turf.doors.flatMap((at) => found[at] ?? []);
  const sorted = inOrder(
    cut.turfs.map((turf) => ({ turf, doors: doorsOf(turf) })),
    wish.stations,
  );
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
      .map((planned, at) =>
        turfRow(planned, names[from + at] ?? '', first + from + at, new Date(now())),
      );
    await turfs.table.insertAll(rows);
    for (const row of rows) {
      await doors.table.set({ _id: { $in: row.doors.map(({ door }) => door) } }, { turf: row._id });
    }
    progress?.(Math.min(sorted.length, from + TOGETHER), sorted.length);
  }
  return {
    type: 'made',
    cut: { ...cut, turfs: sorted.map(({ turf }) => turf) },
    names,
    kept: kept.length,
    keptDoors,
    replaced: old.length,
  };
}

/** Keeps a lease while something takes long. */
async function held<T>(lease: NamedLease, work: Promise<T>): Promise<T> {
  const timer = setInterval(() => {
    // Should it not answer once, it lasts until the next time.
    lease.hold().catch(() => undefined);
  }, HOLD_EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

type Sorted = { readonly turf: PlannedTurf; readonly doors: readonly CutDoor[] };

/** As the stations were named, so that the first are walked first; else as they lie. */
function inOrder(
  planned: readonly Sorted[],
  stations: readonly string[] | undefined,
): readonly Sorted[] {
  if (stations === undefined) return planned;
  const place = (doors: readonly CutDoor[]): number =>
    Math.min(...doors.map(({ station = '' }) => stations.indexOf(station)));
  return planned
    .map((one) => ({ one, at: place(one.doors) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ one }) => one);
}

function turfRow({ turf, doors }: Sorted, name: string, rank: number, at: Date): TurfRow {
  return {
    _id: randomUUID(),
    name,
    stations: [...new Set(doors.flatMap(({ station }) => station ?? []))].toSorted(),
    doors: doors.map(({ _id }) => ({ door: _id })),
    centre: middleOf(doors),
    metres: turf.metres,
    outline: turf.outline,
    canvassers: [],
    state: 'free',
    rank,
    revision: 1,
    at,
  };
}
