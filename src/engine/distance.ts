import type { Location } from './event.js';

const EARTH_KM = 6_371;

/** Kilometres between two points as the crow flies (the great circle of a sphere). */
export function kilometresBetween(one: Location, other: Location): number {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const [north, east] = [rad(other.lat - one.lat) / 2, rad(other.lon - one.lon) / 2];
  const chord =
    Math.sin(north) ** 2 + Math.cos(rad(one.lat)) * Math.cos(rad(other.lat)) * Math.sin(east) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
