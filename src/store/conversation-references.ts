import type { Connection } from 'mongoose';
import { openTable, type Table } from './table.js';

type ReferenceRow<R> = { readonly _id: string; readonly reference: R };

/** How conversations are reached, for networks whose address alone does not say it. */
export type ConversationReferences<R> = {
  readonly table: Table<ReferenceRow<R>>;
  get(channel: string, address: string): Promise<R | undefined>;
  /** Keeps the latest; false when the very same is kept. */
  put(channel: string, address: string, reference: R): Promise<boolean>;
  forget(channel: string, address: string): Promise<void>;
};

/** Opens the collection `conversation_references`; `R` is plain data, of which nothing is read here. */
export function openConversationReferences<R>(connection: Connection): ConversationReferences<R> {
  const table = openTable<ReferenceRow<R>>(connection, {
    name: 'conversation_references',
    schema: { reference: {} },
    indexes: [],
  });
  const idOf = (channel: string, address: string): string => `${channel}:${address}`;

  return {
    table,
    get: async (channel, address) => (await table.get(idOf(channel, address)))?.reference,
    async put(channel, address, reference) {
      const _id = idOf(channel, address);
      // Never from memory: another process may have erased it.
      const kept = await table.get(_id);
      if (JSON.stringify(kept?.reference) === JSON.stringify(reference)) return false;
      const row = { _id, reference };
      if (!(await table.replaceIf({}, row)) && !(await table.insert(row))) {
        await table.replaceIf({}, row);
      }
      return true;
    },
    async forget(channel, address) {
      await table.remove({ _id: idOf(channel, address) });
    },
  };
}
