import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { FlowVersionRow } from '../flow-versions.js';

/** A version of a flow by name. */
export type VersionName = { readonly name: string; readonly version: string };

/** A version put in force, or, `retired`, taken out of force without another in its place. */
export type PublishedVersion = VersionName & { readonly retired?: true };

/**
 * One act of publishing: the versions it put in force, all at once. A flow's version in force is the
 * one of the last publication that names it; none is ever changed, so that they tell the history.
 */
export type PublicationRow = {
  /** Its number, counted from 1 over all flows, in ten digits. */
  readonly _id: string;
  /** Whether it put back what had been in force before. */
  readonly type: 'published' | 'rolled_back';
  readonly flows: readonly PublishedVersion[];
  /** `files`, or who published. */
  readonly author: string;
  readonly comment?: string;
  readonly at: Date;
};

/** What is to be published. */
export type Publication = Omit<PublicationRow, '_id'>;

export type Publications = {
  readonly table: Table<PublicationRow>;
  /** All of them, the first one first. */
  all(): Promise<readonly PublicationRow[]>;
  /** The id of the last one; undefined when there is none. */
  newest(): Promise<string | undefined>;
  /**
   * Publishes, if nothing was published after `last`, on which the decision rests; false when somebody
   * was quicker, in any process: look again, then try again.
   */
  add(last: PublicationRow | undefined, publication: Publication): Promise<boolean>;
  /** Makes publications of versions that were kept without any, as stores of 0.1.0 have them. */
  adopt(versions: readonly FlowVersionRow[]): Promise<void>;
};

/** Opens the collection `publications`. */
export function openPublications(connection: Connection): Publications {
  const table = openTable<PublicationRow>(connection, {
    name: 'publications',
    schema: { type: String, flows: [{}], author: String, comment: String, at: Date },
    indexes: [],
  });
  return {
    table,
    all: () => table.find({}, { sort: { _id: 1 } }),
    newest: async () => (await table.find({}, { sort: { _id: -1 }, limit: 1 }))[0]?._id,
    add: (last, publication) => table.insert({ _id: idAfter(last?._id), ...publication }),
    async adopt(versions) {
      const inOrder = [...versions].sort(
        (a, b) => a.published_at.getTime() - b.published_at.getTime(),
      );
      // Two processes that adopt at once write the same.
      await table.insertMissing(
        inOrder.map(({ name, version, author, published_at }, index) => ({
          _id: idOf(index + 1),
          type: 'published',
          flows: [{ name, version }],
          author,
          at: published_at,
        })),
      );
    },
  };
}

function idAfter(last: string | undefined): string {
  return idOf(Number(last ?? 0) + 1);
}

/** In order as text is, as numbers are. */
function idOf(number: number): string {
  return String(number).padStart(10, '0');
}
