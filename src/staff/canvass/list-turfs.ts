import type { TurfRow, Turfs } from '../../canvass/turfs.js';
import type { TurfState } from '../api.js';

export type TurfQuery = {
  readonly state?: TurfState;
  /** The code of a polling station. */
  readonly station?: string;
  readonly before?: string;
  readonly limit: number;
};

/** A page of turfs in the order in which they are given out, along an index. */
export async function listTurfs(
  { table }: Turfs,
  { state, station, before, limit }: TurfQuery,
): Promise<{ readonly rows: readonly TurfRow[]; readonly next?: string }> {
  const filter = {
    ...(state === undefined ? {} : { state }),
    ...(station === undefined ? {} : { stations: station }),
  };
  const sort = { sort: { rank: 1, _id: 1 }, limit: limit + 1 };
  const cursor = readCursor(before);
  const rows =
    cursor === undefined
      ? await table.find({ ...filter, rank: { $gte: 0 } }, sort)
      : [
          // Two cuts may give the same rank.
          ...(await table.find({ ...filter, rank: cursor.rank, _id: { $gt: cursor.id } }, sort)),
          ...(await table.find({ ...filter, rank: { $gt: cursor.rank } }, sort)),
        ];
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return rows.length > limit && last !== undefined
    ? { rows: shown, next: `${last.rank} ${last._id}` }
    : { rows: shown };
}

function readCursor(text = ''): { readonly rank: number; readonly id: string } | undefined {
  const [, rank = '', id = ''] = /^(\d+) (\S+)$/.exec(text) ?? [];
  return rank === '' ? undefined : { rank: Number(rank), id };
}
