import { equalArea } from './equal-area.js';
import type { GeoPoint, Projection } from './ellipsoid.js';
import { utm } from './utm.js';

/**
 * The grids on which INSEE publishes squares of 200 m or 1 km, by EPSG code: Europe, Réunion, Martinique
 * (insee.fr, données carroyées), and Guyane in the same manner.
 */
const GRIDS: Readonly<Record<string, Projection>> = {
  '3035': equalArea({ lat: 52, lon: 10, east: 4_321_000, north: 3_210_000 }),
  '2975': utm(57, 'south'),
  '5490': utm(-63, 'north'),
  '2972': utm(-51, 'north'),
};

/** A square of a grid: its lower left corner in metres, and how long its sides are. */
export type Square = {
  readonly grid: string;
  readonly metres: number;
  readonly east: number;
  readonly north: number;
};

/** Reads a name such as `CRS3035RES200mN2029800E4252400`; undefined for anything else. */
export function readSquare(name: string): Square | undefined {
  const found = /^CRS(\d{4})RES(\d{2,5})mN(-?\d{1,8})E(-?\d{1,8})$/.exec(name);
  const [, grid = '', metres, north, east] = found ?? [];
  if (GRIDS[grid] === undefined) return undefined;
  return { grid, metres: Number(metres), east: Number(east), north: Number(north) };
}

/** The name of the square in which a place lies. */
export function squareAt(point: GeoPoint, grid: string, metres: number): string | undefined {
  const plane = GRIDS[grid]?.toPlane(point);
  if (plane === undefined) return undefined;
  const corner = (metre: number): number => Math.floor(metre / metres) * metres;
  return `CRS${grid}RES${metres}mN${corner(plane.north)}E${corner(plane.east)}`;
}

/** Where the middle of a square is. */
export function middleOf({ grid, metres, east, north }: Square): GeoPoint | undefined {
  return GRIDS[grid]?.toGeo({ east: east + metres / 2, north: north + metres / 2 });
}
