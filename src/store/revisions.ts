import type { Row, Table } from './table.js';

/** Rows that staff save again and again, each save made from the one before. */
export type Revised = Row & {
  /** Counts the saves; a save names the revision it was made from. */
  readonly revision: number;
};

/** Saves and discards rows of a collection by their revision. */
export type Revisions<T extends Revised> = {
  /**
   * Saves a row as the revision after the one it names, 0 for a new one; undefined when somebody saved or
   * discarded it meanwhile, and then nothing is written.
   */
  save(row: T): Promise<T | undefined>;
  /** Discards the very revision; false when there is another. */
  discard(row: Pick<T, '_id' | 'revision'>): Promise<boolean>;
};

/** Guards the rows of a collection by their revision. */
export function createRevisions<T extends Revised>(
  table: Pick<Table<T>, 'insert' | 'replaceIf' | 'remove'>,
): Revisions<T> {
  return {
    async save(row) {
      const { revision } = row;
      const next = { ...row, revision: revision + 1 };
      const isSaved =
        revision === 0 ? await table.insert(next) : await table.replaceIf({ revision }, next);
      return isSaved ? next : undefined;
    },
    discard: async ({ _id, revision }) => (await table.remove({ _id, revision })) === 1,
  };
}
