import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';

/**
 * One e-mail a turn asked for. A mail is never sent twice: its row is there before it leaves, and one
 * found `sending` after a crash, or whose sending was cut short (`unknown`), stays in doubt.
 */
export type MailRow = {
  /** The key of the act that asked for it. */
  readonly _id: string;
  readonly supporter: string;
  /** Keyed hash of the address, so that one address is not written to without end. */
  readonly to: string;
  readonly state: 'sending' | 'sent' | 'unknown';
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

export type Mail = { readonly to: string; readonly subject: string; readonly text: string };
/** Sends a mail; `refused` is certain, and it rejects when nobody knows. */
export type SendMail = (mail: Mail) => Promise<'sent' | 'refused'>;

/**
 * Sends the mail that a row stands for, unless one under its key went out or is in doubt. One that was
 * refused may be tried again, and throws; so does one in doubt, which then stays so.
 */
export async function sendOnce(
  mails: Table<MailRow>,
  row: MailRow,
  send: SendMail,
  mail: Mail,
): Promise<void> {
  if (!(await mails.insert(row))) return;
  try {
    if ((await send(mail)) === 'sent') {
      await mails.replaceIf({}, { ...row, state: 'sent' });
      return;
    }
  } catch (error) {
    await mails.replaceIf({}, { ...row, state: 'unknown' });
    throw error;
  }
  await mails.remove({ _id: row._id });
  throw new Error('The mail was refused.');
}
