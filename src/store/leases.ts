import type { Connection } from 'mongoose';
import { openTable, type Table } from './table.js';

export type LeaseRow = { readonly _id: string; readonly owner: string; readonly until: Date };

/** Something that one process at a time may do. */
export type NamedLease = {
  /** Takes it, or prolongs what is held already; false while another process holds it. */
  hold(): Promise<boolean>;
  /** Gives it up, so that another process need not wait for its end. */
  release(): Promise<void>;
};

export type Leases = {
  readonly table: Table<LeaseRow>;
  /** A lease that ends `lastsMs` after it was last held, if its holder dies. `owner` names this process. */
  named(owner: string, name: string, lastsMs: number): NamedLease;
};

/** Opens the collection `leases`; the clocks of the hosts must agree to the second. */
export function openLeases(connection: Connection, now: () => number): Leases {
  const table = openTable<LeaseRow>(connection, {
    name: 'leases',
    schema: { owner: String, until: Date },
    indexes: [],
  });
  return {
    table,
    named: (owner, name, lastsMs) => ({
      async hold() {
        const at = now();
        const row: LeaseRow = { _id: name, owner, until: new Date(at + lastsMs) };
        const isFree = { $or: [{ owner }, { until: { $lte: new Date(at) } }] };
        return (await table.replaceIf(isFree, row)) || (await table.insert(row));
      },
      async release() {
        await table.remove({ _id: name, owner });
      },
    }),
  };
}
