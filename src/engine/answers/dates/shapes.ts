import { DAY_MS, dayOf, type Day, type Minutes } from './calendar.js';

/** What is written in digits only. A day without a year is the next such day. */
export type Shape =
  | { readonly type: 'day'; readonly day: Day | undefined; readonly time?: Minutes }
  | { readonly type: 'date'; readonly month: number; readonly date: number; readonly year?: number }
  | { readonly type: 'time'; readonly time: Minutes }
  | { readonly type: 'instant'; readonly instant: number };

type Placed = { readonly shape: Shape; readonly end: number };

const ISO =
  /(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(z|[+-]\d{2}:\d{2})?)?(?![\d-])/g;
const DATE = /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?(?![\d/-]|\.\d)/g;
// "6.30pm": a point only where the half of the day follows.
const TIME = /(?<![\d:/])(\d{1,2})(?: ?[h:] ?(?=\d\d)|\.(?=\d\d ?[ap]\.?m))([0-5]\d)(?![\d:])/g;

/** Finds days, times and instants in digits, by where they start; `monthFirst` as in the United States. */
export function findShapes(flat: string, monthFirst: boolean): ReadonlyMap<number, Placed> {
  const shapes = new Map<number, Placed>();
  if (!/\d/.test(flat)) return shapes;
  const add = (match: RegExpExecArray, shape: Shape | undefined): void => {
    const end = match.index + match[0].length;
    const taken = [...shapes].some(([start, other]) => start < end && match.index < other.end);
    if (shape !== undefined && !taken) shapes.set(match.index, { shape, end });
  };
  for (const match of flat.matchAll(ISO)) add(match, isoShape(match));
  for (const match of flat.matchAll(DATE)) add(match, dateShape(match, monthFirst));
  for (const match of flat.matchAll(TIME)) {
    const [, hours, minutes] = match;
    const time = Number(hours) * 60 + Number(minutes);
    add(match, time < 24 * 60 ? { type: 'time', time } : undefined);
  }
  return shapes;
}

function isoShape([text, year, month, date, hours, minutes, , zone]: RegExpExecArray): Shape {
  const day = dayOf(Number(year), Number(month), Number(date));
  if (hours === undefined || day === undefined) return { type: 'day', day };
  const time = Number(hours) * 60 + Number(minutes);
  if (time >= DAY_MS / 60_000) return { type: 'day', day: undefined };
  if (zone === undefined) return { type: 'day', day, time };
  const instant = Date.parse(text.toUpperCase().replace(' ', 'T'));
  return Number.isNaN(instant) ? { type: 'day', day: undefined } : { type: 'instant', instant };
}

/** "14/03", "14/03/2032", "14.03.32"; without its year, only slashes make a date. */
function dateShape(
  [, first, mark, second, year]: RegExpExecArray,
  monthFirst: boolean,
): Shape | undefined {
  if (mark !== '/' && year === undefined) return undefined;
  const [a, b] = [Number(first), Number(second)];
  // A month past 12 can only be the day.
  const isMonthFirst = monthFirst ? a <= 12 || b > 12 : b > 12 && a <= 12;
  const [month, date] = isMonthFirst ? [a, b] : [b, a];
  if (year === undefined) return { type: 'date', month, date };
  return { type: 'date', month, date, year: Number(year) };
}
