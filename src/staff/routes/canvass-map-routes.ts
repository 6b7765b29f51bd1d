import { z } from 'zod';
import { explainRank } from '../../canvass/targeting/explain-rank.js';
import type { Doors } from '../../canvass/doors.js';
import type { Turfs } from '../../canvass/turfs.js';
import type { CanvassRules } from '../../engine/campaign.js';
import type { BoxInput, CanvassResult, SilenceView, TurfShape } from '../api.js';
import { NO_TURFS, type TurfCounts } from '../canvass/count-turfs.js';
import type { LookAgain } from '../canvass/look-again.js';
import type { SeenArea, SeenAreas } from '../canvass/look-at-areas.js';
import { stationsNear } from '../canvass/stations-near.js';
import { defineRoute, type Route } from '../route.js';
import {
  areaView,
  canvassResult,
  language,
  latitude,
  longitude,
  outline,
  place,
  silence,
  turfState,
} from './canvass-shapes.js';

export type CanvassMapOptions = {
  readonly doors: Doors;
  readonly turfs: Turfs;
  readonly areas: LookAgain<SeenAreas>;
  /** Turfs by area. */
  readonly counts: LookAgain<ReadonlyMap<string, TurfCounts>>;
  rules(): CanvassRules | undefined;
  /** Until when nothing is handed out, where that is so now. */
  silence(): SilenceView | undefined;
};

/** Doors and turfs in one answer; past so many a map shows nothing of each. */
const MOST_DOORS = 4_000;
const MOST_TURFS = 400;
/** Degrees of latitude (some 3 km) past which doors are too near each other to be seen. */
const TALLEST = 0.03;

const box = z.strictObject({
  south: latitude,
  west: longitude,
  north: latitude,
  east: longitude,
});

/** Routes of the map: areas as outlines, turfs and doors in the part that is seen. */
export function canvassMapRoutes(options: CanvassMapOptions): Route[] {
  const { doors, turfs, areas, counts, rules } = options;

  async function resultsOf(
    ids: Iterable<string | undefined>,
  ): Promise<ReadonlyMap<string, CanvassResult>> {
    const wanted = [...new Set(ids)].filter((id) => id !== undefined);
    const found = new Map<string, CanvassResult>();
    for await (const row of turfs.table.streamFields({ _id: { $in: wanted } }, ['doors'])) {
      for (const { door, result } of row.doors) if (result !== undefined) found.set(door, result);
    }
    return found;
  }

  return [
    defineRoute<'GET /canvass/areas'>({
      type: 'json',
      key: 'GET /canvass/areas',
      name: 'listAreas',
      summary:
        'The areas of polling stations that have doors, ranked, with the reason and an outline.',
      access: 'canvass.read',
      input: z.strictObject({ language }),
      output: z.object({
        at: z.string(),
        areas: z.array(areaView),
        elections: z.array(z.string()),
        hasRules: z.boolean(),
        doors: z.number(),
        strayDoors: z.number(),
        silence: silence.exactOptional(),
      }),
      audit: 'nothing',
      async handle(given) {
        const [seen, cut] = await Promise.all([areas.see(), counts.see()]);
        const terms = rules();
        const silent = options.silence();
        return {
          ...seen,
          areas: seen.areas.map((area) => ({
            ...tellArea(area, terms, given.language),
            turfs: cut.get(area.code) ?? NO_TURFS,
          })),
          hasRules: terms !== undefined,
          ...(silent === undefined ? {} : { silence: silent }),
        };
      },
    }),
    defineRoute<'GET /canvass/doors'>({
      type: 'json',
      key: 'GET /canvass/doors',
      name: 'listDoors',
      summary: 'The doors in a part of the map, and how each stands; none where they are too many.',
      access: 'canvass.read',
      input: box,
      output: z.object({
        doors: z.array(
          place.extend({
            id: z.string(),
            turf: z.string().exactOptional(),
            result: canvassResult.exactOptional(),
          }),
        ),
        isCut: z.boolean(),
      }),
      audit: 'nothing',
      async handle(given) {
        if (given.north - given.south > TALLEST) return { doors: [], isCut: true };
        const stations = await stationsNear(areas, given);
        const query = { station: { $in: stations }, ...within(given, 'lat', 'lon') };
        const found: { _id: string; lat: number; lon: number; turf?: string }[] = [];
        const rows = doors.table.streamFields(query, ['lat', 'lon', 'turf'], {
          limit: MOST_DOORS + 1,
        });
        for await (const row of rows) found.push(row);
        if (found.length > MOST_DOORS) return { doors: [], isCut: true };
        const results = await resultsOf(found.map(({ turf }) => turf));
        return {
          doors: found.map(({ _id: id, lat, lon, turf }) => {
            const result = results.get(id);
            return {
              id,
              lat,
              lon,
              ...(turf === undefined ? {} : { turf }),
              ...(result === undefined ? {} : { result }),
            };
          }),
          isCut: false,
        };
      },
    }),
    defineRoute<'GET /canvass/shapes'>({
      type: 'json',
      key: 'GET /canvass/shapes',
      name: 'listTurfShapes',
      summary:
        'The turfs in a part of the map, each with its outline; none where they are too many.',
      access: 'canvass.read',
      input: box,
      output: z.object({
        turfs: z.array(
          z.object({
            id: z.string(),
            name: z.string(),
            state: turfState,
            isReserved: z.boolean(),
            doors: z.number(),
            done: z.number(),
            centre: place,
            outline,
          }),
        ),
        isCut: z.boolean(),
      }),
      audit: 'nothing',
      async handle(given) {
        const found: TurfShape[] = [];
        const rows = turfs.table.streamFields(
          within(given, 'centre.lat', 'centre.lon'),
          ['name', 'state', 'reserved_for', 'doors', 'centre', 'outline'],
          { limit: MOST_TURFS + 1 },
        );
        for await (const row of rows) {
          found.push({
            id: row._id,
            name: row.name,
            state: row.state,
            isReserved: row.reserved_for !== undefined,
            doors: row.doors.length,
            done: row.doors.filter(({ result }) => result !== undefined).length,
            centre: row.centre,
            outline: row.outline ?? [],
          });
        }
        const isCut = found.length > MOST_TURFS;
        return { turfs: isCut ? [] : found, isCut };
      },
    }),
  ];
}

function within({ south, west, north, east }: BoxInput, lat: string, lon: string) {
  return { [lat]: { $gte: south, $lte: north }, [lon]: { $gte: west, $lte: east } };
}

function tellArea(
  { ranked, box: _box, ...area }: SeenArea,
  rules: CanvassRules | undefined,
  tongue: 'fr' | 'en',
) {
  if (ranked === undefined || rules === undefined) return area;
  const { rank, score } = ranked;
  return { ...area, rank, score, why: explainRank(ranked, rules, tongue) };
}
