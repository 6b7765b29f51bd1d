import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';

/**
 * A link that was shown at a door, so that whoever lives there goes on in a chat of their own. It says
 * which door, never who showed it or who opened it.
 */
export type DoorLinkRow = {
  readonly _id: string;
  readonly door: string;
  /** Keyed hash of the one address that opened it, which cannot be read from it. */
  readonly by?: string;
  readonly at: Date;
  /** Until when it is good. */
  readonly until: Date;
};

export type DoorLinks = { readonly table: Table<DoorLinkRow> };

/** How much longer it is kept, in seconds. */
const KEPT_S = 86_400;

/** Opens the collection `door_links`. */
export function openDoorLinks(connection: Connection): DoorLinks {
  return {
    table: openTable<DoorLinkRow>(connection, {
      name: 'door_links',
      schema: { door: String, by: String, at: Date, until: Date },
      indexes: [[{ door: 1 }], [{ until: 1 }, { expireAfterSeconds: KEPT_S }]],
    }),
  };
}
