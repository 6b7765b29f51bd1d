import type { Query } from '../../store/table.js';
import type { PostRow, Posts } from './posts.js';

const ALONG = { goes_at: -1, _id: -1 } as const;
const NEVER = new Date(0);

/** Which posts: those that something is still to be made of, those that are over, or of some days. */
export type PostQuery = { readonly limit: number } & (
  | { readonly type: 'coming' }
  /** The latest first, from where the last page ended. */
  | { readonly type: 'past'; readonly before?: string }
  /** From an instant on until before another. */
  | { readonly type: 'between'; readonly from: Date; readonly until: Date }
);

export type PostPage = { readonly rows: readonly PostRow[]; readonly next?: string };

/** Lists public posts, each way along an index. */
export async function listPosts(
  { table }: Pick<Posts, 'table'>,
  query: PostQuery,
): Promise<PostPage> {
  const { limit } = query;
  switch (query.type) {
    case 'coming':
      return { rows: await table.find({ due: { $gt: NEVER } }, { sort: { due: 1 }, limit }) };
    case 'between': {
      const within = { goes_at: { $gte: query.from, $lt: query.until } };
      return { rows: await table.find(within, { sort: { goes_at: 1, _id: 1 }, limit }) };
    }
    case 'past':
      return readPast(table, query.before, limit);
    default:
      return query satisfies never;
  }
}

async function readPast(
  table: Posts['table'],
  before: string | undefined,
  limit: number,
): Promise<PostPage> {
  const over = { due: { $exists: false } };
  const read = (where: Query, most: number): Promise<PostRow[]> =>
    table.find({ ...where, ...over }, { sort: ALONG, limit: most });
  const cursor = readCursor(before);
  const found =
    cursor === undefined
      ? await read({ goes_at: { $gt: NEVER } }, limit + 1)
      : [
          ...(await read({ goes_at: cursor.at, _id: { $lt: cursor.id } }, limit + 1)),
          ...(await read({ goes_at: { $gt: NEVER, $lt: cursor.at } }, limit + 1)),
        ];
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  if (found.length <= limit || last === undefined) return { rows };
  return { rows, next: `${last.goes_at?.toISOString()} ${last._id}` };
}

function readCursor(
  text: string | undefined,
): { readonly at: Date; readonly id: string } | undefined {
  const [, at = '', id = ''] = /^(\S+) (\S+)$/.exec(text ?? '') ?? [];
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : { at: date, id };
}
