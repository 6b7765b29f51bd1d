import { isDate } from '../../engine/parse/instant.js';
import { monthsAfter } from './days.js';

/** What somebody promised: how much, from which day on, and whether every month. */
export type PledgeTerms = {
  readonly cents: number;
  /** The first day, `YYYY-MM-DD`. */
  readonly first: string;
  readonly monthly: boolean;
};

/** Months looked ahead at the most. */
const MOST_MONTHS = 60;

/**
 * The days on which a pledge is reminded of: it stops before the month whose gift would pass what is left
 * to give, and with the last day on which gifts are taken. Empty when not even the first fits.
 */
export function planPledge(
  { cents, first, monthly }: PledgeTerms,
  leftCents: number | undefined,
  lastDay: string | undefined,
): readonly string[] {
  if (!isDate(first)) return [];
  const times = leftCents === undefined ? MOST_MONTHS : Math.floor(leftCents / cents);
  const most = Math.min(times, monthly ? MOST_MONTHS : 1);
  const dayOfMonth = Number(first.slice(8));
  const days = Array.from({ length: most }, (_, month) => monthsAfter(first, month, dayOfMonth));
  return days.filter((day) => lastDay === undefined || day <= lastDay);
}
