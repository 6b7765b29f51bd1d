import type { Query, Row, Table } from '../../store/table.js';
import type { Transcripts } from '../../store/transcripts.js';
import { MAILS_COUNTED_MS, NOBODY, type EraseSupporter } from './erase-supporter.js';
import type { People } from '../open-people.js';
import { trimEntry } from './trim-entry.js';

/** Rows looked at in one go, so that nothing else waits for long. */
const ROWS_AT_ONCE = 500;
/** Rows of a kind, and profiles, that one call removes at most. */
const MOST_ROWS = 2_000;
const MOST_PROFILES = 50;

/** How many of each are kept longer than they should be, or were removed. */
export type Overdue = {
  /** People who were not heard of for too long: they are erased. */
  readonly profiles: number;
  /** Turns of conversations; what proves consents stays. */
  readonly turns: number;
  /** What web pages showed of them. */
  readonly messages: number;
  /** Files that came with them. */
  readonly files: number;
  /** Notes that a mail was sent, which hold no word of it. */
  readonly mails: number;
  /** Profiles as they were before they were merged, and with them the way back. */
  readonly merges: number;
};

export type RetentionOptions = Pick<
  People,
  'supporters' | 'files' | 'journal' | 'mails' | 'merges'
> & {
  readonly transcripts: Pick<Transcripts, 'countBefore' | 'removeBefore'>;
  readonly erase: EraseSupporter;
  /** How long conversations are kept, and profiles after somebody was last heard of. */
  readonly conversationsMs: number;
  readonly profilesMs: number;
  now(): number;
};

/** Removes what was kept long enough (GDPR art. 5(1)(e)). */
export type Retention = {
  count(): Promise<Overdue>;
  /** Removes some of it, and answers how much; nothing when nothing is left. */
  removeSome(): Promise<Overdue>;
};

/** Makes the clocks of what is kept; whoever runs them again until nothing is left has all removed. */
export function createRetention(options: RetentionOptions): Retention {
  const { supporters, files, journal, mails, merges, transcripts, now } = options;
  const ago = (ms: number): Date => new Date(now() - ms);

  const silent = (): Query => ({
    created_at: { $lte: ago(options.profilesMs) },
    // Whoever never wrote was last heard of when they became known.
    heard_at: { $not: { $gt: ago(options.profilesMs) } },
    erasing: { $exists: false },
  });
  const oldTurns = (): Query => ({
    at: { $lte: ago(options.conversationsMs) },
    trimmed: { $exists: false },
  });
  const oldMails = (): Query => ({
    $or: [
      { at: { $lte: ago(options.conversationsMs) } },
      { ...NOBODY, at: { $lte: ago(MAILS_COUNTED_MS) } },
    ],
  });

  const oldFiles = (): Query => ({ at: { $lte: ago(options.conversationsMs) } });

  // Undoing a merge takes the conversation since, so it ends with that.
  const oldMerges = (): Query => ({ at: { $lte: ago(options.conversationsMs) } });

  async function eraseSilent(): Promise<number> {
    const records = await supporters.table.find(silent(), {
      sort: { created_at: 1 },
      limit: MOST_PROFILES,
    });
    let erased = 0;
    const failures: unknown[] = [];
    for (const { _id } of records) {
      try {
        if (await options.erase(_id)) erased += 1;
      } catch (error) {
        // The others are not held up by one that cannot be erased now.
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    return erased;
  }

  async function trimTurns(): Promise<number> {
    return inParts(journal.table, oldTurns(), async (rows) => {
      const trimmed = rows.map(trimEntry);
      for (const row of trimmed) if (row !== undefined) await journal.table.replaceIf({}, row);
      const useless = rows.filter((_, index) => trimmed[index] === undefined);
      await journal.table.remove({ _id: { $in: useless.map(({ _id }) => _id) } });
    });
  }

  return {
    async count() {
      return {
        profiles: await supporters.table.count(silent()),
        turns: await journal.table.count(oldTurns()),
        messages: await transcripts.countBefore(ago(options.conversationsMs)),
        files: await files.table.count(oldFiles()),
        mails: await mails.count(oldMails()),
        merges: await merges.table.count(oldMerges()),
      };
    },
    async removeSome() {
      const turns = await trimTurns();
      const messages = await transcripts.removeBefore(ago(options.conversationsMs), MOST_ROWS);
      return {
        turns,
        messages,
        files: await inParts(files.table, oldFiles(), (rows) => files.erase(rows)),
        mails: await removeRows(mails, oldMails()),
        merges: await removeRows(merges.table, oldMerges()),
        profiles: await eraseSilent(),
      };
    },
  };
}

function removeRows<T extends Row>(table: Table<T>, query: Query): Promise<number> {
  return inParts(table, query, async (rows) => {
    await table.remove({ _id: { $in: rows.map(({ _id }) => _id) } });
  });
}

/** Works through what matches, a part at a time, up to the most; the work must end its matching. */
async function inParts<T extends Row>(
  table: Table<T>,
  query: Query,
  work: (rows: readonly T[]) => Promise<void>,
): Promise<number> {
  let done = 0;
  while (done < MOST_ROWS) {
    const rows = await table.find(query, { limit: ROWS_AT_ONCE });
    if (rows.length === 0) break;
    await work(rows);
    done += rows.length;
  }
  return done;
}
