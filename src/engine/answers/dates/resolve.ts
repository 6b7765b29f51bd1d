import {
  clockAt,
  dayOf,
  isoAt,
  monthsLater,
  partsOf,
  weekdayOf,
  writeDay,
  writeInstant,
  type Day,
  type Minutes,
} from './calendar.js';
import type { SaidDay } from './take-day.js';
import type { SaidTime } from './take-time.js';

/** The moment that "today" and "now" mean, and where. */
export type Moment = {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly timezone: string;
  /** Whether hours are said up to twelve: "at 6" is then in the afternoon. */
  readonly twelve: boolean;
};

const NOON = 12 * 60;
/** Latest hour that stands for the afternoon when nothing says which half of the day. */
const LATEST_AFTERNOON = 6 * 60 + 59;
/** Two digits of a year further ahead than this are of the century before. */
const YEARS_AHEAD = 30;

/**
 * What was said of a day and of times, as ISO 8601: a day, or an instant when a time was said. Undefined when
 * the calendar has no such day.
 */
export function resolve(
  day: SaidDay | undefined,
  times: readonly SaidTime[],
  moment: Moment,
): string | undefined {
  const { at, timezone } = moment;
  const now = clockAt(at, timezone);
  const time = timeOf(times, moment);
  if (day === undefined) {
    if (time === undefined) return undefined;
    // "Tonight" is tonight however late it is; a morning that is over is tomorrow's.
    const mayPass = time <= NOON || times.some(({ type }) => type === 'clock');
    const isPast = mayPass && time <= now.minutes;
    return writeInstant(isPast ? now.day + 1 : now.day, time, timezone);
  }
  if (day.type === 'instant') return isoAt(day.instant, timezone);
  if (day.type === 'span' && (day.unit === 'hour' || day.unit === 'minute')) {
    const minutes = day.unit === 'hour' ? day.count * 60 : day.count;
    return isoAt(Math.floor(at / 60_000 + minutes) * 60_000, timezone);
  }
  const found = dayMeant(day, now.day);
  if (found === undefined) return undefined;
  const said = time ?? (day.type === 'day' ? day.time : undefined);
  return said === undefined ? writeDay(found) : writeInstant(found, said, timezone);
}

function timeOf(times: readonly SaidTime[], { twelve }: Moment): Minutes | undefined {
  const clock = times.find((time) => time.type === 'clock');
  const part = times.find((time) => time.type === 'part');
  if (clock?.type !== 'clock') return part?.time;
  const { time } = clock;
  const half =
    clock.half ?? (part === undefined ? undefined : part.time > NOON ? 'afternoon' : 'morning');
  if (half === 'afternoon') return time < NOON ? time + NOON : time;
  if (half === 'morning') return time >= NOON && time < NOON + 60 ? time - NOON : time;
  return twelve && time >= 60 && time <= LATEST_AFTERNOON ? time + NOON : time;
}

function dayMeant(said: Exclude<SaidDay, { type: 'instant' }>, today: Day): Day | undefined {
  switch (said.type) {
    case 'day':
      return said.day;
    case 'offset':
      return today + said.days;
    case 'date':
      return dateMeant(said, today);
    case 'weekday': {
      if (said.weeks === 'next') return today - weekdayOf(today) + 7 + said.weekday;
      const ahead = ((said.weekday - weekdayOf(today) + 6) % 7) + 1;
      return today + ahead + (said.weeks === 'second' ? 7 : 0);
    }
    case 'span':
      return spanMeant(said, today);
    case 'period':
      return periodMeant(said, today);
    default:
      return said satisfies never;
  }
}

function spanMeant(
  { count, unit }: Extract<SaidDay, { type: 'span' }>,
  today: Day,
): Day | undefined {
  const whole = Math.round(count);
  switch (unit) {
    case 'day':
      return today + whole;
    case 'week':
      return today + 7 * whole;
    case 'month':
      return monthsLater(today, whole);
    case 'year':
      return monthsLater(today, 12 * whole);
    case 'hour':
    case 'minute':
      return today;
    default:
      return unit satisfies never;
  }
}

/** A week begins on Monday. */
function periodMeant(
  { unit, date = 1 }: Extract<SaidDay, { type: 'period' }>,
  today: Day,
): Day | undefined {
  const { year, month } = partsOf(today);
  if (unit === 'week') return today - weekdayOf(today) + 7;
  if (unit === 'year') return dayOf(year + 1, 1, 1);
  return month === 12 ? dayOf(year + 1, 1, date) : dayOf(year, month + 1, date);
}

/** A date without its year, or its month, is the next such day, today included. */
function dateMeant(
  { year, month, date }: Extract<SaidDay, { type: 'date' }>,
  today: Day,
): Day | undefined {
  const now = partsOf(today);
  if (year !== undefined) return dayOf(fullYear(year, now.year), month ?? now.month, date);
  if (month === undefined) {
    for (let ahead = 0; ahead < 12; ahead += 1) {
      const index = now.year * 12 + now.month - 1 + ahead;
      const found = dayOf(Math.floor(index / 12), (index % 12) + 1, date);
      if (found !== undefined && found >= today) return found;
    }
    return undefined;
  }
  // 29 February is at most eight years away.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const found = dayOf(now.year + ahead, month, date);
    if (found !== undefined && found >= today) return found;
  }
  return undefined;
}

function fullYear(year: number, now: number): number {
  if (year > 99) return year;
  const century = now - (now % 100);
  return century + year > now + YEARS_AHEAD ? century + year - 100 : century + year;
}
