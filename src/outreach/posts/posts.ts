import type { Connection } from 'mongoose';
import type { PostNetworkName } from '../../engine/count-post.js';
import { openBlobs, type Blobs } from '../../store/blobs.js';
import { openTable, type Table } from '../../store/table.js';
import type { PostDefinition, PostSend } from './post.js';

/** A post as it is kept. */
export type PostRow = {
  readonly _id: string;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
  readonly definition: PostDefinition;
  readonly created_at: Date;
  /** When staff wanted it; rows of older versions get it at the next start. */
  readonly goes_at?: Date;
  readonly sends: readonly PostSend[];
  /** When something is to be looked after; absent: never again. */
  readonly due?: Date;
};

export type Posts = {
  readonly table: Table<PostRow>;
  readonly pictures: Blobs;
  findDue(now: Date): Promise<PostRow[]>;
  /** Writes what `next` makes of a send; undefined when it declines, or there is no such post. */
  change(
    id: string,
    network: PostNetworkName,
    next: (send: PostSend) => PostSend | undefined,
  ): Promise<PostRow | undefined>;
};

/** A send that is not heard of for so long was cut off: longer than any of its calls together. */
export const GIVEN_UP_MS = 300_000;
const MOST_TRIES = 50;
const MOST_DUE = 20;

/** Opens the collections `posts` and `post_pictures`. */
export function openPosts(connection: Connection): Posts {
  const table = openTable<PostRow>(connection, {
    name: 'posts',
    schema: {
      revision: Number,
      definition: {},
      created_at: Date,
      goes_at: Date,
      sends: [{}],
      due: Date,
    },
    indexes: [[{ due: 1 }, { sparse: true }], [{ goes_at: 1, _id: 1 }]],
  });
  return {
    table,
    pictures: openBlobs(connection, 'post_pictures'),
    findDue: (now) => table.find({ due: { $lte: now } }, { sort: { due: 1 }, limit: MOST_DUE }),
    async change(id, network, next) {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const row = await table.get(id);
        const send = row?.sends.find((one) => one.network === network);
        const after = send === undefined ? undefined : next(send);
        if (row === undefined || after === undefined) return undefined;
        const sends = row.sends.map((one) => (one.network === network ? after : one));
        const written = withDue({ ...row, sends, revision: row.revision + 1 });
        if (await table.replaceIf({ revision: row.revision }, written)) return written;
      }
      throw new Error('Too many writers at once for one post.');
    },
  };
}

/** A post that was just written. */
export function newPost(_id: string, definition: PostDefinition, dueAt: Date, at: Date): PostRow {
  const sends = Object.keys(definition.texts).map((network): PostSend => {
    // The keys of `texts` are networks.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return { network: network as PostNetworkName, state: 'planned', at: dueAt };
  });
  return withDue({ _id, revision: 1, definition, created_at: at, goes_at: dueAt, sends });
}

function withDue({ due: _due, ...row }: PostRow): PostRow {
  const times = row.sends.flatMap(({ state, at }) =>
    state === 'planned' ? [at.getTime()] : state === 'sending' ? [at.getTime() + GIVEN_UP_MS] : [],
  );
  return times.length === 0 ? row : { ...row, due: new Date(Math.min(...times)) };
}
