import type { DoorRow, Doors } from '../doors.js';
import { createSeen } from '../import/seen.js';
import type { Results } from '../results.js';
import { communeOf } from '../station-code.js';
import type { RollAddresses } from '../roll.js';
import { createStationFinder, type StationPoint } from './station-finder.js';

/** How doors whose file says no polling station came by one. */
export type AssignedStations = {
  /** Doors that had none. */
  readonly without: number;
  /** The roll has their address; their commune has one station only; their neighbours agree. */
  readonly roll: number;
  readonly commune: number;
  readonly near: number;
  /** Of which nothing tells the station. */
  readonly untold: number;
};

type Told = { readonly station: string; readonly by: NonNullable<DoorRow['station_by']> };
type Door = Pick<DoorRow, '_id' | 'lat' | 'lon' | 'building' | 'commune'>;

const BATCH = 1_000;

/**
 * Gives doors without a polling station the one that can be told: by the roll, which has their address; by
 * the results, when their commune has a single station; by `points`, or by doors nearby whose file said
 * theirs. What was told so earlier is no ground for telling others. May be repeated, and then tells only
 * what was not told yet.
 */
export async function assignStations(
  {
    doors,
    results,
    roll,
  }: { readonly doors: Doors; readonly results: Results; readonly roll: RollAddresses },
  points: readonly StationPoint[] = [],
): Promise<AssignedStations> {
  const told = { roll: 0, commune: 0, near: 0 };
  const without = await doors.table.count({ station: null });
  if (without === 0) return { without, ...told, untold: 0 };
  const alone = await singleStations(results);
  const findNear = createStationFinder([...points, ...(await knownPoints(doors))]);
  for await (const batch of doorsWithout(doors)) {
    const byRoll = new Map(
      (
        await roll.table.find({ _id: { $in: [...new Set(batch.map((door) => door.building))] } })
      ).map(({ _id, station }) => [_id, station]),
    );
    const found = new Map<string, Told & { readonly ids: string[] }>();
    for (const door of batch) {
      const one = tell(door, byRoll.get(door.building), alone, findNear);
      if (one === undefined) continue;
      told[one.by] += 1;
      const key = `${one.by} ${one.station}`;
      const group = found.get(key) ?? { ...one, ids: [] };
      group.ids.push(door._id);
      found.set(key, group);
    }
    for (const { station, by, ids } of found.values()) {
      await doors.table.set({ _id: { $in: ids }, station: null }, { station, station_by: by });
    }
  }
  return { without, ...told, untold: without - told.roll - told.commune - told.near };
}

function tell(
  door: Door,
  byRoll: string | undefined,
  alone: ReadonlyMap<string, string>,
  findNear: (door: Door) => string | undefined,
): Told | undefined {
  if (byRoll !== undefined) return { station: byRoll, by: 'roll' };
  const single = door.commune === undefined ? undefined : alone.get(door.commune);
  if (single !== undefined) return { station: single, by: 'commune' };
  const near = findNear(door);
  return near === undefined ? undefined : { station: near, by: 'near' };
}

/** Batches by id, for their stations are written meanwhile. */
async function* doorsWithout({ table }: Doors): AsyncGenerator<readonly Door[]> {
  let after = '';
  for (;;) {
    const ids = await table.ids({ station: null }, { after, limit: BATCH });
    const last = ids.at(-1);
    if (last === undefined) return;
    after = last;
    yield await table.find({ _id: { $in: ids } });
  }
}

/** One point for each building whose file says its station. */
async function knownPoints({ table }: Doors): Promise<StationPoint[]> {
  const points: StationPoint[] = [];
  const seen = createSeen();
  const fields = ['station', 'station_by', 'lat', 'lon', 'building'] as const;
  for await (const { station, station_by: by, lat, lon, building } of table.streamFields(
    {},
    fields,
  )) {
    if (station === undefined || by !== undefined || !seen.add(building)) continue;
    points.push({ lat, lon, station });
  }
  return points;
}

/** The stations of the communes that have only one, in all elections that are known. */
async function singleStations({ table }: Results): Promise<ReadonlyMap<string, string>> {
  const stations = new Map<string, Set<string>>();
  for await (const { station } of table.streamFields({}, ['station'])) {
    const commune = communeOf(station);
    if (commune === undefined) continue;
    const there = stations.get(commune) ?? new Set();
    there.add(station);
    stations.set(commune, there);
  }
  return new Map(
    [...stations].flatMap(([commune, there]) => {
      const [only] = there;
      return there.size === 1 && only !== undefined ? [[commune, only] as const] : [];
    }),
  );
}
