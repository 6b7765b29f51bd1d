import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { Role } from '../api.js';
import { hashSecret, newSecret } from './secrets.js';

/** A key by which a program calls the API. */
export type ApiToken = {
  readonly _id: string;
  /** Hash of the token. */
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly created_at: Date;
  readonly used_at?: Date;
};

/** Begins every token, so that scanners of leaked secrets know one. */
const PREFIX = 'pvx_';
/** How exactly its last use is kept. */
const USED_EVERY_MS = 300_000;

export type ApiTokens = {
  readonly table: Table<ApiToken>;
  /** Makes one; the token is shown once and kept nowhere. */
  make(name: string, role: Role, at: Date): Promise<{ row: ApiToken; token: string }>;
  find(token: string, at: Date): Promise<ApiToken | undefined>;
  list(): Promise<ApiToken[]>;
  /** Whether there was one. */
  end(id: string): Promise<boolean>;
};

/** Opens the collection `api_tokens`. */
export function openApiTokens(connection: Connection): ApiTokens {
  const table = openTable<ApiToken>(connection, {
    name: 'api_tokens',
    schema: { hash: String, name: String, role: String, created_at: Date, used_at: Date },
    indexes: [[{ hash: 1 }, { unique: true }]],
  });
  return {
    table,
    async make(name, role, at) {
      const token = `${PREFIX}${newSecret()}`;
      const row = { _id: randomUUID(), hash: hashSecret(token), name, role, created_at: at };
      await table.insert(row);
      return { row, token };
    },
    async find(token, at) {
      if (!token.startsWith(PREFIX)) return undefined;
      const [row] = await table.find({ hash: hashSecret(token) }, { limit: 1 });
      if (row === undefined) return undefined;
      const sinceMs = at.getTime() - (row.used_at?.getTime() ?? 0);
      if (sinceMs > USED_EVERY_MS) await table.set({ _id: row._id }, { used_at: at });
      return row;
    },
    list: () => table.find({}, { sort: { created_at: -1 } }),
    end: async (id) => (await table.remove({ _id: id })) === 1,
  };
}
