import { setTimeout as sleep } from 'node:timers/promises';
import type { Table } from '../../store/table.js';
import type { Addresses } from '../addresses.js';
import type { Journal } from '../journal.js';
import type { MailRow } from '../mails.js';
import type { OptOuts } from '../opt-outs.js';
import type { OutboxItem } from '../outbox-item.js';
import type { SupporterRecord } from '../record.js';
import type { Supporters } from '../supporters.js';
import { findKnownPlaces } from './known-places.js';
import type { PersonalData } from './personal-data.js';

/** The action that erases; its item in the outbox is the last to go. */
export const ERASE = 'privacy.erase';
/** How long what is still being sent is waited for, the last words among it. */
const LAST_WORDS_MS = 30_000;
const LOOK_AGAIN_MS = 100;
/** An erasure that another process left is taken up after this long. */
const LEASE_MS = 15_000;
/** Mails of this long are still counted against one address. */
const DAY_MS = 86_400_000;

type Change = { readonly record?: SupporterRecord; readonly answer: 'begun' | 'wait' };

export type ErasureOptions = {
  readonly supporters: Supporters;
  readonly addresses: Addresses;
  readonly journal: Journal;
  readonly mails: Table<MailRow>;
  readonly optOuts: OptOuts;
  readonly others: readonly PersonalData[];
  /** Changes the record in one guarded write; undefined when there is none. */
  write(
    supporter: string,
    change: (record: SupporterRecord) => Change,
  ): Promise<Change['answer'] | undefined>;
  /** Erases what a channel itself keeps of a conversation. */
  eraseTranscript(channel: string, address: string): Promise<void>;
  /** Removes mail to an address that was written to a folder. */
  removeMail(address: string): Promise<void>;
  /** Lets this process forget who these addresses belonged to. */
  forget(supporter: string, addresses: readonly string[]): void;
  /** Names this process in leases. */
  readonly owner: string;
  now(): number;
};

/** Erases everything about a supporter; false when there is no such supporter (any more). */
export type EraseSupporter = (supporter: string) => Promise<boolean>;

/**
 * Makes the erasure (GDPR art. 17). It begins with a mark in the supporter's document, from which on no
 * turn is taken, and ends with that document, whose outbox holds the erasure itself: killed at any
 * moment, it is either not begun, or finished by whoever finds the outbox abandoned. Every step may be
 * repeated. What stays are keyed hashes in `opt_outs`, so that an import does not bring the person back.
 */
export function createErasure(options: ErasureOptions): EraseSupporter {
  const { supporters, addresses, journal, mails, optOuts, now } = options;

  /** Whether the erasure is marked; waits for others who are still sending, in any process. */
  async function begin(supporter: string): Promise<boolean> {
    const latest = now() + LAST_WORDS_MS;
    for (;;) {
      const answer = await options.write(supporter, (record) =>
        mark(record, new Date(now()), now() < latest, options.owner),
      );
      if (answer !== 'wait') return answer === 'begun';
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** What only limits how often an unknown person's address is written to stays for a day, unnamed. */
  async function eraseMails(supporter: string): Promise<void> {
    await mails.remove({ supporter, at: { $lte: new Date(now() - DAY_MS) } });
    for (const row of await mails.find({ supporter })) {
      await mails.replaceIf({}, { ...row, supporter: '' });
    }
  }

  return async (supporter) => {
    if (!(await begin(supporter))) return false;
    const record = await supporters.get(supporter);
    if (record?.erasing === undefined) return false;
    const rows = await addresses.ofSupporter(supporter);
    const known = await findKnownPlaces(record, rows, journal);
    await optOuts.enter(known.places, record.erasing, record.turns);
    for (const email of known.emails) await options.removeMail(email);
    await eraseMails(supporter);
    for (const { channel, address } of rows) await options.eraseTranscript(channel, address);
    for (const other of options.others) await other.erase(supporter);
    // What was found out from the journal is done by now.
    await journal.table.remove({ supporter });
    await addresses.table.remove({ supporter });
    await supporters.removeErased(supporter);
    options.forget(
      supporter,
      rows.map(({ _id }) => _id),
    );
    return true;
  };
}

/** The record with the mark, and nothing in its outbox but the erasure; or that others are at work. */
function mark(record: SupporterRecord, at: Date, mayWait: boolean, owner: string): Change {
  const erasures = record.outbox.filter(isErasure);
  const isLeased = record.lease !== undefined && record.lease.until > at;
  const isBusy = erasures.length < record.outbox.length && isLeased;
  if (record.erasing === undefined && isBusy && mayWait) return { answer: 'wait' };
  const { due: _, ...lasting } = record;
  const outbox = erasures.length > 0 ? erasures : [erasureOf(record)];
  const lease = erasures.length > 0 ? record.lease : undefined;
  const until = new Date(at.getTime() + LEASE_MS);
  return {
    answer: 'begun',
    record: { ...lasting, erasing: record.erasing ?? at, outbox, lease: lease ?? { owner, until } },
  };
}

function isErasure(item: OutboxItem): boolean {
  return item.type === 'act' && item.action === ERASE;
}

/** The erasure as an item of the outbox, where no flow asked for it. */
function erasureOf({ turns, last }: SupporterRecord): OutboxItem {
  const id = `${turns}.erase`;
  return { id, type: 'act', ...last, action: ERASE, effect: id, with: {}, awaited: false };
}
