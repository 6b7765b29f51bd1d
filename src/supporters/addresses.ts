import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';
import { transact } from '../store/transaction.js';
import { withReach } from './reachable-on.js';
import type { SupporterRecord } from './record.js';
import type { Supporters } from './supporters.js';

/** Times that a change which others overtook is begun again. */
const MOST_TRIES = 10;

/** A place on a channel where one supporter is reached. Its id is the one place where it is unique. */
export type AddressRow = {
  /** `<channel>:<address>`. */
  readonly _id: string;
  readonly supporter: string;
  readonly channel: string;
  readonly address: string;
  readonly created_at: Date;
  /** False once the channel said that this person cannot be reached there. */
  readonly reachable: boolean;
};

export type Addresses = {
  readonly table: Table<AddressRow>;
  find(channel: string, address: string): Promise<AddressRow | undefined>;
  /**
   * Gives the address to `supporter` if nobody has it, and answers who does: a stranger's first message
   * comes here first, and of two at once one wins.
   */
  claim(channel: string, address: string, supporter: string, at: Date): Promise<AddressRow>;
  ofSupporter(supporter: string): Promise<AddressRow[]>;
  markUnreachable(channel: string, address: string): Promise<void>;
  /**
   * Whether this person can be reached there, in the address and in the supporter's `reachable_on` at
   * once; an address nobody has is left alone.
   */
  setReachable(channel: string, address: string, reachable: boolean): Promise<void>;
};

/** Opens the collection `addresses`; `supporters` are those they belong to. */
export function openAddresses(
  connection: Connection,
  supporters: Pick<Supporters, 'table'>,
): Addresses {
  const table = openTable<AddressRow>(connection, {
    name: 'addresses',
    schema: {
      supporter: String,
      channel: String,
      address: String,
      created_at: Date,
      reachable: Boolean,
    },
    indexes: [[{ supporter: 1 }]],
  });
  const find = (channel: string, address: string) => table.get(addressId(channel, address));
  const ofSupporter = (supporter: string): Promise<AddressRow[]> => table.find({ supporter });

  /** Whether nothing is to be done any more. */
  async function isSettled(id: string, reachable: boolean): Promise<boolean> {
    const row = await table.get(id);
    if (row === undefined) return true;
    const record = await supporters.table.get(row.supporter);
    if (row.reachable !== reachable) return false;
    return record === undefined || withReach(record, await ofSupporter(record._id)) === record;
  }

  async function setReachable(channel: string, address: string, reachable: boolean): Promise<void> {
    const _id = addressId(channel, address);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      if (await isSettled(_id, reachable)) return;
      const isDone = await transact(connection, async (transaction) => {
        const [row] = await transaction.find(table, { _id });
        if (row === undefined) return;
        const { supporter } = row;
        // Only its reachability: the address may have changed hands since.
        await transaction.replace(table, { supporter }, { ...row, reachable });
        const [record] = await transaction.find(supporters.table, { _id: supporter });
        if (record === undefined) return;
        const next = withReach(record, await transaction.find(table, { supporter }));
        if (next !== record)
          await transaction.replace(supporters.table, guardOf(record), bump(next));
      });
      if (isDone) return;
    }
    throw new Error('Too many writers at once for one supporter.');
  }

  return {
    table,
    find,
    async claim(channel, address, supporter, at) {
      const _id = addressId(channel, address);
      const row = { _id, supporter, channel, address, created_at: at, reachable: true };
      if (await table.insert(row)) return row;
      const owned = await table.get(_id);
      if (owned === undefined) throw new Error('An address vanished while it was claimed.');
      return owned;
    },
    ofSupporter,
    markUnreachable: (channel, address) => setReachable(channel, address, false),
    setReachable,
  };
}

/** What the stored document has to have for a write that was made from `record`. */
export function guardOf({
  revision,
  written,
}: SupporterRecord): Pick<SupporterRecord, 'revision' | 'written'> {
  return { revision, ...(written === undefined ? {} : { written }) };
}

/** A turn that read the record before begins again; no other write is to be told by it. */
function bump(record: SupporterRecord): SupporterRecord {
  return { ...record, revision: record.revision + 1 };
}

/** The id of an address: unique over all channels. */
export function addressId(channel: string, address: string): string {
  return `${channel}:${address}`;
}
