import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';

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
  /** Whether this person can be reached there; an address nobody has is left alone. */
  setReachable(channel: string, address: string, reachable: boolean): Promise<void>;
};

/** Opens the collection `addresses`. */
export function openAddresses(connection: Connection): Addresses {
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
  const setReachable = async (
    channel: string,
    address: string,
    reachable: boolean,
  ): Promise<void> => {
    const row = await find(channel, address);
    if (row === undefined || row.reachable === reachable) return;
    // Only its reachability: the address may have changed hands since.
    await table.replaceIf({ supporter: row.supporter }, { ...row, reachable });
  };
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
    ofSupporter: (supporter) => table.find({ supporter }),
    markUnreachable: (channel, address) => setReachable(channel, address, false),
    setReachable,
  };
}

/** The id of an address: unique over all channels. */
export function addressId(channel: string, address: string): string {
  return `${channel}:${address}`;
}
