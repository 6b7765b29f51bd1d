import { Schema, type Connection, type IndexDefinition, type IndexOptions } from 'mongoose';
import { errorCode } from '../error-code.js';

/** MongoDB's code for a unique key that exists already. */
const DUPLICATE_KEY = 11_000;

/** A document as it is kept: plain data under a string id. */
export type Row = { readonly _id: string };

/** A query written in this program; never built from what came from outside. */
export type Query = { readonly [field: string]: unknown };

/** What a collection is called, how its documents look, and which indexes it has. */
export type TableSpec = {
  readonly name: string;
  /** A mongoose schema definition; fields that are not in it are refused by mongoose's own writes. */
  readonly schema: { readonly [field: string]: unknown };
  readonly indexes: readonly (readonly [keys: IndexDefinition, options?: IndexOptions])[];
};

/** One collection, typed. Writes are acknowledged by the store's journal before they resolve. */
export type Table<T extends Row> = {
  readonly name: string;
  get(id: string): Promise<T | undefined>;
  find(query: Query, options?: { sort?: Query; limit?: number }): Promise<T[]>;
  /** Reads in batches; never holds all in memory. */
  stream(query: Query, options?: { sort?: Query }): AsyncIterable<T>;
  /** Whether the row was new; false when its id, or another unique key of it, exists. */
  insert(row: T): Promise<boolean>;
  /** Inserts in order up to the first whose id, or another unique key, exists: that throws. */
  insertAll(rows: readonly T[]): Promise<void>;
  /** Inserts those whose ids do not exist yet. */
  insertMissing(rows: readonly T[]): Promise<void>;
  /** Replaces the row if it still matches the query; false when it does not. */
  replaceIf(query: Query, row: T): Promise<boolean>;
  count(query: Query): Promise<number>;
  /** Creates the declared indexes that are missing. */
  createIndexes(): Promise<void>;
};

/** Opens a collection through a mongoose model. */
export function openTable<T extends Row>(connection: Connection, spec: TableSpec): Table<T> {
  const schema = new Schema<T>(
    { _id: { type: String, required: true }, ...spec.schema },
    {
      versionKey: false,
      minimize: false,
      strict: 'throw',
      autoIndex: false,
      collection: spec.name,
    },
  );
  for (const [keys, options] of spec.indexes) schema.index(keys, options ?? {});
  const model = connection.model<T>(spec.name, schema);
  // The driver's own collection: hot paths write whole documents that were typed here, and casting
  // each of them again would cost more than the write.
  const rows = connection.collection<Row>(spec.name);
  // The one place where a document read back is trusted to be what was written.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const asRow = (row: Row): T => row as T;

  return {
    name: spec.name,
    async get(id) {
      const row = await rows.findOne({ _id: id });
      return row === null ? undefined : asRow(row);
    },
    async find(query, { sort, limit } = {}) {
      let cursor = rows.find(query);
      if (sort !== undefined) cursor = cursor.sort(asSort(sort));
      if (limit !== undefined) cursor = cursor.limit(limit);
      return (await cursor.toArray()).map((row) => asRow(row));
    },
    async *stream(query, { sort } = {}) {
      let cursor = rows.find(query).batchSize(500);
      if (sort !== undefined) cursor = cursor.sort(asSort(sort));
      for await (const row of cursor) yield asRow(row);
    },
    async insert(row) {
      try {
        await rows.insertOne(row);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    async insertAll(newRows) {
      await rows.insertMany([...newRows]);
    },
    async insertMissing(newRows) {
      if (newRows.length === 0) return;
      try {
        await rows.insertMany([...newRows], { ordered: false });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    async replaceIf(query, row) {
      const { matchedCount } = await rows.replaceOne({ _id: row._id, ...query }, row);
      return matchedCount === 1;
    },
    count: (query) => rows.countDocuments(query),
    createIndexes: () => model.createIndexes(),
  };
}

function asSort(sort: Query): Record<string, 1 | -1> {
  return Object.fromEntries(
    Object.entries(sort).map(([field, direction]) => [field, direction === -1 ? -1 : 1]),
  );
}

/** Every failed write of the command met a unique key that exists (error 11000). */
export function isDuplicate(error: unknown): boolean {
  if (typeof error === 'object' && error !== null && 'writeErrors' in error) {
    const { writeErrors } = error;
    if (Array.isArray(writeErrors) && writeErrors.length > 0) {
      return writeErrors.every((failed) => errorCode(failed) === DUPLICATE_KEY);
    }
  }
  return errorCode(error) === DUPLICATE_KEY;
}
