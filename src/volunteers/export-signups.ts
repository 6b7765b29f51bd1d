import { writeCsv } from '../csv/write-csv.js';
import { tellInstant } from '../engine/calendar/wall-clock.js';
import type { Shift } from './shift.js';
import type { Shifts } from './shifts.js';
import { wordsOf } from './tell-shift.js';

const HOUR_MS = 3_600_000;
/** Shifts whose people are named together. */
const TOGETHER = 20;

const COLUMNS = [
  'shift',
  'title',
  'task',
  'place',
  'starts',
  'ends',
  'shift_state',
  'n',
  'supporter',
  'name',
  'state',
  'since',
  'arrived_by',
  'hours',
] as const;

/** Who is called what; several are asked for at once. */
export type NamesOf = (
  supporters: readonly string[],
) => Promise<ReadonlyMap<string, { readonly id: string; readonly name: string }>>;

/** Everybody who signed up for the shifts that begin between two instants, a line each, and the hours of those who came. */
export async function* exportSignups(
  { table }: Pick<Shifts, 'table'>,
  time: { readonly from: Date; readonly until: Date },
  namesOf: NamesOf,
  language: string,
): AsyncIterable<string> {
  yield writeCsv([COLUMNS]);
  const query = { starts: { $gte: time.from, $lt: time.until } };
  let some: Shift[] = [];
  for await (const shift of table.stream(query, { sort: { starts: 1, _id: 1 } })) {
    some.push(shift);
    if (some.length < TOGETHER) continue;
    yield await writeAll(some, namesOf, language);
    some = [];
  }
  yield await writeAll(some, namesOf, language);
}

async function writeAll(
  shifts: readonly Shift[],
  namesOf: NamesOf,
  language: string,
): Promise<string> {
  const ids = shifts.flatMap(({ signups }) => signups.map(({ supporter }) => supporter));
  const names = await namesOf(ids);
  const rows = shifts.flatMap((shift) => {
    const { _id, task, place, starts, ends, timezone, state } = shift;
    const about = [
      _id,
      wordsOf(shift, language).title,
      task,
      [place.name, place.address].filter((part) => part !== '').join(', '),
      tellInstant(starts.getTime(), timezone),
      tellInstant(ends.getTime(), timezone),
      state,
    ];
    const hours = (ends.getTime() - starts.getTime()) / HOUR_MS;
    return shift.signups.map((signup) => [
      ...about,
      signup.n,
      names.get(signup.supporter)?.id ?? '',
      names.get(signup.supporter)?.name ?? '',
      signup.state,
      signup.since,
      signup.arrived_by,
      signup.state === 'completed' ? Math.round(hours * 100) / 100 : 0,
    ]);
  });
  return rows.length === 0 ? '' : writeCsv(rows);
}
