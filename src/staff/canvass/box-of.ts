import type { Outline } from '../../canvass/map/outline.js';
import type { BoxInput } from '../api.js';

const STEPS = 100_000;

/** The box around an outline, in degrees. */
export function boxOf(outline: Outline): BoxInput {
  const box = { south: 90, west: 180, north: -90, east: -180 };
  for (const loop of outline) {
    let [lat, lon] = [0, 0];
    for (let at = 0; at < loop.length; at += 2) {
      lat += loop[at] ?? 0;
      lon += loop[at + 1] ?? 0;
      box.south = Math.min(box.south, lat / STEPS);
      box.north = Math.max(box.north, lat / STEPS);
      box.west = Math.min(box.west, lon / STEPS);
      box.east = Math.max(box.east, lon / STEPS);
    }
  }
  return box;
}

/** Whether two boxes have some ground in common. */
export function overlap(one: BoxInput, other: BoxInput): boolean {
  return (
    one.south <= other.north &&
    other.south <= one.north &&
    one.west <= other.east &&
    other.west <= one.east
  );
}
