import type { Connection } from 'mongoose';
import { createSigner } from '../sign.js';
import type { Table } from '../store/table.js';
import { openAddresses, type Addresses } from './addresses.js';
import { openJournal, type Journal } from './journal.js';
import { openMails, type MailRow } from './mails.js';
import { openOptOuts, type OptOuts } from './opt-outs.js';
import { openSupporters, type Supporters } from './supporters.js';

/** The collections that hold what is known of people. */
export type People = {
  readonly supporters: Supporters;
  readonly addresses: Addresses;
  readonly journal: Journal;
  readonly mails: Table<MailRow>;
  readonly optOuts: OptOuts;
};

/** Opens them all; `secret` keys the hashes of those who opted out. */
export function openPeople(connection: Connection, secret: string): People {
  return {
    supporters: openSupporters(connection),
    addresses: openAddresses(connection),
    journal: openJournal(connection),
    mails: openMails(connection),
    optOuts: openOptOuts(connection, createSigner(secret, 'opt-outs')),
  };
}
