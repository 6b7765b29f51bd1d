import { fold } from '../../engine/fold.js';
import { orderFreely } from './order-freely.js';

/** Where somebody stands before a building, in metres of a plane. */
export type Stop = {
  readonly x: number;
  readonly y: number;
  readonly street: string;
  readonly number?: string;
  readonly suffix?: string;
};

/** Neighbours on one side of a street, as far apart as this, have something between them: another block. */
const BLOCK_GAP_METRES = 60;
/** Even numbers as near to the line of the odd ones as this stand on the same side as they do. */
const SAME_SIDE_METRES = 3;
/** Numbers that lead so much farther than the shortest way say nothing of how the houses stand. */
const ASTRAY = 1.25;

/**
 * Groups stops by the side of the street and the block they lie in, each in the order they are walked;
 * a group is walked from one of its ends to the other. Stops without a number stand alone.
 */
export function findSides<T extends Stop>(stops: readonly T[]): T[][] {
  const streets = new Map<string, T[]>();
  const sides: T[][] = [];
  for (const stop of stops) {
    if (numberOf(stop) === undefined) sides.push([stop]);
    else {
      const street = fold(stop.street);
      streets.set(street, [...(streets.get(street) ?? []), stop]);
    }
  }
  for (const street of streets.values()) {
    const odd = byNumber(street.filter((stop) => (numberOf(stop) ?? 0) % 2 === 1));
    const even = byNumber(street.filter((stop) => (numberOf(stop) ?? 0) % 2 === 0));
    const rows = isOneSide(odd, even) ? [byNumber(street)] : [odd, even];
    for (const row of rows) for (const block of blocksOf(row)) sides.push(asWalked(block));
  }
  return sides;
}

function numberOf({ number }: Stop): number | undefined {
  const digits = /^\d{1,6}/.exec(number?.trim() ?? '')?.[0];
  return digits === undefined ? undefined : Number(digits);
}

function byNumber<T extends Stop>(stops: readonly T[]): T[] {
  return stops.toSorted(
    (one, other) =>
      (numberOf(one) ?? 0) - (numberOf(other) ?? 0) ||
      fold(one.suffix ?? '').localeCompare(fold(other.suffix ?? '')),
  );
}

/** Whether even numbers stand in the row of the odd ones, as where houses are numbered one after another. */
function isOneSide(odd: readonly Stop[], even: readonly Stop[]): boolean {
  const offsets: number[] = [];
  let at = 0;
  for (const stop of even) {
    while (at < odd.length && (numberOf(odd[at] ?? stop) ?? 0) < (numberOf(stop) ?? 0)) at += 1;
    const [below, above] = [odd[at - 1], odd[at]];
    if (below !== undefined && above !== undefined) offsets.push(offsetFrom(stop, below, above));
  }
  const middle = offsets.toSorted((one, other) => one - other)[offsets.length >> 1];
  return middle !== undefined && middle < SAME_SIDE_METRES;
}

/** How far a stop lies from the stretch between two others. */
function offsetFrom(stop: Stop, from: Stop, to: Stop): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((stop.x - from.x) * dx + (stop.y - from.y) * dy) / square;
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(stop.x - from.x - part * dx, stop.y - from.y - part * dy);
}

function blocksOf<T extends Stop>(row: readonly T[]): T[][] {
  const blocks: T[][] = [];
  for (const stop of row) {
    const block = blocks.at(-1);
    const last = block?.at(-1);
    if (block !== undefined && last !== undefined && apart(last, stop) <= BLOCK_GAP_METRES) {
      block.push(stop);
    } else blocks.push([stop]);
  }
  return blocks;
}

function asWalked<T extends Stop>(block: T[]): T[] {
  // In any order a row is at least as long as it is from one of its ends to the other.
  if (lengthOf(block) <= ASTRAY * widthOf(block)) return block;
  const free = orderFreely(block);
  return lengthOf(block) > ASTRAY * lengthOf(free) ? free : block;
}

function lengthOf(stops: readonly Stop[]): number {
  return stops.reduce((sum, stop, at) => sum + apart(stops[at - 1] ?? stop, stop), 0);
}

function widthOf(stops: readonly Stop[]): number {
  return stops.reduce((most, one) => Math.max(most, ...stops.map((other) => apart(one, other))), 0);
}

function apart(one: Stop, other: Stop): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
