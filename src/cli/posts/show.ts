import { cancelPost as cancelSends } from '../../outreach/posts/cancel-post.js';
import type { PostSend } from '../../outreach/posts/post.js';
import type { PostRow } from '../../outreach/posts/posts.js';
import { printable, printableJson } from '../printable.js';
import { Refusal } from '../refusal.js';
import { withPeople, type PeopleAtHand } from '../with-people.js';
import { write } from '../write.js';

type Options = { readonly json?: boolean };

async function findPost({ posts }: PeopleAtHand, id: string): Promise<PostRow> {
  const row = await posts.table.get(id);
  if (row !== undefined) return row;
  throw new Refusal(`There is no post "${id}": portevoix posts list shows them all.`);
}

/** `portevoix posts list`. */
export async function listPosts({ json }: Options): Promise<void> {
  await withPeople(async ({ posts }) => {
    const rows = await posts.table.find({}, { sort: { created_at: -1 } });
    for (const row of rows) {
      const { _id: id, definition, sends } = row;
      const states = sends.map(({ network, state }) => `${network} ${state}`).join(', ');
      await write(
        json === true
          ? `${printableJson(statusOf(row))}\n`
          : `${id}  ${printable(definition.name)}  (${states})\n`,
      );
    }
    if (rows.length === 0 && json !== true) await write('There are no posts.\n');
  });
}

/** `portevoix posts status ID`. */
export async function showPost(id: string, { json }: Options): Promise<void> {
  await withPeople(async (people) => tell(await findPost(people, id), json === true));
}

/** `portevoix posts cancel ID`. */
export async function cancelPost(id: string, { json }: Options): Promise<void> {
  await withPeople(async (people) => {
    const cancelled = await cancelSends(people.posts, await findPost(people, id), new Date());
    if (cancelled === 0) throw new Refusal('There is nothing left of it to cancel.');
    await tell(await findPost(people, id), json === true);
  });
}

async function tell(row: PostRow, json: boolean): Promise<void> {
  if (json) return write(`${printableJson(statusOf(row))}\n`);
  const lines = row.sends.map((send) => `  ${describe(send)}\n`);
  return write(`${printable(row.definition.name)}\n${lines.map(printable).join('')}`);
}

function statusOf({ _id: id, definition: { name }, sends }: PostRow) {
  return { id, name, networks: sends };
}

function describe({ network, state, at, shown_as: shown, reason }: PostSend): string {
  const why = reason === undefined ? '' : ` (${reason})`;
  return `${network}: ${state}${why}, ${at.toISOString()}${shown === undefined ? '' : ` ${shown}`}`;
}
