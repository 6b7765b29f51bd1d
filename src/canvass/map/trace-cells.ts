import { cellAt, cellKey, WIDTH, type Cells } from './cells.js';

type Corner = { readonly x: number; readonly y: number };
type Direction = 0 | 1 | 2 | 3;

/** Smaller ones, in squares, are left out: an island that is hardly there, a hole between houses. */
const LEAST_ISLAND = 3;
const LEAST_HOLE = 12;
/** East, north, west, south: the step, where the side of a square that goes there begins, and what is beyond. */
const WAYS = [
  { direction: 0, x: 1, y: 0, from: { x: 0, y: 0 }, beyond: -WIDTH },
  { direction: 1, x: 0, y: 1, from: { x: 1, y: 0 }, beyond: 1 },
  { direction: 2, x: -1, y: 0, from: { x: 1, y: 1 }, beyond: WIDTH },
  { direction: 3, x: 0, y: -1, from: { x: 0, y: 1 }, beyond: -1 },
] as const;

/**
 * The lines around the squares of each owner, in columns and rows: counterclockwise around them, clockwise
 * around holes. They pass through the middles of the squares' sides, which makes stairs into slopes, and
 * the same ones for both neighbours; where three or more meet, through their common corner.
 */
export function traceCells<O>(cells: Cells<O>): ReadonlyMap<O, readonly (readonly Corner[])[]> {
  const sides = new Map<O, Sides>();
  for (const [key, { owner }] of cells) {
    const { row, column } = cellAt(key);
    const its: Sides = sides.get(owner) ?? new Map<number, number>();
    sides.set(owner, its);
    for (const { direction, from, beyond } of WAYS) {
      if (cells.get(key + beyond)?.owner === owner) continue;
      const corner = cellKey(row + from.y, column + from.x);
      its.set(corner, (its.get(corner) ?? 0) | (1 << direction));
    }
  }
  const isShared = (corner: number): boolean =>
    new Set([0, -1, -WIDTH, -WIDTH - 1].map((step) => cells.get(corner + step)?.owner)).size > 2;
  return new Map([...sides].map(([owner, its]) => [owner, joinSides(its, isShared)]));
}

/** In which directions sides leave a corner, as bits. */
type Sides = Map<number, number>;

function joinSides(sides: Sides, isShared: (corner: number) => boolean): Corner[][] {
  const loops: Corner[][] = [];
  for (const start of sides.keys()) {
    for (;;) {
      const first = turnFrom(sides.get(start) ?? 0, 0);
      if (first === undefined) break;
      const loop = walkAround(sides, start, first, isShared);
      const area = areaOf(loop);
      if (area >= LEAST_ISLAND || area <= -LEAST_HOLE) loops.push(withoutStraight(loop));
    }
  }
  return loops;
}

/** Follows sides from a corner until it is back, and takes them away; answers their middles and shared corners. */
function walkAround(
  sides: Sides,
  start: number,
  first: Direction,
  isShared: (corner: number) => boolean,
): Corner[] {
  const loop: Corner[] = [];
  let corner = start;
  let direction = first;
  for (;;) {
    sides.set(corner, (sides.get(corner) ?? 0) & ~(1 << direction));
    const { row, column } = cellAt(corner);
    const way = WAYS[direction];
    loop.push({ x: column + way.x / 2, y: row + way.y / 2 });
    corner = cellKey(row + way.y, column + way.x);
    const bits = sides.get(corner) ?? 0;
    const isBack = corner === start;
    const next = turnFrom(isBack ? bits | (1 << first) : bits, direction);
    if (next !== direction && isShared(corner)) loop.push({ x: column + way.x, y: row + way.y });
    if (next === undefined || (isBack && next === first)) return loop;
    direction = next;
  }
}

/** Left where that goes, so that squares that only share a corner stay apart; else on, else right. */
function turnFrom(bits: number, direction: Direction): Direction | undefined {
  const wanted = [direction + 1, direction, direction + 3, direction + 2].map((one) => one % 4);
  return WAYS.map((way) => way.direction)
    .toSorted((one, other) => wanted.indexOf(one) - wanted.indexOf(other))
    .find((one) => (bits & (1 << one)) !== 0);
}

/** Twice halved: in squares, positive when the loop goes counterclockwise. */
function areaOf(loop: readonly Corner[]): number {
  return (
    loop.reduce((sum, { x, y }, at) => {
      const next = loop[(at + 1) % loop.length] ?? { x, y };
      return sum + x * next.y - next.x * y;
    }, 0) / 2
  );
}

/** Without the points that lie on the line between the one before and the one after. */
function withoutStraight(loop: readonly Corner[]): Corner[] {
  return loop.filter(({ x, y }, at) => {
    const before = loop.at(at - 1) ?? { x, y };
    const next = loop[(at + 1) % loop.length] ?? { x, y };
    return (x - before.x) * (next.y - y) !== (next.x - x) * (y - before.y);
  });
}
