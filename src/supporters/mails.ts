import type { Connection } from 'mongoose';
import type { Permit } from '../engine/calendar/permit.js';
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
  readonly state: 'sending' | 'sent' | 'refused' | 'unknown';
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

/** What is in a mail; what is around it is added where it leaves. */
type Letter = {
  readonly to: string;
  /** Language tag of its words. */
  readonly language: string;
  readonly subject: string;
  /** Paragraphs, an empty line apart. */
  readonly text: string;
  /** What it is about, as a button: where the text has the address on a line, else below it. */
  readonly action?: { readonly label: string; readonly url: string };
};

/** A mail that is owed whatever the day: for the team, or asked for by this very person. */
export type OwedMail = Letter & { readonly kind: 'staff' | 'asked_for' };

/** One of those that people agreed to get, which leaves with a permit only. */
export type CampaignMail = Letter & { readonly kind: 'campaign'; readonly permit: Permit };

/** A mail as somebody is to read it; `id` stays the same when it is sent again. */
export type Mail = (OwedMail | CampaignMail) & { readonly id: string };

/** What became of a mail. */
export type MailResult =
  | { readonly type: 'sent' }
  | {
      readonly type: 'failed';
      /** `unreachable` and `rejected` are for good; `in_doubt`: nobody knows. */
      readonly reason: 'unreachable' | 'throttled' | 'rejected' | 'misconfigured' | 'in_doubt';
      /** Present when no other mail could go out at this moment either. */
      readonly everybody?: true;
    };
export type SendMail = (mail: Mail) => Promise<MailResult>;

/**
 * Sends the mail that a row stands for, unless one under its key went out, was refused for good or is in
 * doubt. One that could not be sent now may be tried again, and throws; so does one in doubt, which then
 * stays so.
 */
export async function sendOnce(
  mails: Table<MailRow>,
  row: MailRow,
  send: SendMail,
  mail: OwedMail,
): Promise<void> {
  if (!(await mails.insert(row))) return;
  const result = await send({ ...mail, id: row._id });
  if (result.type === 'sent') return settle(mails, row, 'sent');
  switch (result.reason) {
    case 'unreachable':
    case 'rejected':
      return settle(mails, row, 'refused');
    case 'in_doubt':
      await settle(mails, row, 'unknown');
      break;
    case 'throttled':
    case 'misconfigured':
      await mails.remove({ _id: row._id });
      break;
    default:
      result.reason satisfies never;
  }
  throw new Error(`The mail was not sent: ${result.reason}.`);
}

async function settle(mails: Table<MailRow>, row: MailRow, state: MailRow['state']): Promise<void> {
  await mails.replaceIf({}, { ...row, state });
}
