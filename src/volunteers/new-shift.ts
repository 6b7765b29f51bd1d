import { randomInt } from 'node:crypto';
import type { Shift, ShiftDefinition } from './shift.js';

/** A shift as it is opened for signing up, with a code of its own that its leader tells those who came. */
export function newShift(
  { name, ...definition }: ShiftDefinition,
  leader: string | undefined,
  at: Date,
): Shift {
  return {
    _id: name,
    revision: 1,
    state: 'open',
    ...definition,
    ...(leader === undefined ? {} : { leader }),
    code: String(randomInt(10_000)).padStart(4, '0'),
    signups: [],
    serial: 0,
    owed: [],
    at,
  };
}
