import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { Role } from '../api.js';

/** One of the staff. */
export type MemberRow = {
  readonly _id: string;
  /** Counts the writes; a write names the revision it read. */
  readonly revision: number;
  /** In small letters; unique. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly created_at: Date;
  /** When they followed their invitation; absent: not yet. */
  readonly joined_at?: Date;
  readonly disabled_at?: Date;
  readonly signed_in_at?: Date;
  /** argon2id; absent: signs in by mail only. */
  readonly password?: string;
  /** The secret is sealed; `step` is the last one whose code was taken, which is not taken again. */
  readonly second_factor?: { readonly secret: string; readonly step: number };
  /** A second factor that was begun and not confirmed. */
  readonly second_factor_begun?: { readonly secret: string; readonly at: Date };
};

export type Members = {
  readonly table: Table<MemberRow>;
  get(id: string): Promise<MemberRow | undefined>;
  byEmail(email: string): Promise<MemberRow | undefined>;
  /** Whether the e-mail, or the id, was free. */
  insert(row: MemberRow): Promise<boolean>;
  /** Writes what `change` makes of the row, under its revision; undefined when there is none. */
  change(id: string, change: (row: MemberRow) => MemberRow): Promise<MemberRow | undefined>;
  /** Whether somebody administers: who joined, and is not disabled. */
  hasAdministrator(): Promise<boolean>;
};

/** Writes lost against a quicker one before the change is given up. */
const MOST_CONFLICTS = 20;

/** Opens the collection `staff`. */
export function openMembers(connection: Connection): Members {
  const table = openTable<MemberRow>(connection, {
    name: 'staff',
    schema: {
      revision: Number,
      email: String,
      name: String,
      role: String,
      created_at: Date,
      joined_at: Date,
      disabled_at: Date,
      signed_in_at: Date,
      password: String,
      second_factor: {},
      second_factor_begun: {},
    },
    indexes: [[{ email: 1 }, { unique: true }]],
  });
  return {
    table,
    get: (id) => table.get(id),
    byEmail: async (email) => (await table.find({ email: writeEmail(email) }, { limit: 1 }))[0],
    insert: (row) => table.insert(row),
    async change(id, change) {
      for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
        const before = await table.get(id);
        if (before === undefined) return undefined;
        const after = change(before);
        if (after === before) return before;
        const next = { ...after, revision: before.revision + 1 };
        if (await table.replaceIf({ revision: before.revision }, next)) return next;
      }
      throw new Error('Too many writers at once for one member of the staff.');
    },
    hasAdministrator: async () =>
      (
        await table.find(
          {
            role: 'admin',
            joined_at: { $gt: new Date(0) },
            disabled_at: { $exists: false },
          },
          { limit: 1 },
        )
      ).length > 0,
  };
}

/** An e-mail address as it names an account. */
export function writeEmail(email: string): string {
  return email.trim().toLowerCase();
}
