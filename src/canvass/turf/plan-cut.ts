import { layGround, type Outline } from '../map/outline.js';
import { orderWalk } from '../route/order-walk.js';
import type { DoorRow } from '../doors.js';
import { cutTurfs, type Cut, type CutOptions, type CutTurf } from './cut-turfs.js';

/** What of a door the cutting and the walk ask for; half a million of them are held in memory. */
export const CUT_FIELDS = [
  'lat',
  'lon',
  'building',
  'street',
  'number',
  'suffix',
  'floor',
  'flat',
  'station',
] as const;
export type CutDoor = Pick<DoorRow, (typeof CUT_FIELDS)[number] | '_id'>;

/** A turf as it would be: which of the doors, by their places in the list, in walk order. */
export type PlannedTurf = Pick<CutTurf<number>, 'off' | 'doors'> & {
  /** The walk's length, metres. */
  readonly metres: number;
  readonly outline: Outline;
};

export type PlannedCut = Pick<Cut<number>, 'size' | 'islands'> & {
  readonly turfs: readonly PlannedTurf[];
};

/** Outlines of turfs: metres of a square, and by how many it grows. */
const SQUARE = 18;
const GROW = 2;

/** Cuts doors into turfs and finds the walk of each. Plain data in and out, so that a thread may do it. */
export function planCut(doors: readonly CutDoor[], options: CutOptions): PlannedCut {
  const places = new Map(doors.map((door, at) => [door, at]));
  const { turfs, size, islands } = cutTurfs(doors, options);
  const ground = layGround<number>(SQUARE, GROW);
  for (const [at, turf] of turfs.entries()) {
    for (const door of turf.doors) ground.add(door, at);
  }
  const outlines = ground.outlines();
  return {
    size,
    islands,
    turfs: turfs.map(({ doors: theirs, off }, at) => {
      const walk = orderWalk(theirs);
      return {
        doors: walk.doors.flatMap((door) => places.get(door) ?? []),
        metres: Math.round(walk.metres),
        outline: outlines.get(at) ?? [],
        ...(off === undefined ? {} : { off }),
      };
    }),
  };
}
