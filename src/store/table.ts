import { mongo, Schema, type Connection } from 'mongoose';
import { errorCode } from '../error-code.js';
import { createBatcher } from './batcher.js';

/** MongoDB's code for a unique key that exists already. */
const DUPLICATE_KEY = 11_000;
/** Rows in one insert; each may be as large as a supporter's document. */
const INSERTED_TOGETHER = 100;
/** Rows in one batch when only some fields of them are read. */
const SMALL_TOGETHER = 1_000;

/** A document as it is kept: plain data under a string id. */
export type Row = { readonly _id: string };

/** A query written in this program; never built from what came from outside. */
export type Query = { readonly [field: string]: unknown };

/** What a collection is called, how its documents look, and which indexes it has. */
export type TableSpec = {
  readonly name: string;
  /** A mongoose schema definition; fields that are not in it are refused by mongoose's own writes. */
  readonly schema: { readonly [field: string]: unknown };
  readonly indexes: readonly (readonly [
    keys: { readonly [field: string]: 1 | -1 },
    options?: Omit<mongo.IndexDescription, 'key'>,
  ])[];
};

/** One collection, typed. Writes are acknowledged by the store's journal before they resolve. */
export type Table<T extends Row> = {
  readonly name: string;
  get(id: string): Promise<T | undefined>;
  find(query: Query, options?: { sort?: Query; limit?: number }): Promise<T[]>;
  /** Reads some fields only, in batches; never holds all in memory. `along` names the index to walk. */
  streamFields<K extends keyof T & string>(
    query: Query,
    fields: readonly K[],
    options?: { sort?: Query; limit?: number; along?: Query },
  ): AsyncIterable<Pick<T, K | '_id'>>;
  /** Reads in batches; never holds all in memory. */
  stream(query: Query, options?: { sort?: Query }): AsyncIterable<T>;
  /**
   * Ids of rows that match, ascending, from the one after `after` on. Read along the ids whatever the
   * query, so that paging through all looks at each row once.
   */
  ids(query: Query, page: { readonly after?: string; readonly limit: number }): Promise<string[]>;
  /**
   * Whether the row was new; false when its id, or another unique key of it, exists. Rows inserted at
   * the same time go together.
   */
  insert(row: T): Promise<boolean>;
  /** Inserts in order up to the first whose id, or another unique key, exists: that throws. */
  insertAll(rows: readonly T[]): Promise<void>;
  /** Inserts those whose ids do not exist yet. */
  insertMissing(rows: readonly T[]): Promise<void>;
  /** Replaces the row if it still matches the query; false when it does not. */
  replaceIf(query: Query, row: T): Promise<boolean>;
  /**
   * Replaces each row that still matches its query, all in one go. Whether all did; when not, it is
   * not known here which.
   */
  replaceAllIf(writes: readonly { readonly query: Query; readonly row: T }[]): Promise<boolean>;
  /** Sets fields of all rows that match, and answers how many there were. */
  set(query: Query, fields: Partial<T>): Promise<number>;
  /** Removes the rows that match, and answers how many there were. */
  remove(query: Query): Promise<number>;
  /** How many match; with `most`, counting ends there. */
  count(query: Query, most?: number): Promise<number>;
  /** Runs an aggregation; `R` is trusted to be the shape of what its stages make. */
  aggregate<R extends { readonly [field: string]: unknown }>(
    stages: readonly Query[],
  ): Promise<R[]>;
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
  // Two parts of the program may open the same collection.
  if (connection.models[spec.name] !== undefined) connection.deleteModel(spec.name);
  connection.model<T>(spec.name, schema);
  // The driver's own collection: hot paths write whole documents that were typed here, and casting
  // each of them again would cost more than the write.
  const rows = connection.collection<Row>(spec.name);
  // The one place where a document read back is trusted to be what was written.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const asRow = (row: Row): T => row as T;

  const insert = createBatcher<T, boolean>(async (batch) => {
    try {
      await rows.insertMany([...batch], { ordered: false });
      return batch.map(() => true);
    } catch (error) {
      const refused = duplicatesOf(error);
      if (refused === undefined) throw error;
      return batch.map((_, index) => !refused.has(index));
    }
  }, INSERTED_TOGETHER);

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
    streamFields<K extends keyof T & string>(
      query: Query,
      fields: readonly K[],
      { sort, limit, along }: { sort?: Query; limit?: number; along?: Query } = {},
    ) {
      const projection = Object.fromEntries(fields.map((field) => [field, 1 as const]));
      // Some fields of what was written.
      let cursor = rows.find<Pick<T, K | '_id'>>(query, { projection }).batchSize(SMALL_TOGETHER);
      if (sort !== undefined) cursor = cursor.sort(asSort(sort));
      // Along the ids whatever the query, so that nothing is sorted.
      if (along !== undefined) cursor = cursor.hint(asSort(along));
      else if (sort?.['_id'] !== undefined) cursor = cursor.hint({ _id: 1 });
      if (limit !== undefined) cursor = cursor.limit(limit);
      return cursor;
    },
    async *stream(query, { sort } = {}) {
      let cursor = rows.find(query).batchSize(500);
      if (sort !== undefined) cursor = cursor.sort(asSort(sort));
      for await (const row of cursor) yield asRow(row);
    },
    async ids(query, { after = '', limit }) {
      const cursor = rows
        .find({ $and: [{ _id: { $gt: after } }, query] }, { projection: { _id: 1 } })
        .hint({ _id: 1 })
        .sort({ _id: 1 })
        .limit(limit);
      return (await cursor.toArray()).map(({ _id }) => _id);
    },
    insert,
    async insertAll(newRows) {
      await rows.insertMany([...newRows]);
    },
    async insertMissing(newRows) {
      if (newRows.length === 0) return;
      try {
        await rows.insertMany([...newRows], { ordered: false });
      } catch (error) {
        if (duplicatesOf(error) === undefined) throw error;
      }
    },
    async replaceIf(query, row) {
      const { matchedCount } = await rows.replaceOne({ _id: row._id, ...query }, row);
      return matchedCount === 1;
    },
    async replaceAllIf(writes) {
      const { matchedCount } = await rows.bulkWrite(
        writes.map(({ query, row }) => ({
          replaceOne: { filter: { _id: row._id, ...query }, replacement: row },
        })),
        { ordered: false },
      );
      return matchedCount === writes.length;
    },
    set: async (query, fields) => (await rows.updateMany(query, { $set: fields })).matchedCount,
    remove: async (query) => (await rows.deleteMany(query)).deletedCount,
    count: (query, most) => rows.countDocuments(query, most === undefined ? {} : { limit: most }),
    aggregate: <R extends { readonly [field: string]: unknown }>(stages: readonly Query[]) =>
      rows.aggregate<R>([...stages]).toArray(),
    // All in one command, so that the store reads its documents once for all that are missing.
    async createIndexes() {
      const wanted = spec.indexes.map(([key, options]) => ({ ...options, key: { ...key } }));
      if (wanted.length > 0) await rows.createIndexes(wanted);
    },
  };
}

function asSort(sort: Query): Record<string, 1 | -1> {
  return Object.fromEntries(
    Object.entries(sort).map(([field, direction]) => [field, direction === -1 ? -1 : 1]),
  );
}

/** Whether the only thing wrong with a write was a unique key that exists (error 11000). */
export function isDuplicate(error: unknown): boolean {
  return duplicatesOf(error) !== undefined;
}

/**
 * The places, in what was written together, of the rows whose unique key exists; undefined when
 * anything else was wrong.
 */
function duplicatesOf(error: unknown): ReadonlySet<number> | undefined {
  if (!(error instanceof mongo.MongoBulkWriteError)) {
    return errorCode(error) === DUPLICATE_KEY ? new Set([0]) : undefined;
  }
  const failed = [error.writeErrors].flat();
  const isOnlyThat = failed.length > 0 && failed.every(({ code }) => code === DUPLICATE_KEY);
  const isAcknowledged = error.result.getWriteConcernError() === undefined;
  return isOnlyThat && isAcknowledged ? new Set(failed.map(({ index }) => index)) : undefined;
}
