import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';

/**
 * One e-mail a turn asked for. A mail is never sent twice: its row is there before it leaves, and one
 * found `sending` after a crash stays in doubt.
 */
export type MailRow = {
  /** The key of the act that asked for it. */
  readonly _id: string;
  readonly supporter: string;
  /** Keyed hash of the address, so that one address is not written to without end. */
  readonly to: string;
  readonly state: 'sending' | 'sent' | 'failed';
  readonly at: Date;
};

/** Opens the collection `mails`. */
export function openMails(connection: Connection): Table<MailRow> {
  return openTable<MailRow>(connection, {
    name: 'mails',
    schema: { supporter: String, to: String, state: String, at: Date },
    indexes: [[{ supporter: 1 }], [{ to: 1, at: 1 }], [{ state: 1, at: 1 }]],
  });
}
