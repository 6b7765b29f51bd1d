import { collectAreas } from '../../canvass/targeting/collect-areas.js';
import { rankAreas, type RankedArea } from '../../canvass/targeting/rank-areas.js';
import type { Doors } from '../../canvass/doors.js';
import type { Incomes } from '../../canvass/incomes.js';
import { layGround, type Outline } from '../../canvass/map/outline.js';
import type { Results } from '../../canvass/results.js';
import type { Visits } from '../../canvass/visits.js';
import type { CanvassRules } from '../../engine/campaign.js';
import type { BoxInput, PlaceView } from '../api.js';
import { boxOf } from './box-of.js';

/** Outlines of areas: metres of a square, and by how many it grows. */
const SQUARE = 40;
const GROW = 2;

export type AreaTables = {
  readonly doors: Doors;
  readonly visits: Visits;
  readonly results: Results;
  readonly incomes: Incomes;
};

/** An area as it is, in no language yet. */
export type SeenArea = {
  readonly code: string;
  readonly city?: string;
  readonly ranked?: RankedArea;
  readonly doors: number;
  readonly done: number;
  readonly outline: Outline;
  readonly box: BoxInput;
  readonly centre: PlaceView;
};

export type SeenAreas = {
  readonly at: string;
  readonly areas: readonly SeenArea[];
  readonly elections: readonly string[];
  readonly doors: number;
  readonly strayDoors: number;
};

/** Rules for a campaign that says none: no area has votes that count, so that none is ranked. */
const NO_RULES: CanvassRules = {
  own: [],
  near: [],
  weights: { mobilisation: 0, persuasion: 0, income: 0, density: 0, unvisited: 0 },
};

/** Reads all areas that have doors, each with its rank and outline: every door once, in a stream. */
export async function lookAtAreas(
  tables: AreaTables,
  rules: CanvassRules | undefined,
  at: Date,
): Promise<SeenAreas> {
  const ground = layGround<string>(SQUARE, GROW);
  const counted = new Map<string, { doors: number; done: number; lat: number; lon: number }>();
  let all = 0;
  let stray = 0;
  const collected = await collectAreas(tables, rules ?? NO_RULES, undefined, (door) => {
    all += 1;
    const { station, lat, lon, isDone } = door;
    if (station === undefined) {
      stray += 1;
      return;
    }
    ground.add(door, station);
    const area = counted.get(station) ?? { doors: 0, done: 0, lat: 0, lon: 0 };
    counted.set(station, area);
    area.doors += 1;
    area.lat += lat;
    area.lon += lon;
    if (isDone) area.done += 1;
  });
  const known = new Map(collected.areas.map((area) => [area.code, area]));
  const withDoors = collected.areas.filter(({ code }) => counted.has(code));
  const ranked = new Map(
    (collected.elections.length === 0 ? [] : rankAreas(withDoors, rules ?? NO_RULES)).map(
      (area) => [area.code, area],
    ),
  );
  const outlines = ground.outlines();
  const areas = [...counted].map(([code, { doors, done, lat, lon }]): SeenArea => {
    const city = known.get(code)?.city;
    const rank = ranked.get(code);
    const outline = outlines.get(code) ?? [];
    return {
      code,
      ...(city === undefined ? {} : { city }),
      ...(rank === undefined ? {} : { ranked: rank }),
      doors,
      done,
      outline,
      box: boxOf(outline),
      centre: { lat: lat / doors, lon: lon / doors },
    };
  });
  return {
    at: at.toISOString(),
    areas: areas.toSorted(
      (one, other) =>
        (one.ranked?.rank ?? Infinity) - (other.ranked?.rank ?? Infinity) ||
        (one.code < other.code ? -1 : 1),
    ),
    elections: collected.elections,
    doors: all,
    strayDoors: stray,
  };
}
