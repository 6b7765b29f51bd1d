import { layFlat, metresBetween, type Point } from './plane.js';
import { findSides } from './find-sides.js';
import { orderBuilding, type FlatDoor } from './order-building.js';
import { orderPath, SIDE_BY_SIDE } from './order-freely.js';

/** What of a door says when it is its turn. */
export type WalkDoor = Point &
  FlatDoor & {
    readonly street: string;
    readonly number?: string;
    readonly suffix?: string;
    readonly building: string;
  };

export type Walk<T> = {
  readonly doors: readonly T[];
  /** How long it is from door to door as the crow flies, metres; from `start` and to `end` where given. */
  readonly metres: number;
};

/**
 * The order in which doors are walked: a building at a time, from its top floor down; a side of a street
 * to its end before it is left; and between these the shortest way we find. Without `start` it begins
 * wherever that is shortest, and so for `end`.
 */
export function orderWalk<T extends WalkDoor>(
  doors: readonly T[],
  { start, end }: { readonly start?: Point; readonly end?: Point } = {},
): Walk<T> {
  const buildings = byBuilding(doors);
  const middles = buildings.map(middleOf);
  const ends = [...(start === undefined ? [] : [start]), ...(end === undefined ? [] : [end])];
  const { xs, ys } = layFlat([...middles, ...ends]);
  const stops = buildings.flatMap((within, at) => {
    const [door] = within;
    if (door === undefined) return [];
    return [{ ...door, within, x: xs[at] ?? 0, y: ys[at] ?? 0 }];
  });
  const sides = findSides(stops);

  // A side is two places that stand side by side: where it is entered and where it is left.
  const places: { readonly x: number; readonly y: number; readonly side: number }[] = [];
  for (const [side, row] of sides.entries()) {
    for (const stop of new Set([row.at(0), row.at(-1)])) {
      if (stop !== undefined) places.push({ x: stop.x, y: stop.y, side });
    }
  }
  const bounds = ends.map((_, at) => {
    const index = middles.length + at;
    places.push({ x: xs[index] ?? 0, y: ys[index] ?? 0, side: -1 });
    return places.length - 1;
  });
  const open = places.length;
  const order = orderPath(places, (one, other) => {
    if (other === open) return bounds.includes(one) ? SIDE_BY_SIDE : undefined;
    if (one === open) return bounds.includes(other) ? SIDE_BY_SIDE : undefined;
    const [from, to] = [places[one]?.side ?? -1, places[other]?.side];
    return from === to && from >= 0 ? SIDE_BY_SIDE : undefined;
  });
  // It is found as well backwards as forwards.
  const isBackwards =
    start === undefined ? end !== undefined && order.at(-1) !== bounds[0] : order[0] !== bounds[0];
  const path = isBackwards ? order.toReversed() : order;

  const walked: T[] = [];
  const seen = new Set<number>();
  for (const at of path) {
    const place = places[at];
    const row = place === undefined ? undefined : sides[place.side];
    if (place === undefined || row === undefined || seen.has(place.side)) continue;
    seen.add(place.side);
    const [head] = row;
    const isForward = head !== undefined && head.x === place.x && head.y === place.y;
    for (const { within } of isForward ? row : row.toReversed()) {
      walked.push(...orderBuilding(within));
    }
  }
  return { doors: walked, metres: lengthOf(walked, start, end) };
}

function byBuilding<T extends WalkDoor>(doors: readonly T[]): T[][] {
  const buildings = new Map<string, T[]>();
  for (const door of doors) {
    const known = buildings.get(door.building);
    if (known === undefined) buildings.set(door.building, [door]);
    else known.push(door);
  }
  return [...buildings.values()];
}

function middleOf(doors: readonly Point[]): Point {
  const sum = doors.reduce((at, { lat, lon }) => ({ lat: at.lat + lat, lon: at.lon + lon }), {
    lat: 0,
    lon: 0,
  });
  return { lat: sum.lat / doors.length, lon: sum.lon / doors.length };
}

function lengthOf(doors: readonly Point[], start?: Point, end?: Point): number {
  const path = [
    ...(start === undefined ? [] : [start]),
    ...doors,
    ...(end === undefined ? [] : [end]),
  ];
  return path.reduce((sum, at, index) => {
    const before = path[index - 1];
    return before === undefined ? sum : sum + metresBetween(before, at);
  }, 0);
}
