import type { Connection } from 'mongoose';
import { openTable, type Table } from './table.js';

/** How long the buttons of a question that nobody answered can still be pressed, in seconds. */
const KEPT_S = 60 * 86_400;

type KeyboardRow<K> = { readonly _id: string; readonly keyboard: K; readonly at: Date };

/** Keyboards of open questions, for channels whose buttons cannot carry all there is to know. */
export type Keyboards<K> = {
  readonly table: Table<KeyboardRow<K>>;
  get(channel: string, address: string, turn: number): Promise<K | undefined>;
  put(channel: string, address: string, turn: number, keyboard: K): Promise<void>;
  /** Removes all of an address. */
  erase(channel: string, address: string): Promise<void>;
};

/** Opens the collection `keyboards`; `K` is plain data, and goes sixty days after it was last changed. */
export function openKeyboards<K>(connection: Connection, now: () => number): Keyboards<K> {
  const table = openTable<KeyboardRow<K>>(connection, {
    name: 'keyboards',
    schema: { keyboard: {}, at: Date },
    indexes: [[{ at: 1 }, { expireAfterSeconds: KEPT_S }]],
  });
  const idOf = (channel: string, address: string, turn: number): string =>
    `${channel}:${address}:${turn}`;
  return {
    table,
    get: async (channel, address, turn) =>
      (await table.get(idOf(channel, address, turn)))?.keyboard,
    async erase(channel, address) {
      // Every id that begins with both: `;` is the sign that follows `:`.
      const from = `${channel}:${address}`;
      await table.remove({ _id: { $gte: `${from}:`, $lt: `${from};` } });
    },
    async put(channel, address, turn, keyboard) {
      const row = { _id: idOf(channel, address, turn), keyboard, at: new Date(now()) };
      if (!(await table.replaceIf({}, row)) && !(await table.insert(row))) {
        await table.replaceIf({}, row);
      }
    },
  };
}
