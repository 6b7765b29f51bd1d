import type { Day, Minutes } from './calendar.js';
import type { Piece } from './pieces.js';
import type { Unit } from './vocabulary.js';

/** A day as it was said. */
export type SaidDay =
  | { readonly type: 'day'; readonly day: Day | undefined; readonly time?: Minutes }
  | { readonly type: 'instant'; readonly instant: number }
  | {
      readonly type: 'date';
      readonly month?: number;
      readonly date: number;
      readonly year?: number;
    }
  /** The next such weekday, some weeks later still, or that of next week. */
  | {
      readonly type: 'weekday';
      readonly weekday: number;
      readonly weeks: 'first' | 'second' | 'next';
    }
  | { readonly type: 'offset'; readonly days: number }
  | { readonly type: 'span'; readonly count: number; readonly unit: Unit }
  /** The beginning of the next week, month or year, or a day of the next month. */
  | { readonly type: 'period'; readonly unit: Period; readonly date?: number };

type Period = Extract<Unit, 'week' | 'month' | 'year'>;

/** A day said from one piece on, and how many pieces that takes. */
export type Taken<T> = { readonly said: T; readonly length: number };

/** Reads a day that begins at a piece. */
export function takeDay(pieces: readonly Piece[], at: number): Taken<SaidDay> | undefined {
  const piece = pieces[at];
  if (piece === undefined) return undefined;
  const { shape } = piece;
  if (shape !== undefined) return shape.type === 'time' ? undefined : { said: shape, length: 1 };
  return (
    takeSpan(pieces, at) ??
    takeDate(pieces, at) ??
    takeWeekday(pieces, at) ??
    takePeriod(pieces, at) ??
    takeOffset(piece) ??
    takeMonthday(pieces, at)
  );
}

/** Whether a piece is a small word of a kind, such as `in`. */
export function isSmall(piece: Piece | undefined, kind: string): boolean {
  return piece?.small?.includes(kind) === true;
}

/** "dans 3 jours", "in a week", "two weeks from now". */
function takeSpan(pieces: readonly Piece[], at: number): Taken<SaidDay> | undefined {
  const before = isSmall(pieces[at], 'in') ? 1 : 0;
  const counted = pieces[at + before];
  const unit = pieces[at + before + 1]?.unit;
  if (counted === undefined || unit === undefined) return undefined;
  const count = counted.number ?? (isSmall(counted, 'articles') ? 1 : undefined);
  const after = before === 0 && isSmall(pieces[at + 2], 'from_now') ? 1 : 0;
  if (count === undefined || before + after === 0) return undefined;
  return { said: { type: 'span', count, unit }, length: before + 2 + after };
}

/** "14 mars", "le 1er mai 2032", "March 14th", "the 14th of March". */
function takeDate(pieces: readonly Piece[], at: number): Taken<SaidDay> | undefined {
  const first = pieces[at];
  if (first?.month !== undefined) {
    const the = isSmall(pieces[at + 1], 'the') ? 1 : 0;
    const date = dateOf(pieces[at + 1 + the]);
    // "mars 18h" is an hour in March.
    const isTime = pieces[at + 2 + the]?.unit !== undefined;
    if (date !== undefined && !isTime) {
      return withYear(pieces, at, 2 + the, { month: first.month, date });
    }
  }
  const date = dateOf(first);
  if (date === undefined) return undefined;
  const of = isSmall(pieces[at + 1], 'of') ? 1 : 0;
  const month = pieces[at + 1 + of]?.month;
  const skipped = smallFrom(pieces, at + 1);
  // "le 14 du mois prochain"
  if (skipped > 0 && periodAt(pieces, at + 1 + skipped) === 'month') {
    return { said: { type: 'period', unit: 'month', date }, length: 3 + skipped };
  }
  return month === undefined ? undefined : withYear(pieces, at, 2 + of, { month, date });
}

function withYear(
  pieces: readonly Piece[],
  at: number,
  length: number,
  said: { readonly month: number; readonly date: number },
): Taken<SaidDay> {
  const year = pieces[at + length]?.number;
  if (year === undefined || year < 1900 || year > 2200) {
    return { said: { type: 'date', ...said }, length };
  }
  return { said: { type: 'date', ...said, year }, length: length + 1 };
}

/** "samedi", "samedi prochain", "samedi en huit", "next friday", "mardi de la semaine prochaine". */
function takeWeekday(pieces: readonly Piece[], at: number): Taken<SaidDay> | undefined {
  const first = pieces[at];
  if (isSmall(first, 'next')) {
    const next = pieces[at + 1];
    if (next?.weekday !== undefined) return weekday(next.weekday, 'first', 2);
    if (next?.unit !== 'week') return undefined;
    const skipped = smallFrom(pieces, at + 2);
    const later = pieces[at + 2 + skipped]?.weekday;
    return later === undefined ? undefined : weekday(later, 'next', 3 + skipped);
  }
  if (first?.weekday === undefined) return undefined;
  // "dimanche 14 mars": the date says more than its weekday.
  const dated = takeDate(pieces, at + 1) ?? takeBareMonthday(pieces, at + 1);
  if (dated !== undefined) return { said: dated.said, length: dated.length + 1 };
  const skipped = smallFrom(pieces, at + 1);
  const [a, b] = [pieces[at + 1 + skipped], pieces[at + 2 + skipped]];
  const isNextWeek =
    (a?.unit === 'week' && isSmall(b, 'next')) || (isSmall(a, 'next') && b?.unit === 'week');
  if (isNextWeek) return weekday(first.weekday, 'next', 3 + skipped);
  if (isSmall(pieces[at + 1], 'week_later')) return weekday(first.weekday, 'second', 2);
  if (isSmall(pieces[at + 1], 'next')) return weekday(first.weekday, 'first', 2);
  return weekday(first.weekday, 'first', 1);
}

function weekday(day: number, weeks: 'first' | 'second' | 'next', length: number): Taken<SaidDay> {
  return { said: { type: 'weekday', weekday: day, weeks }, length };
}

/** "le mois prochain", "next year", "la semaine prochaine", with a weekday after it or without. */
function takePeriod(pieces: readonly Piece[], at: number): Taken<SaidDay> | undefined {
  const unit = periodAt(pieces, at);
  if (unit === undefined) return undefined;
  const skipped = smallFrom(pieces, at + 2);
  const later = unit === 'week' ? pieces[at + 2 + skipped]?.weekday : undefined;
  return later === undefined
    ? { said: { type: 'period', unit }, length: 2 }
    : weekday(later, 'next', 3 + skipped);
}

/** The week, month or year that two pieces say is the next. */
function periodAt(pieces: readonly Piece[], at: number): Period | undefined {
  const [first, second] = [pieces[at], pieces[at + 1]];
  const unit = isSmall(first, 'next')
    ? second?.unit
    : isSmall(second, 'next')
      ? first?.unit
      : undefined;
  return unit === 'week' || unit === 'month' || unit === 'year' ? unit : undefined;
}

function takeOffset({ offset }: Piece): Taken<SaidDay> | undefined {
  return offset === undefined ? undefined : { said: { type: 'offset', days: offset }, length: 1 };
}

/** "le 14", "the 14th", "le 1er". */
function takeMonthday(pieces: readonly Piece[], at: number): Taken<SaidDay> | undefined {
  const the = isSmall(pieces[at], 'the') ? 1 : 0;
  if (the === 0 && pieces[at]?.ordinal === undefined) return undefined;
  const taken = takeDate(pieces, at + the) ?? takeBareMonthday(pieces, at + the);
  return taken === undefined ? undefined : { said: taken.said, length: taken.length + the };
}

/** "14", where nothing after it makes it an hour or a count. */
function takeBareMonthday(pieces: readonly Piece[], at: number): Taken<SaidDay> | undefined {
  const date = dateOf(pieces[at]);
  const next = pieces[at + 1];
  const counts = next?.unit !== undefined || isSmall(next, 'morning') || isSmall(next, 'afternoon');
  return date === undefined || counts ? undefined : { said: { type: 'date', date }, length: 1 };
}

function dateOf(piece: Piece | undefined): number | undefined {
  const date = piece?.ordinal ?? piece?.monthday ?? piece?.number;
  return date !== undefined && Number.isInteger(date) && date >= 1 && date <= 31 ? date : undefined;
}

/** How many small words that mean nothing of their own stand from a piece on. */
function smallFrom(pieces: readonly Piece[], at: number): number {
  let count = 0;
  while (['of', 'filler', 'the'].some((kind) => isSmall(pieces[at + count], kind))) count += 1;
  return count;
}
