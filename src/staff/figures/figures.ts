import { setTimeout as sleep } from 'node:timers/promises';
import type { Campaign } from '../../engine/campaign.js';
import { dayAfter, dayOf, startOf } from '../../outreach/segments/days.js';
import type { Table } from '../../store/table.js';
import { readMerged, type Owners } from '../../supporters/owners.js';
import type { Dashboard, Days, DayView } from '../api.js';
import { countDay } from './count-day.js';
import type { DayCounts, DayRow } from './day-figures.js';
import { keepFresh, type Kept } from './keep-fresh.js';
import { countStanding, type StandingTables } from './standing.js';

export type FiguresOptions = {
  readonly tables: StandingTables & { readonly dayFigures: Table<DayRow> };
  readonly isTrial: boolean;
  campaign(): Pick<Campaign, 'timezone' | 'country'>;
  report(error: unknown): void;
  now(): number;
};

export type Figures = {
  /** The last so many days, today among them. */
  days(count: number): Promise<Days>;
  /** How things stand, and when that was counted. */
  standing(): Promise<Dashboard>;
  /** Who has which ids now, as it was lately. */
  owners(): Promise<Owners>;
  /** Lets what is being counted end, and counts no more. */
  settle(): Promise<void>;
};

type ReadDay = () => Promise<Kept<DayCounts>>;

/** Another one makes other figures of the same events. */
const VERSION = 1;
const TODAY_FRESH_MS = 5_000;
const OWNERS_FRESH_MS = 30_000;
/** How long days that were never counted are waited for, and today. */
const WAIT_MS = 400;
const FIRST_MS = 1_500;
const MINUTE_MS = 60_000;
const LONGEST_MS = 6 * 3_600_000;

/**
 * Whether a day that is over need not be counted again. Late reports, merges and erasures change it, ever
 * more rarely: what was counted a while after its end holds for a tenth of that while.
 */
export function isFresh(countedAt: number, endOfDay: number, now: number): boolean {
  const holdsMs = Math.min(LONGEST_MS, Math.max(MINUTE_MS, (countedAt - endOfDay) / 10));
  return countedAt >= endOfDay && now - countedAt < holdsMs;
}

/**
 * Makes what tells the campaign by day. Today is counted anew while somebody looks; days that are over are
 * kept in the store, shared by all processes, and counted again one after the other when they may have
 * changed. Nothing is counted while nobody looks.
 */
export function createFigures(options: FiguresOptions): Figures {
  const { tables, isTrial, campaign, now } = options;
  const queue = new Set<string>();
  let working: Promise<void> | undefined;
  let isOver = false;
  let today: { readonly key: string; readonly reading: Promise<ReadDay> } | undefined;

  const owners = keepFresh({
    make: () => readMerged(tables.supporters),
    freshMs: OWNERS_FRESH_MS,
    report: options.report,
    now,
  });

  const standing = keepFresh({
    make: async () => countStanding(tables, campaign(), (await owners()).value, isTrial, now()),
    freshMs: TODAY_FRESH_MS,
    report: options.report,
    now,
  });

  async function count(day: string, timezone: string): Promise<DayCounts> {
    return countDay(tables, {
      from: startOf(day, timezone),
      until: startOf(dayAfter(day, 1), timezone),
      isTrial,
      owners: (await owners()).value,
    });
  }

  /** Counts a day, and keeps it for all processes and starts to come. */
  async function countAndKeep(day: string, timezone: string): Promise<DayCounts> {
    const at = new Date(now());
    const counts = await count(day, timezone);
    const row = { _id: day, counted_as: countedAs(timezone), counts, at };
    if (!(await tables.dayFigures.replaceIf({}, row))) await tables.dayFigures.insert(row);
    return counts;
  }

  /** Today as it was counted last; undefined while it is counted for the first time, and that takes long. */
  async function readToday(day: string, timezone: string): Promise<Kept<DayCounts> | undefined> {
    const key = `${day} ${timezone}`;
    if (today?.key !== key) today = { key, reading: openToday(day, timezone) };
    const read = await today.reading;
    return Promise.race([read(), sleep(FIRST_MS, undefined, { ref: false })]);
  }

  async function openToday(day: string, timezone: string): Promise<ReadDay> {
    const [row] = await readRows([day], timezone);
    return keepFresh({
      make: () => countAndKeep(day, timezone),
      freshMs: TODAY_FRESH_MS,
      known: row && { value: row.counts, at: row.at.getTime() },
      report: options.report,
      now,
    });
  }

  /** Counts the days that wait for it, the latest first, with one query at a time. */
  async function work(): Promise<void> {
    for (;;) {
      const [day] = [...queue].toSorted().reverse();
      if (day === undefined || isOver) return;
      try {
        await countAndKeep(day, campaign().timezone);
      } finally {
        queue.delete(day);
      }
    }
  }

  function hurry(days: readonly string[]): Promise<void> {
    for (const day of days) queue.add(day);
    if (queue.size === 0) return Promise.resolve();
    working ??= work()
      .catch((error: unknown) => {
        queue.clear();
        options.report(error);
      })
      .finally(() => {
        working = undefined;
      });
    return working;
  }

  function countedAs(timezone: string): string {
    return `${VERSION} ${timezone} ${isTrial ? 'trial' : 'real'}`;
  }

  async function readRows(days: readonly string[], timezone: string): Promise<DayRow[]> {
    const rows = await tables.dayFigures.find({ _id: { $in: [...days] } }, { sort: { _id: 1 } });
    return rows.filter((row) => row.counted_as === countedAs(timezone));
  }

  return {
    async days(amount) {
      const { timezone } = campaign();
      const day = dayOf(new Date(now()), timezone);
      const over = Array.from({ length: amount - 1 }, (_, index) =>
        dayAfter(day, index + 1 - amount),
      );
      const current = await readToday(day, timezone);
      let rows = await readRows(over, timezone);
      const known = new Map(rows.map((row) => [row._id, row.at.getTime()]));
      const missing = over.filter((one) => !known.has(one));
      const stale = over.filter((one) => {
        const at = known.get(one);
        const end = startOf(dayAfter(one, 1), timezone).getTime();
        return at !== undefined && !isFresh(at, end, now());
      });
      const counting = hurry([...missing, ...stale]);
      if (missing.length > 0) {
        await Promise.race([counting, sleep(WAIT_MS, undefined, { ref: false })]);
        rows = await readRows(over, timezone);
      }
      const days = [
        ...rows.map(({ _id, counts, at }) => view(_id, counts, at.getTime())),
        ...(current === undefined ? [] : [view(day, current.value, current.at)]),
      ];
      return {
        from: over[0] ?? day,
        today: day,
        days,
        isCounting: days.length < amount || current?.isOld === true,
      };
    },
    async standing() {
      const { value, at, isOld } = await standing();
      return { at: new Date(at).toISOString(), isCounting: isOld, ...value };
    },
    owners: async () => (await owners()).value,
    async settle() {
      isOver = true;
      await working;
    },
  };
}

function view(day: string, counts: DayCounts, at: number): DayView {
  return { day, countedAt: new Date(at).toISOString(), counts };
}
