import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';
import type { AddressRow } from '../addresses.js';
import type { SupporterRecord } from '../record.js';

/** What showed that two are one person. */
export type Proof =
  /** A signed link that one of them made, opened by the other. */
  | { readonly type: 'link' }
  /** A code sent to the confirmed e-mail address of one of them, given by the other. */
  | { readonly type: 'code' }
  /** Somebody of the team, who says why. */
  | { readonly type: 'staff'; readonly reason?: string };

/** A merge as it is kept, with all that undoing it needs. */
export type MergeRow = {
  readonly _id: string;
  /** The id that lives on, and the one that does not. */
  readonly kept: string;
  readonly merged: string;
  readonly at: Date;
  readonly proof: Proof;
  /** Both as they were. Absent once it was undone. */
  readonly before?: {
    readonly kept: SupporterRecord;
    readonly merged: SupporterRecord;
    readonly addresses: readonly AddressRow[];
  };
  /** What names the write of the merged profile, and the turns it had: what followed has more. */
  readonly after: { readonly written: string; readonly turns: number };
  readonly undone_at?: Date;
};

export type Merges = {
  readonly table: Table<MergeRow>;
  /** Merges that concern one of these supporters, the latest first. */
  of(supporters: readonly string[]): Promise<MergeRow[]>;
};

/** Opens the collection `merges`. */
export function openMerges(connection: Connection): Merges {
  const table = openTable<MergeRow>(connection, {
    name: 'merges',
    schema: {
      kept: String,
      merged: String,
      at: Date,
      proof: {},
      before: {},
      after: {},
      undone_at: Date,
    },
    indexes: [
      [{ kept: 1, at: -1 }],
      [{ merged: 1 }],
      [{ at: -1 }],
      [{ undone_at: 1 }, { sparse: true }],
    ],
  });
  return {
    table,
    of: (supporters) =>
      table.find(
        { $or: [{ kept: { $in: supporters } }, { merged: { $in: supporters } }] },
        { sort: { at: -1 } },
      ),
  };
}
