import type { CanvassRules } from '../../engine/campaign.js';
import type { Doors } from '../doors.js';
import { squareAt, readSquare } from '../grid/square.js';
import { createSeen } from '../import/seen.js';
import type { Incomes } from '../incomes.js';
import type { Results } from '../results.js';
import type { Visits } from '../visits.js';
import { labelSet, readAreaResult, type Area, type AreaDoors, type AreaResult } from './area.js';

/** Results after which a door is not knocked at again. */
const DONE: ReadonlySet<string> = new Set([
  'canvassed',
  'refused',
  'language_barrier',
  'moved',
  'vacant',
  'deceased',
]);
/** Metres: ground counts as lived on in squares of this side. */
const SIDE = 100;
const METRES_PER_DEGREE = 111_194;

/** What is seen of a door on the way. */
export type SeenDoor = {
  readonly lat: number;
  readonly lon: number;
  readonly station?: string;
  /** Somebody was reached there, or there is nobody to reach. */
  readonly isDone: boolean;
};

export type CollectedAreas = {
  readonly areas: readonly Area[];
  /** Elections in which the campaign's own labels had votes, in the order of their ids. */
  readonly elections: readonly string[];
  /** Doors that lie in no area that is known. */
  readonly strayDoors: number;
};

/**
 * Reads what is known of all areas, in streams: results of the elections that count (all in which the
 * campaign's own labels had votes, or those that are named), doors, visits and incomes. `look` sees every
 * door on the way, so that whoever draws them need not read them once more.
 */
export async function collectAreas(
  tables: {
    readonly results: Results;
    readonly doors: Doors;
    readonly visits: Visits;
    readonly incomes: Incomes;
  },
  rules: CanvassRules,
  named?: readonly string[],
  look: (door: SeenDoor) => void = () => undefined,
): Promise<CollectedAreas> {
  const results = await readResults(tables.results, rules, named);
  const { ground, stray } = await readGround(tables, look);
  const areas = [...results.areas].map(([code, { city, results: found }]): Area => {
    const there = ground.get(code);
    return {
      code,
      ...(city === undefined ? {} : { city }),
      results: found.filter(({ election }) => results.elections.includes(election)),
      ...(there === undefined ? {} : { doors: there.doors }),
      ...(there?.living === undefined ? {} : { living: there.living }),
    };
  });
  const known = [...ground].filter(([code]) => !results.areas.has(code));
  const strayDoors = known.reduce((sum, [, { doors }]) => sum + doors.count, stray);
  return { areas, elections: results.elections, strayDoors };
}

async function readResults({ table }: Results, rules: CanvassRules, named?: readonly string[]) {
  const labels = { own: labelSet(rules.own), near: labelSet(rules.near) };
  const areas = new Map<string, { city?: string; results: AreaResult[] }>();
  const withOwn = new Set<string>();
  const query = named === undefined ? {} : { election: { $in: [...named] } };
  for await (const row of table.stream(query)) {
    const result = readAreaResult(row, labels);
    if (result === undefined) continue;
    const area = areas.get(row.station) ?? { results: [] };
    if (row.city !== undefined) area.city = row.city;
    area.results.push(result);
    areas.set(row.station, area);
    if (result.own > 0) withOwn.add(row.election);
  }
  return { areas, elections: [...withOwn].toSorted() };
}

type Ground = { readonly doors: AreaDoors; readonly living?: number };

async function readGround(
  {
    doors,
    visits,
    incomes,
  }: { readonly doors: Doors; readonly visits: Visits; readonly incomes: Incomes },
  look: (door: SeenDoor) => void,
): Promise<{ readonly ground: ReadonlyMap<string, Ground>; readonly stray: number }> {
  const livingAt = await readLiving(incomes);
  const done = createSeen();
  for await (const visit of visits.table.streamFields({}, ['door', 'result', 'undone_at'])) {
    if (visit.undone_at === undefined && DONE.has(visit.result)) done.add(visit.door);
  }
  const buildings = createSeen();
  const counted = new Map<string, Counted>();
  let stray = 0;
  const fields = ['station', 'building', 'lat', 'lon', 'iris', 'commune'] as const;
  for await (const door of doors.table.streamFields({}, fields)) {
    look({ ...door, isDone: done.has(door._id) });
    if (door.station === undefined) {
      stray += 1;
      continue;
    }
    const area = counted.get(door.station) ?? newlyCounted();
    counted.set(door.station, area);
    area.count += 1;
    if (buildings.add(`${door.station} ${door.building}`)) area.buildings += 1;
    if (done.has(door._id)) area.done += 1;
    area.squares.add(squareOf(door));
    const living = livingAt(door);
    if (living === undefined) continue;
    area.living += living;
    area.withLiving += 1;
  }
  const ground = new Map(
    [...counted].map(
      ([code, { squares, living, withLiving, count, buildings: houses, done: over }]) => [
        code,
        {
          doors: { count, buildings: houses, done: over, squareMetres: squares.size * SIDE * SIDE },
          ...(withLiving === 0 ? {} : { living: living / withLiving }),
        },
      ],
    ),
  );
  return { ground, stray };
}

type Counted = {
  count: number;
  buildings: number;
  done: number;
  living: number;
  withLiving: number;
  readonly squares: Set<number>;
};

function newlyCounted(): Counted {
  return { count: 0, buildings: 0, done: 0, living: 0, withLiving: 0, squares: new Set() };
}

/** A number for the square of 100 m in which a place lies, the same for all places in it. */
function squareOf({ lat, lon }: { readonly lat: number; readonly lon: number }): number {
  const row = Math.floor((lat * METRES_PER_DEGREE) / SIDE);
  // The width of a degree is taken at the row's own latitude, so that squares of one row fit together.
  const width = METRES_PER_DEGREE * Math.cos((row * SIDE * Math.PI) / 180 / METRES_PER_DEGREE);
  return row * 1_000_000 + Math.floor((lon * width) / SIDE);
}

type Place = {
  readonly lat: number;
  readonly lon: number;
  readonly iris?: string;
  readonly commune?: string;
};

/** Tells the living standard of a place: of its square, else its IRIS, else the mean of its commune's IRIS. */
async function readLiving({ table }: Incomes): Promise<(place: Place) => number | undefined> {
  const known = new Map<string, number>();
  const grids = new Map<string, number>();
  const communes = new Map<string, { sum: number; count: number }>();
  for await (const { _id, living, commune } of table.stream({})) {
    known.set(_id, living);
    const square = readSquare(_id);
    if (square !== undefined) grids.set(square.grid, square.metres);
    if (commune === undefined) continue;
    const town = communes.get(commune) ?? { sum: 0, count: 0 };
    communes.set(commune, { sum: town.sum + living, count: town.count + 1 });
  }
  return (place) => {
    for (const [grid, metres] of grids) {
      const name = squareAt(place, grid, metres);
      const living = name === undefined ? undefined : known.get(name);
      if (living !== undefined) return living;
    }
    const iris = place.iris === undefined ? undefined : known.get(`iris:${place.iris}`);
    if (iris !== undefined) return iris;
    const town = place.commune === undefined ? undefined : communes.get(place.commune);
    return town === undefined ? undefined : town.sum / town.count;
  };
}
