import type { Connection } from 'mongoose';
import { createSigner } from '../sign.js';
import type { Table } from '../store/table.js';
import { transact, type Transaction } from '../store/transaction.js';
import { openAddresses, type Addresses } from './addresses.js';
import { openFiles, type Files } from './files/files.js';
import { openJournal, type Journal } from './journal.js';
import { openMails, type MailRow } from './mails.js';
import { openJoinCodes, type JoinCodeRow } from './merge/join-codes.js';
import { openMerges, type Merges } from './merge/merges.js';
import { openUsedLinks, type UsedLinkRow } from './merge/used-links.js';
import { openOptOuts, type OptOuts } from './opt-outs.js';
import { openSupporters, type Supporters } from './supporters.js';

/** The collections that hold what is known of people. */
export type People = {
  readonly supporters: Supporters;
  readonly addresses: Addresses;
  readonly journal: Journal;
  readonly files: Files;
  readonly mails: Table<MailRow>;
  readonly merges: Merges;
  readonly usedLinks: Table<UsedLinkRow>;
  readonly joinCodes: Table<JoinCodeRow>;
  readonly optOuts: OptOuts;
  /** Writes to several of them as one; false, with nothing written, when a row was not as it should be. */
  transact(work: (transaction: Transaction) => Promise<void>): Promise<boolean>;
};

/** Opens them all; `secret` keys the hashes of those who opted out. */
export function openPeople(connection: Connection, secret: string): People {
  const supporters = openSupporters(connection);
  return {
    supporters,
    addresses: openAddresses(connection, supporters),
    journal: openJournal(connection),
    files: openFiles(connection),
    mails: openMails(connection),
    merges: openMerges(connection),
    usedLinks: openUsedLinks(connection),
    joinCodes: openJoinCodes(connection),
    optOuts: openOptOuts(connection, createSigner(secret, 'opt-outs')),
    transact: (work) => transact(connection, work),
  };
}
