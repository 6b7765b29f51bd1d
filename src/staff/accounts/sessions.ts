import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import { hashSecret, newSecret } from './secrets.js';

/** A place where somebody is signed in. */
export type SessionRecord = {
  /** Hash of the cookie's secret. */
  readonly _id: string;
  readonly member: string;
  readonly agent: string;
  readonly created_at: Date;
  readonly seen_at: Date;
  /** When it ends, used or not. */
  readonly until: Date;
};

/** How long a session lasts, and how long one that nobody uses. */
const LIFE_MS = 30 * 86_400_000;
const IDLE_MS = 7 * 86_400_000;
/** How exactly its last use is kept. */
const SEEN_EVERY_MS = 300_000;
const AGENT_LENGTH = 200;

export type Sessions = {
  readonly table: Table<SessionRecord>;
  /** Begins one; the secret goes into the cookie and nowhere else. */
  begin(member: string, agent: string, at: Date): Promise<{ row: SessionRecord; secret: string }>;
  /** The session of a cookie, if it still is one. */
  find(secret: string, at: Date): Promise<SessionRecord | undefined>;
  of(member: string): Promise<SessionRecord[]>;
  end(id: string): Promise<void>;
  /** Ends all of somebody but one. */
  endAll(member: string, but?: string): Promise<void>;
};

/** Opens the collection `staff_sessions`. */
export function openSessions(connection: Connection): Sessions {
  const table = openTable<SessionRecord>(connection, {
    name: 'staff_sessions',
    schema: {
      member: String,
      agent: String,
      created_at: Date,
      seen_at: Date,
      until: Date,
    },
    indexes: [[{ member: 1 }], [{ until: 1 }, { expireAfterSeconds: 0 }]],
  });
  return {
    table,
    async begin(member, agent, at) {
      const secret = newSecret();
      const row: SessionRecord = {
        _id: hashSecret(secret),
        member,
        agent: agent.slice(0, AGENT_LENGTH),
        created_at: at,
        seen_at: at,
        until: new Date(at.getTime() + LIFE_MS),
      };
      await table.insert(row);
      return { row, secret };
    },
    async find(secret, at) {
      const row = await table.get(hashSecret(secret));
      if (row === undefined) return undefined;
      const idleMs = at.getTime() - row.seen_at.getTime();
      if (row.until <= at || idleMs > IDLE_MS) return undefined;
      // Not awaited for its outcome: ended meanwhile, there is nothing to write.
      if (idleMs > SEEN_EVERY_MS) await table.set({ _id: row._id }, { seen_at: at });
      return row;
    },
    of: (member) => table.find({ member }, { sort: { created_at: -1 }, limit: 100 }),
    async end(id) {
      await table.remove({ _id: id });
    },
    async endAll(member, but) {
      await table.remove({ member, ...(but === undefined ? {} : { _id: { $ne: but } }) });
    },
  };
}
