import type { Minutes } from './calendar.js';
import type { Piece } from './pieces.js';
import { isSmall, type Taken } from './take-day.js';

/** A time of day as it was said: by the clock, maybe with its half of the day, or as a part of the day. */
export type SaidTime =
  | { readonly type: 'clock'; readonly time: Minutes; readonly half?: 'morning' | 'afternoon' }
  | { readonly type: 'part'; readonly time: Minutes };

/** Reads a time that begins at a piece. */
export function takeTime(pieces: readonly Piece[], at: number): Taken<SaidTime> | undefined {
  const piece = pieces[at];
  if (piece === undefined) return undefined;
  const { shape, part, minutesBefore } = piece;
  if (shape !== undefined) {
    return shape.type === 'time' ? clock(pieces, at, shape.time, 1) : undefined;
  }
  if (minutesBefore !== undefined) {
    const hour = hourOf(pieces[at + 1]);
    return hour === undefined ? undefined : clock(pieces, at, hour * 60 + minutesBefore, 2);
  }
  const hour = hourOf(piece);
  if (hour !== undefined) {
    const next = pieces[at + 1];
    if (next?.unit === 'hour') return hourAndMinutes(pieces, at, hour);
    return halfOf(next) === undefined ? undefined : clock(pieces, at, hour * 60, 1);
  }
  if (part !== undefined) {
    const after = pieces[at + 1]?.minutesAfter;
    if (after === undefined) return { said: { type: 'part', time: part }, length: 1 };
    return { said: { type: 'part', time: part + after }, length: 2 };
  }
  if (!isSmall(piece, 'at')) return undefined;
  const bare = hourOf(pieces[at + 1]);
  const next = pieces[at + 2];
  const isCount = next?.unit !== undefined || next?.month !== undefined || isSmall(next, 'of');
  return bare === undefined || isCount ? undefined : clock(pieces, at, bare * 60, 2);
}

/** "18 heures", "18h", "dix-huit heures trente". */
function hourAndMinutes(pieces: readonly Piece[], at: number, hour: number): Taken<SaidTime> {
  const minutes = pieces[at + 2]?.number;
  const counts = pieces[at + 3]?.month !== undefined;
  const isMinutes = minutes !== undefined && minutes >= 5 && minutes < 60 && !counts;
  if (!isMinutes) return clock(pieces, at, hour * 60, 2);
  const unit = pieces[at + 3]?.unit === 'minute' ? 1 : 0;
  return clock(pieces, at, hour * 60 + minutes, 3 + unit);
}

function clock(
  pieces: readonly Piece[],
  at: number,
  time: Minutes,
  length: number,
): Taken<SaidTime> {
  const after = pieces[at + length]?.minutesAfter;
  const taken = after === undefined ? length : length + 1;
  const half = halfOf(pieces[at + taken]);
  const said = (24 * 60 + time + (after ?? 0)) % (24 * 60);
  return half === undefined
    ? { said: { type: 'clock', time: said }, length: taken }
    : { said: { type: 'clock', time: said, half }, length: taken + 1 };
}

function halfOf(piece: Piece | undefined): 'morning' | 'afternoon' | undefined {
  if (isSmall(piece, 'morning')) return 'morning';
  return isSmall(piece, 'afternoon') ? 'afternoon' : undefined;
}

function hourOf(piece: Piece | undefined): number | undefined {
  const hour = piece?.number;
  return hour !== undefined && Number.isInteger(hour) && hour >= 0 && hour < 24 ? hour : undefined;
}
