import type { ReadingContext } from '../reading.js';
import { piecesOf, type Piece } from './pieces.js';
import { takeDay, type SaidDay } from './take-day.js';
import { takeTime, type SaidTime } from './take-time.js';

/** A day or a time that a text names, with its place. */
export type Said =
  | { readonly type: 'day'; readonly said: SaidDay; readonly start: number; readonly end: number }
  | { readonly type: 'time'; readonly said: SaidTime; readonly start: number; readonly end: number }
  /** A word that belongs to no date, and is no small word of one. */
  | { readonly type: 'other'; readonly start: number; readonly end: number };

/** Finds what a text says of days and times, in order. */
export function findDates(
  text: string,
  context: Pick<ReadingContext, 'words' | 'language' | 'country'>,
): readonly Said[] {
  const pieces = piecesOf(text, context);
  const found: Said[] = [];
  for (let at = 0; at < pieces.length;) {
    const day = takeDay(pieces, at);
    const time = day === undefined ? takeTime(pieces, at) : undefined;
    const length = day?.length ?? time?.length ?? 1;
    const start = pieces[at]?.start ?? 0;
    const end = pieces[at + length - 1]?.end ?? start;
    if (day !== undefined) found.push({ type: 'day', said: day.said, start, end });
    else if (time !== undefined) found.push({ type: 'time', said: time.said, start, end });
    else if (!isFiller(pieces[at])) found.push({ type: 'other', start, end });
    at += length;
  }
  return found;
}

function isFiller(piece: Piece | undefined): boolean {
  return piece?.small !== undefined;
}
