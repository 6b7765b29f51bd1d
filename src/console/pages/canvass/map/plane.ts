import type { BoxInput, Outline, PlaceView } from '../../../../staff/api.js';

const METRES_PER_DEGREE = 111_194;
const STEPS = 100_000;

/** A point of the drawing, metres east and south of its middle. */
export type Point = { readonly x: number; readonly y: number };

/** Lays places of a town out flat, around its middle. */
export type Plane = {
  toPoint(place: PlaceView): Point;
  toPlace(point: Point): PlaceView;
  /** An outline as the `d` of a path. */
  pathOf(outline: Outline): string;
};

/** A drawing around a place: right within a town, and near enough within a department. */
export function layPlane(middle: PlaceView): Plane {
  const narrow = METRES_PER_DEGREE * Math.cos((middle.lat * Math.PI) / 180);
  const toPoint = ({ lat, lon }: PlaceView): Point => ({
    x: (lon - middle.lon) * narrow,
    y: (middle.lat - lat) * METRES_PER_DEGREE,
  });
  return {
    toPoint,
    toPlace: ({ x, y }) => ({
      lat: middle.lat - y / METRES_PER_DEGREE,
      lon: middle.lon + x / narrow,
    }),
    pathOf: (outline) =>
      placesOf(outline)
        .map((loop) => {
          const points = loop.map(toPoint);
          return `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
        })
        .join(''),
  };
}

/** The corners of an outline, loop by loop. */
export function placesOf(outline: Outline): PlaceView[][] {
  return outline.map((loop) => {
    let [lat, lon] = [0, 0];
    return Array.from({ length: Math.floor(loop.length / 2) }, (_, at) => {
      lat += loop[2 * at] ?? 0;
      lon += loop[2 * at + 1] ?? 0;
      return { lat: lat / STEPS, lon: lon / STEPS };
    });
  });
}

/** The smallest box around places; undefined around none. */
export function boxAround(places: readonly PlaceView[]): BoxInput | undefined {
  if (places.length === 0) return undefined;
  const box = { south: 90, west: 180, north: -90, east: -180 };
  for (const { lat, lon } of places) {
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
    box.west = Math.min(box.west, lon);
    box.east = Math.max(box.east, lon);
  }
  return box;
}

/** The middle of a box. */
export function middleOf({ south, north, west, east }: BoxInput): PlaceView {
  return { lat: (south + north) / 2, lon: (west + east) / 2 };
}
