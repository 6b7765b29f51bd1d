import { dayAt } from '../../engine/calendar/wall-clock.js';
import { instantOf } from '../../engine/parse/instant.js';
import type { Donations } from '../book/donations.js';
import { dayAfter } from '../rules/days.js';
import { sumDays, totalDays, type DayTotal, type DonationSums } from './total-donations.js';

/** Clocks of processes that write the ledger and of this one may differ by so much. */
const OVERLAP_MS = 120_000;
/** Days remembered at the most. */
const MOST_DAYS = 2_000;

export type RememberedTotals = {
  /** What was paid from one day to another, both within, on a clock. */
  between(
    time: { readonly from: string; readonly until: string },
    timezone: string,
  ): Promise<DonationSums>;
};

/**
 * Adds up gifts by the day, and remembers days. Whatever changes what a day comes to has an entry in the
 * ledger, written with it: the days of gifts entered since it was asked last are added up anew, and no others.
 */
export function rememberTotals(options: {
  readonly tables: Pick<Donations, 'donations' | 'ledger'>;
  readonly trial: boolean;
  now(): number;
}): RememberedTotals {
  const { tables, trial, now } = options;
  let days = new Map<string, readonly DayTotal[]>();
  let zone = '';
  let heededUntil = 0;

  /** Forgets the days of gifts about which something was entered since. */
  async function heed(timezone: string): Promise<void> {
    const at = now();
    if (timezone !== zone || days.size > MOST_DAYS) {
      days = new Map();
      zone = timezone;
    } else if (days.size > 0) {
      const since = { at: { $gte: new Date(heededUntil - OVERLAP_MS) } };
      const changed = new Set<string>();
      for await (const { donation } of tables.ledger.streamFields(since, ['donation'])) {
        changed.add(donation);
      }
      if (changed.size > 0) {
        const those = { _id: { $in: [...changed] } };
        for await (const { paid_at: paid } of tables.donations.streamFields(those, ['paid_at'])) {
          if (paid !== undefined) days.delete(dayAt(paid.getTime(), timezone));
        }
      }
    }
    heededUntil = at;
  }

  /** Adds up the days from the first to the last that are not known. */
  async function learn(missing: readonly string[], timezone: string): Promise<void> {
    const [first, last = first] = [missing[0], missing.at(-1)];
    if (first === undefined || last === undefined) return;
    const startOf = (day: string): Date => new Date(instantOf(day, '00:00', timezone));
    const time = { from: startOf(first), until: startOf(dayAfter(last)), timezone };
    const found = await totalDays(tables, time, trial);
    for (let day = first; day <= last; day = dayAfter(day)) {
      days.set(
        day,
        found.filter((total) => total.day === day),
      );
    }
  }

  // One after the other, so that nothing is remembered of before what was just heeded.
  let turn: Promise<unknown> = Promise.resolve();
  async function answer(from: string, until: string, timezone: string): Promise<DonationSums> {
    await heed(timezone);
    const asked: string[] = [];
    for (let day = from; day <= until; day = dayAfter(day)) asked.push(day);
    await learn(
      asked.filter((day) => !days.has(day)),
      timezone,
    );
    return sumDays(asked.flatMap((day) => days.get(day) ?? []));
  }

  return {
    between({ from, until }, timezone) {
      const mine = turn.then(() => answer(from, until, timezone));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
}
