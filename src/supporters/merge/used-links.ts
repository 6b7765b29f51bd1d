import type { Connection } from 'mongoose';
import { openTable, type Table } from '../../store/table.js';

/** A link that was opened, by keyed hashes: neither it nor the address can be read from them. */
export type UsedLinkRow = {
  readonly _id: string;
  /** The address that opened it. */
  readonly by: string;
  /** Until when the link was good. */
  readonly at: Date;
};

/** How much longer it is kept, in seconds. */
const KEPT_S = 86_400;

/** Opens the collection `used_links`. */
export function openUsedLinks(connection: Connection): Table<UsedLinkRow> {
  return openTable<UsedLinkRow>(connection, {
    name: 'used_links',
    schema: { by: String, at: Date },
    indexes: [[{ at: 1 }, { expireAfterSeconds: KEPT_S }]],
  });
}
