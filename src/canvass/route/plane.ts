/** A point of the globe, in degrees (WGS 84). */
export type Point = { readonly lat: number; readonly lon: number };

const EARTH_METRES = 6_371_008.8;

/** Where points lie, in metres from their middle to the east and to the north. */
export type Plane = { readonly xs: Float64Array; readonly ys: Float64Array };

/** Lays points out flat, in metres from their middle: right within a town, never across a country. */
export function layFlat(points: readonly Point[]): Plane {
  const n = Math.max(1, points.length);
  const lat = points.reduce((sum, point) => sum + point.lat, 0) / n;
  const lon = points.reduce((sum, point) => sum + point.lon, 0) / n;
  const metres = (EARTH_METRES * Math.PI) / 180;
  const narrow = Math.cos((lat * Math.PI) / 180);
  return {
    xs: Float64Array.from(points, (point) => (point.lon - lon) * narrow * metres),
    ys: Float64Array.from(points, (point) => (point.lat - lat) * metres),
  };
}

/** How far two near points are apart as the crow flies, in metres. */
export function metresBetween(one: Point, other: Point): number {
  const { xs, ys } = layFlat([one, other]);
  return Math.hypot((xs[0] ?? 0) - (xs[1] ?? 0), (ys[0] ?? 0) - (ys[1] ?? 0));
}
