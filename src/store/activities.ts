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
  readonly activity: A;
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
  createIndexes(): Promise<void>;
};

type Appending<A> = { readonly conversation: string; readonly activities: readonly A[] };

/** Rows of one conversation kept in memory, and conversations that have some. */
const TAIL_ROWS = 8;
const TAILS = 2_000;
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
  return {
    append: (conversation, activities) => enqueue({ conversation, activities }),
    async after(conversation, watermark, limit) {
      const tail = tails.get(conversation);
      const from = tail?.findIndex(({ seq }) => seq === watermark + 1) ?? -1;
      if (tail !== undefined && from >= 0) return tail.slice(from, from + limit);
      const query = { conversation, seq: { $gt: watermark } };
      const rows = await table.find(query, { sort: { seq: 1 }, limit });
      return rows.map(({ seq, activity }) => ({ seq, activity }));
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
