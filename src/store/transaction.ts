import type { Connection, mongo } from 'mongoose';
import type { Query, Row, Table } from './table.js';

/** What can be done in a transaction, all of it or nothing. */
export type Transaction = {
  find<T extends Row>(table: Table<T>, query: Query): Promise<T[]>;
  insert<T extends Row>(table: Table<T>, row: T): Promise<void>;
  /** Replaces the row, which must match the query: else the whole transaction comes to nothing. */
  replace<T extends Row>(table: Table<T>, query: Query, row: T): Promise<void>;
  /** Removes the one row that matches: none, and the whole transaction comes to nothing. */
  removeOne<T extends Row>(table: Table<T>, query: Query): Promise<void>;
  /** Sets fields of all rows that match. */
  set<T extends Row>(table: Table<T>, query: Query, fields: Partial<T>): Promise<void>;
};

/** A row was not as the transaction had to find it: somebody was quicker. */
class Overtaken extends Error {}

/**
 * Does the work as one: all of its writes, or none, whatever is killed in between. False, with nothing
 * written, when a row was not as it should be. The store may run `work` again.
 */
export async function transact(
  connection: Connection,
  work: (transaction: Transaction) => Promise<void>,
): Promise<boolean> {
  const session = await connection.startSession();
  try {
    await session.withTransaction(() => work(within(connection, session)));
    return true;
  } catch (error) {
    if (error instanceof Overtaken) return false;
    throw error;
  } finally {
    await session.endSession();
  }
}

function within(connection: Connection, session: mongo.ClientSession): Transaction {
  const rowsOf = ({ name }: { readonly name: string }) => connection.collection<Row>(name);
  const one = (count: number): void => {
    if (count !== 1) throw new Overtaken();
  };
  return {
    async find<T extends Row>(table: Table<T>, query: Query) {
      // Rows are trusted to be what was written, as in `table.ts`.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return (await rowsOf(table).find(query, { session }).toArray()) as Row[] as T[];
    },
    async insert(table, row) {
      await rowsOf(table).insertOne(row, { session });
    },
    async replace(table, query, row) {
      const filter = { _id: row._id, ...query };
      one((await rowsOf(table).replaceOne(filter, row, { session })).matchedCount);
    },
    async removeOne(table, query) {
      one((await rowsOf(table).deleteOne(query, { session })).deletedCount);
    },
    async set(table, query, fields) {
      await rowsOf(table).updateMany(query, { $set: fields }, { session });
    },
  };
}
