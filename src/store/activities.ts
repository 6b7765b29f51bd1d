import { randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { createBatcher } from './batcher.js';
import { createCache } from './cache.js';
import { isDuplicate, openTable } from './table.js';

/** An activity of a web conversation, numbered in its conversation from 1. */
export type ActivityRow<A> = {
  readonly _id: string;
  readonly conversation: string;
  /** The watermark: one more than the activity before it. */
  readonly seq: number;
  /** Null where what was said is erased, and only its number is left. */
  readonly activity: A | null;
  /** When it was appended, by the clock of the process that did. */
  readonly at: Date;
  /** That process, or rather its opening of this collection. */
  readonly by: string;
};

export type Activities<A extends { readonly id: string }> = {
  /**
   * Stores activities in the order given under the numbers that follow the conversation's last.
   * Those whose id is stored already are passed over.
   */
  append(conversation: string, activities: readonly A[]): Promise<void>;
  /**
   * At most `limit` activities that follow `watermark`, in order and without gaps; when another
   * process appended too it may be only the first of them: reading on from there gives the rest.
   */
  after(
    conversation: string,
    watermark: number,
    limit: number,
  ): Promise<readonly { readonly seq: number; readonly activity: A }[]>;
  /**
   * Conversations that others appended to at `since` (epoch milliseconds, by their clocks) or later,
   * each with its newest number. One query on the index of `at`; costs nothing of what was appended
   * earlier.
   */
  changedAfter(since: number): Promise<ReadonlyMap<string, number>>;
  /**
   * Removes what a conversation showed. Its numbers go on after the last, in every process: a client
   * that is still open hears what follows. May be repeated after an interruption.
   */
  erase(conversation: string): Promise<void>;
  /** How many activities were appended at an instant or before. */
  countBefore(at: Date): Promise<number>;
  /** Removes at most `limit` of them, and answers how many; nobody comes back to what is that old. */
  removeBefore(at: Date, limit: number): Promise<number>;
  /** Forgets what this process remembers of a conversation, because another may have erased it. */
  forget(conversation: string): void;
  createIndexes(): Promise<void>;
};

type Appending<A> = { readonly conversation: string; readonly activities: readonly A[] };

/** Rows of one conversation kept in memory, and conversations that have some. */
const TAIL_ROWS = 8;
const TAILS = 2_000;
/** Kept rows this old are not read from memory any more: another process may have erased them. */
const TAIL_LIFE_MS = 10_000;
/** Tries of one append against other processes that append to the same conversation. */
const MOST_TRIES = 20;
/** An insert that took longer than this may show up behind the backs of those who look for news. */
const LATE_MS = 1_000;

/** Opens the collection `activities`: what every web conversation shows. */
export function openActivities<A extends { readonly id: string }>(
  connection: Connection,
): Activities<A> {
  const table = openTable<ActivityRow<A>>(connection, {
    name: 'activities',
    schema: { conversation: String, seq: Number, activity: {}, at: Date, by: String },
    indexes: [[{ conversation: 1, seq: 1 }, { unique: true }], [{ at: 1 }]],
  });
  const collection = connection.collection<ActivityRow<A>>(table.name);
  const by = randomBytes(6).toString('base64url');
  /** The last number of the conversations this process appended to without a quarrel. */
  const lasts = createCache<number>(20_000);

  /**
   * What was appended last, for whoever reads on at once. Numbers are unique and without gaps, so a
   * tail that has the row after a watermark has exactly what follows it.
   */
  const tails = createCache<readonly ActivityRow<A>[]>(TAILS);

  function keepTails(rows: readonly ActivityRow<A>[]): void {
    for (const row of rows) {
      const before = tails.get(row.conversation) ?? [];
      const follows = before.at(-1)?.seq === row.seq - 1;
      tails.set(row.conversation, [...(follows ? before.slice(1 - TAIL_ROWS) : []), row]);
    }
  }

  /** Appends for several conversations in one insert where their last numbers are known. */
  async function appendAll(batch: readonly Appending<A>[]): Promise<void> {
    const numbered: ActivityRow<A>[] = [];
    const careful: Appending<A>[] = [];
    const touched = new Set<string>();
    for (const appending of batch) {
      const { conversation, activities } = appending;
      // One that was never met is taken for new: if it is not, its first number exists already.
      const last = lasts.get(conversation) ?? 0;
      if (touched.has(conversation)) {
        // Its turn comes after what this batch already appends to it.
        careful.push(appending);
      } else {
        numbered.push(...number(appending, last, by));
        lasts.set(conversation, last + activities.length);
      }
      touched.add(conversation);
    }
    if (numbered.length > 0 && !(await insertAll(numbered))) {
      careful.unshift(...batch.filter((appending) => !careful.includes(appending)));
    }
    for (const appending of careful) await appendCarefully(appending);
  }

  /** Whether every row was new; false when some were not, and then some may have been inserted. */
  async function insertAll(rows: readonly ActivityRow<A>[]): Promise<boolean> {
    try {
      await table.insertAll(rows);
      await stampLate(rows);
      keepTails(rows);
      return true;
    } catch (error) {
      // Some may be stored and others not: what was known of these conversations is so no more.
      for (const { conversation } of rows) {
        lasts.delete(conversation);
        tails.delete(conversation);
      }
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Others have looked past the instant of what was stored late, after a failover for instance. */
  async function stampLate(rows: readonly ActivityRow<A>[]): Promise<void> {
    const at = new Date();
    const late = rows.filter((row) => at.getTime() - row.at.getTime() > LATE_MS);
    for (const row of late) await table.replaceIf({}, { ...row, at });
  }

  /** Looks what is there first, and tries again when another process numbered the same. */
  async function appendCarefully({ conversation, activities }: Appending<A>): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const [newest] = await table.find({ conversation }, { sort: { seq: -1 }, limit: 1 });
      const ids = activities.map(({ id }) => id);
      const stored = newest === undefined ? [] : await table.find({ _id: { $in: ids } });
      const known = new Set(stored.map(({ _id }) => _id));
      const missing = activities.filter(({ id }) => !known.has(id));
      const last = newest?.seq ?? 0;
      if (
        missing.length === 0 ||
        (await insertAll(number({ conversation, activities: missing }, last, by)))
      ) {
        lasts.set(conversation, last + missing.length);
        return;
      }
    }
    throw new Error('Too many writers at once for one web conversation.');
  }

  const enqueue = createBatcher<Appending<A>>(async (batch) => {
    await appendAll(batch);
    return batch.map(() => undefined);
  });

  /** The rows of a conversation as they are shown; those that are erased are passed over. */
  async function readAfter(
    conversation: string,
    watermark: number,
    limit: number,
  ): Promise<{ readonly seq: number; readonly activity: A }[]> {
    const query = { conversation, seq: { $gt: watermark } };
    const rows = await table.find(query, { sort: { seq: 1 }, limit });
    const shown = rows.flatMap(shownOf);
    const last = rows.at(-1);
    if (last === undefined || shown.length === rows.length || rows.length < limit) return shown;
    return [...shown, ...(await readAfter(conversation, last.seq, limit - shown.length))];
  }

  /** A row without words that holds a number; false when the number is taken. */
  function mark(conversation: string, seq: number): Promise<boolean> {
    const _id = `${conversation}|~${seq}`;
    return table.insert({ _id, conversation, seq, activity: null, at: new Date(), by });
  }

  /** Holds the number after the newest one, and answers it; 0 when nothing was ever said. */
  async function markEnd(conversation: string): Promise<number> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const [newest] = await table.find({ conversation }, { sort: { seq: -1 }, limit: 1 });
      if (newest === undefined) return 0;
      if (newest.activity === null) return newest.seq;
      if (await mark(conversation, newest.seq + 1)) return newest.seq + 1;
    }
    throw new Error('Too many writers at once for one web conversation.');
  }

  function forget(conversation: string): void {
    lasts.delete(conversation);
    tails.delete(conversation);
  }

  return {
    append: (conversation, activities) => enqueue({ conversation, activities }),
    async after(conversation, watermark, limit) {
      const tail = tails.get(conversation);
      const isFresh = Date.now() - (tail?.at(-1)?.at.getTime() ?? 0) < TAIL_LIFE_MS;
      const from = tail?.findIndex(({ seq }) => seq === watermark + 1) ?? -1;
      if (tail !== undefined && isFresh && from >= 0) {
        return tail.slice(from, from + limit).flatMap(shownOf);
      }
      return readAfter(conversation, watermark, limit);
    },
    async erase(conversation) {
      const end = await markEnd(conversation);
      if (end === 0) return;
      // Who never met the conversation tries the first number, and must find it taken: a mark that is
      // there from an earlier erasure stays.
      await table.remove({ conversation, seq: { $lt: end }, activity: { $ne: null } });
      await mark(conversation, 1);
      forget(conversation);
    },
    forget,
    countBefore: (at) => table.count({ at: { $lte: at } }),
    async removeBefore(at, limit) {
      const rows = await table.find({ at: { $lte: at } }, { limit });
      return table.remove({ _id: { $in: rows.map(({ _id }) => _id) } });
    },
    async changedAfter(since) {
      const news = collection.find(
        { at: { $gte: new Date(since) }, by: { $ne: by } },
        { projection: { _id: 0, conversation: 1, seq: 1 }, batchSize: 1_000 },
      );
      const newest = new Map<string, number>();
      for await (const { conversation, seq } of news) {
        newest.set(conversation, Math.max(seq, newest.get(conversation) ?? 0));
      }
      return newest;
    },
    createIndexes: () => table.createIndexes(),
  };
}

function shownOf<A>({
  seq,
  activity,
}: ActivityRow<A>): { readonly seq: number; readonly activity: A }[] {
  return activity === null ? [] : [{ seq, activity }];
}

function number<A extends { readonly id: string }>(
  { conversation, activities }: Appending<A>,
  last: number,
  by: string,
): ActivityRow<A>[] {
  const at = new Date();
  return activities.map((activity, index) => ({
    _id: activity.id,
    conversation,
    seq: last + 1 + index,
    activity,
    at,
    by,
  }));
}
