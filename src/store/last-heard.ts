import type { Connection } from 'mongoose';
import { createCache } from './cache.js';
import { openTable, type Table } from './table.js';

/** Nothing is asked of what lies longer back, in seconds. */
const KEPT_S = 2 * 86_400;
/** What is as new as this is not written again. */
const NEWS_MS = 60_000;

type HeardRow = { readonly _id: string; readonly at: Date };

/** When people last wrote, for networks that let us answer for some time only. */
export type LastHeard = {
  readonly table: Table<HeardRow>;
  /** Epoch milliseconds; undefined: not in the last two days. */
  get(channel: string, address: string): Promise<number | undefined>;
  /** Keeps the latest; false when what is kept is no more than a minute older. */
  put(channel: string, address: string, at: number): Promise<boolean>;
  forget(channel: string, address: string): Promise<void>;
};

/** Opens the collection `last_heard`. */
export function openLastHeard(connection: Connection): LastHeard {
  const table = openTable<HeardRow>(connection, {
    name: 'last_heard',
    schema: { at: Date },
    indexes: [[{ at: 1 }, { expireAfterSeconds: KEPT_S }]],
  });
  const known = createCache<number>(20_000);
  const idOf = (channel: string, address: string): string => `${channel}:${address}`;

  return {
    table,
    // Never from memory: another process may have heard of this person since.
    get: async (channel, address) => (await table.get(idOf(channel, address)))?.at.getTime(),
    async put(channel, address, at) {
      const _id = idOf(channel, address);
      if (at - (known.get(_id) ?? -Infinity) <= NEWS_MS) return false;
      const row = { _id, at: new Date(at) };
      const isWritten =
        (await table.replaceIf({ at: { $lt: row.at } }, row)) || (await table.insert(row));
      known.set(_id, at);
      return isWritten;
    },
    async forget(channel, address) {
      const _id = idOf(channel, address);
      known.delete(_id);
      await table.remove({ _id });
    },
  };
}
