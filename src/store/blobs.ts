import { mongo, type Connection } from 'mongoose';
import { openTable, type Table } from './table.js';

/** The driver reads back as `Binary` what was written as bytes. */
type BlobRow = {
  readonly _id: string;
  readonly owner: string;
  readonly at: Date;
  readonly bytes: Uint8Array | mongo.Binary;
};

/** Bytes under a name, each in one document; who uses them bounds how many there are in one. */
export type Blobs = {
  readonly table: Table<BlobRow>;
  /** Keeps bytes under an id; those that are there already stay. */
  put(id: string, owner: string, bytes: Uint8Array, at: Date): Promise<void>;
  has(id: string): Promise<boolean>;
  get(id: string): Promise<Uint8Array | undefined>;
  remove(ids: readonly string[]): Promise<void>;
  /** Removes all of one owner. */
  removeOf(owner: string): Promise<void>;
};

/** Opens a collection of bytes; with `keptS` they go so many seconds after they came. */
export function openBlobs(connection: Connection, name: string, keptS?: number): Blobs {
  const table = openTable<BlobRow>(connection, {
    name,
    schema: { owner: String, at: Date, bytes: Buffer },
    indexes: [
      [{ owner: 1 }],
      ...(keptS === undefined ? [] : ([[{ at: 1 }, { expireAfterSeconds: keptS }]] as const)),
    ],
  });
  return {
    table,
    async put(id, owner, bytes, at) {
      await table.insert({ _id: id, owner, at, bytes });
    },
    has: async (id) => (await table.count({ _id: id })) > 0,
    async get(id) {
      const bytes = (await table.get(id))?.bytes;
      return bytes instanceof mongo.Binary ? new Uint8Array(bytes.value()) : bytes;
    },
    async remove(ids) {
      await table.remove({ _id: { $in: [...ids] } });
    },
    async removeOf(owner) {
      await table.remove({ owner });
    },
  };
}
