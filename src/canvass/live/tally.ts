import { CANVASS_RESULTS, type CanvassResult } from '../canvass-result.js';
import type { VisitRow } from '../visits.js';

/** Results of visits at which somebody was spoken to. */
const CONTACTS: ReadonlySet<CanvassResult> = new Set(['canvassed', 'refused', 'language_barrier']);

/** Whether somebody was spoken to. */
export function isContact(result: CanvassResult): boolean {
  return CONTACTS.has(result);
}

/** What visits come to. Rates are from 0 to 1; absent where there is nothing to divide by. */
export type Figures = {
  readonly visits: number;
  readonly results: { readonly [result in CanvassResult]?: number };
  readonly contacts: number;
  /** Contacts among visits; 10 to 30 % is usual (domain facts, 8: doornoc.com). */
  readonly contact_rate?: number;
  /** Of those who told where they stand: how many, and how many support (1 or 2 of 5). */
  readonly told: number;
  readonly supporters: number;
  /** Visits after which whoever lives there went on in a chat of their own; absent: none. */
  readonly went_on?: number;
  /** Supporters among those who told. */
  readonly conversion_rate?: number;
  /** ISO 8601, by the clocks of the devices. */
  readonly first_at: string;
  readonly last_at: string;
};

/** What a tally needs of a visit. */
export const TALLIED = ['result', 'support_level', 'at', 'undone_at', 'went_on'] as const;
export type TalliedVisit = Pick<VisitRow, (typeof TALLIED)[number]>;

/** Adds visits up; those that were taken back do not count. */
export type Tally = { add(visit: TalliedVisit): void; figures(): Figures | undefined };

/** Begins a count. */
export function createTally(): Tally {
  const results = new Map<CanvassResult, number>();
  let [visits, contacts, told, supporters, chats] = [0, 0, 0, 0, 0];
  let [first, last] = [Infinity, -Infinity];
  return {
    add({ result, support_level: level, at, undone_at: undone, went_on: wentOn }) {
      if (undone !== undefined) return;
      visits += 1;
      results.set(result, (results.get(result) ?? 0) + 1);
      if (isContact(result)) contacts += 1;
      if (wentOn === true) chats += 1;
      if (level !== undefined) {
        told += 1;
        if (level <= 2) supporters += 1;
      }
      first = Math.min(first, at.getTime());
      last = Math.max(last, at.getTime());
    },
    figures() {
      if (visits === 0) return undefined;
      return {
        visits,
        results: Object.fromEntries(
          CANVASS_RESULTS.flatMap((result) => {
            const count = results.get(result);
            return count === undefined ? [] : [[result, count]];
          }),
        ),
        contacts,
        contact_rate: contacts / visits,
        told,
        supporters,
        ...(chats === 0 ? {} : { went_on: chats }),
        ...(told === 0 ? {} : { conversion_rate: supporters / told }),
        first_at: new Date(first).toISOString(),
        last_at: new Date(last).toISOString(),
      };
    },
  };
}

/** Counts visits by group, in one pass; `groupOf` undefined leaves one out. Groups come in their order. */
export async function tallyBy<V extends TalliedVisit>(
  visits: AsyncIterable<V> | Iterable<V>,
  groupOf: (visit: V) => string | undefined,
): Promise<readonly { readonly group: string; readonly figures: Figures }[]> {
  const tallies = new Map<string, Tally>();
  for await (const visit of visits) {
    const group = groupOf(visit);
    if (group === undefined) continue;
    const tally = tallies.get(group) ?? createTally();
    tallies.set(group, tally);
    tally.add(visit);
  }
  return [...tallies]
    .flatMap(([group, tally]) => {
      const figures = tally.figures();
      return figures === undefined ? [] : [{ group, figures }];
    })
    .toSorted((one, other) => (one.group < other.group ? -1 : 1));
}

/** Names the hour of an instant on the clocks of a time zone: `2032-03-02 18h`. */
export function hourIn(timezone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const known = new Map<number, string>();
  return (at) => {
    // Every time zone changes its hour at a quarter of an hour.
    const quarter = Math.floor(at.getTime() / 900_000);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const parts = format.formatToParts(at);
    const part = (wanted: Intl.DateTimeFormatPartTypes): string =>
      parts.find(({ type }) => type === wanted)?.value ?? '';
    const name = `${part('year')}-${part('month')}-${part('day')} ${part('hour')}h`;
    known.set(quarter, name);
    return name;
  };
}
