import type { Query } from '../../store/table.js';
import { readAsAddress, readSearch, wordBeginning } from '../../supporters/search-words.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { Page, SupporterRow } from '../api.js';
import { ROW_FIELDS, tellRow, uniqueRows, type RowRecord } from './tell-supporter.js';

/** The newest first; an index has this order. */
const NEWEST = { created_at: -1, _id: -1 } as const;
const ALONG = { created_at: 1, _id: 1 } as const;
/** Up to so many who fit are read by what they have in common, and more than these along the order. */
const FEW = 2_000;
/** Found by a name; whoever finds more says more of it. */
const MOST_FOUND = 200;

const NOT_ERASING: Query = { erasing: { $exists: false } };

export type ListQuery = {
  readonly q?: string;
  /** Those who fit; absent: everybody. */
  readonly filter?: Query;
  /** From a page's `next`. */
  readonly before?: string;
  readonly limit: number;
};

/** Lists supporters a page at a time, each page along an index. */
export async function listSupporters(
  { table }: Pick<Supporters, 'table'>,
  { q = '', filter, before, limit }: ListQuery,
): Promise<Page<SupporterRow>> {
  if (q.trim() !== '') return { items: (await find(table, q, filter)).map(tellRow) };
  const rows =
    filter !== undefined && (await areFew(table, filter, limit))
      ? await readFew(table, filter, before, limit)
      : await readAlong(table, filter, before, limit);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const items = shown.map(tellRow);
  return rows.length > limit && last !== undefined ? { items, next: cursorOf(last) } : { items };
}

/** Whether to read all who fit takes less than to meet enough of them along the order. */
async function areFew(table: Supporters['table'], filter: Query, limit: number): Promise<boolean> {
  const people = await table.count(filter, FEW + 1);
  if (people > FEW) return false;
  return people <= limit || people * people <= (await table.count({})) * limit;
}

/** Whoever has an e-mail that begins so, and then whoever has a word beginning with each of these. */
async function find(
  table: Supporters['table'],
  q: string,
  filter: Query | undefined,
): Promise<RowRecord[]> {
  const more = [NOT_ERASING, ...(filter === undefined ? [] : [filter])];
  const read = (rules: readonly Query[]): Promise<RowRecord[]> =>
    collect(table.streamFields({ $and: [...rules, ...more] }, ROW_FIELDS, { limit: MOST_FOUND }));
  const address = readAsAddress(q);
  const written = address === undefined ? [] : await read([wordBeginning(address)]);
  const rules = readSearch(q).map(wordBeginning);
  const named = rules.length === 0 ? [] : await read(rules);
  return uniqueRows([...written, ...named]).slice(0, MOST_FOUND);
}

/** Some who fit among many: along the order, from where the last page ended. */
async function readAlong(
  table: Supporters['table'],
  filter: Query = NOT_ERASING,
  before: string | undefined,
  limit: number,
): Promise<RowRecord[]> {
  const read = (query: Query, most: number): Promise<RowRecord[]> =>
    collect(
      table.streamFields({ $and: [query, filter] }, ROW_FIELDS, {
        sort: NEWEST,
        limit: most,
        along: ALONG,
      }),
    );
  const cursor = readCursor(before);
  if (cursor === undefined) return read({ created_at: { $lte: FOREVER } }, limit + 1);
  const { at, id } = cursor;
  // Those of one instant first: an import makes thousands.
  const same = await read({ created_at: at, _id: { $lt: id } }, limit + 1);
  if (same.length > limit) return same;
  return [...same, ...(await read({ created_at: { $lt: at } }, limit + 1 - same.length))];
}

/** Few who fit: all of them, sorted, and the part that is asked for. */
async function readFew(
  table: Supporters['table'],
  filter: Query,
  before: string | undefined,
  limit: number,
): Promise<RowRecord[]> {
  const cursor = readCursor(before);
  const rows = await collect(table.streamFields(filter, ROW_FIELDS, { limit: FEW + limit }));
  return rows
    .filter((row) => cursor === undefined || isAfter(row, cursor))
    .sort(
      (one, other) =>
        other.created_at.getTime() - one.created_at.getTime() || (other._id < one._id ? -1 : 1),
    )
    .slice(0, limit + 1);
}

const FOREVER = new Date(8.64e15);

type Cursor = { readonly at: Date; readonly id: string };

function cursorOf({ created_at: at, _id }: RowRecord): string {
  return `${at.toISOString()} ${_id}`;
}

function readCursor(text: string | undefined): Cursor | undefined {
  const [, at = '', id = ''] = /^(\S+) (\S+)$/.exec(text ?? '') ?? [];
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : { at: date, id };
}

/** Whether a row stands behind where the last page ended. */
function isAfter({ created_at: at, _id }: RowRecord, cursor: Cursor): boolean {
  const [time, end] = [at.getTime(), cursor.at.getTime()];
  return time < end || (time === end && _id < cursor.id);
}

async function collect<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
