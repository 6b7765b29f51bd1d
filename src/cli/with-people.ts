import type { Connection } from 'mongoose';
import { readSettings, type Settings } from '../config.js';
import { createRecordWriter, type RecordWriter } from '../conversation/record-writer.js';
import { ownerName } from '../conversation/sweep.js';
import { createLog } from '../log.js';
import type { Invitations } from '../outreach/invitations/invitations.js';
import type { Donations } from '../donations/book/donations.js';
import { createMailer } from '../mail/mailer.js';
import type { Proxies } from '../outreach/proxies/proxies.js';
import type { Votes } from '../outreach/election-day/votes.js';
import type { Deliveries } from '../outreach/messages/deliveries.js';
import type { Messages } from '../outreach/messages/messages.js';
import type { Posts } from '../outreach/posts/posts.js';
import type { Sequences } from '../outreach/sequences/sequences.js';
import type { StaffTables } from '../staff/staff-tables.js';
import { findSecretKey } from '../secrets.js';
import { openTables } from '../program/open-tables.js';
import { openStore, type Store } from '../store/connection.js';
import type { Transcripts } from '../store/transcripts.js';
import type { People } from '../supporters/open-people.js';
import { createErasure, type EraseSupporter } from '../supporters/privacy/erase-supporter.js';
import type { PersonalData } from '../supporters/privacy/personal-data.js';
import type { Volunteers } from '../volunteers/volunteers.js';

/** What a command works with that reads or changes what is known of people. */
export type PeopleAtHand = People & {
  readonly settings: Settings;
  readonly transcripts: Transcripts;
  readonly others: readonly PersonalData[];
  readonly invitations: Invitations;
  readonly messages: Messages;
  readonly deliveries: Deliveries;
  readonly votes: Votes;
  readonly proxies: Proxies;
  readonly volunteers: Volunteers;
  readonly donations: Donations;
  readonly sequences: Sequences;
  readonly posts: Posts;
  readonly staff: StaffTables;
  readonly connection: Connection;
  readonly store: Store;
  /** Signs links, tokens and sessions. */
  readonly secret: string;
  /** Writes records under the guard that a running server keeps to. */
  readonly write: RecordWriter['write'];
  readonly erase: EraseSupporter;
  /** Names this process in leases. */
  readonly owner: string;
};

/**
 * Opens the store, or joins that of a running server, for as long as the work takes; `unfinished`: also one
 * that holds only a part of a backup.
 */
export async function withPeople<T>(
  work: (people: PeopleAtHand) => Promise<T>,
  { unfinished = false } = {},
): Promise<T> {
  const settings = readSettings();
  const { dataDir, mongodbUri, smtpUrl, mailFrom: from } = settings;
  const now = (): number => Date.now();
  const log = createLog(settings.logLevel);
  const secret = findSecretKey(dataDir, settings.secretKey);
  const store = await openStore({ dataDir, mongodbUri, lasting: false, unfinished });
  const mailer = createMailer({ smtpUrl, from, dataDir });
  try {
    const { connection } = store;
    const { people, ...kept } = openTables(connection, secret, now);
    const owner = ownerName();
    const writer = createRecordWriter({ supporters: people.supporters, owner, log, now });
    const erase = createErasure({
      ...people,
      others: kept.others,
      write: (supporter, change) => writer.write(supporter, undefined, change),
      eraseTranscript: kept.transcripts.erase,
      removeMail: mailer.removeTo,
      forget: writer.forget,
      owner,
      readingMs: 0,
      now,
    });
    return await work({
      ...people,
      ...kept,
      settings,
      connection,
      store,
      secret,
      write: writer.write,
      erase,
      owner,
    });
  } finally {
    mailer.close();
    await store.close();
  }
}
