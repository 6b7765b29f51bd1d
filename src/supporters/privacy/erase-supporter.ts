import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { identitiesOf } from '../identities.js';
import type { People } from '../open-people.js';
import type { OutboxItem } from '../outbox-item.js';
import type { SupporterRecord } from '../record.js';
import { findKnownPlaces } from './known-places.js';
import type { PersonalData } from './personal-data.js';

/** The action that erases; its item in the outbox is the last to go. */
export const ERASE = 'privacy.erase';
/** How long what is still being sent is waited for, the last words among it. */
const LAST_WORDS_MS = 30_000;
const LOOK_AGAIN_MS = 100;
/** An erasure that another process left is taken up after this long. */
const LEASE_MS = 15_000;
/** For so long, mails are counted against one address. */
export const MAILS_COUNTED_MS = 86_400_000;

/**
 * `asked`: the erasure is begun, and somebody who asked for it in the chat is reading the answer; `begun`:
 * nobody is; `wait`: others are still sending.
 */
type Beginning = 'asked' | 'begun' | 'wait';
type Change = { readonly record?: SupporterRecord; readonly answer: Beginning };

export type ErasureOptions = People & {
  readonly others: readonly PersonalData[];
  /** Changes the record in one guarded write; undefined when there is none. */
  write(
    supporter: string,
    change: (record: SupporterRecord) => Change,
  ): Promise<Beginning | undefined>;
  /** Erases what a channel itself keeps of a conversation. */
  eraseTranscript(channel: string, address: string): Promise<void>;
  /** Removes mail to an address that was written to a folder. */
  removeMail(address: string): Promise<void>;
  /** Lets this process forget who these addresses belonged to. */
  forget(supporter: string, addresses: readonly string[]): void;
  /** Names this process in leases. */
  readonly owner: string;
  /**
   * How long what was said last is left to be read by whoever asked in the chat, in milliseconds: pages
   * that ask for news now and then would else never show that the wish was granted.
   */
  readonly readingMs: number;
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
  const { supporters, addresses, journal, mails, merges, optOuts, now } = options;

  /** Marks the erasure, once nobody is sending any more in any process; undefined when there is nobody. */
  async function begin(supporter: string): Promise<Beginning | undefined> {
    const latest = now() + LAST_WORDS_MS;
    for (;;) {
      const answer = await options.write(supporter, (record) =>
        mark(record, new Date(now()), now() < latest, options.owner),
      );
      if (answer !== 'wait') return answer;
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Those that still count against an address stay for a day, without a word of whom they were about. */
  async function eraseMails(ids: readonly string[]): Promise<void> {
    const supporter = { $in: [...ids] };
    const rows = await mails.find({ supporter });
    const counted = rows.filter(({ at }) => at.getTime() > now() - MAILS_COUNTED_MS);
    await mails.insertMissing(
      counted.map((row) => ({ ...row, _id: nameless(row._id), ...NOBODY })),
    );
    await mails.remove({ supporter });
  }

  return async (supporter) => {
    const beginning = await begin(supporter);
    if (beginning === undefined) return false;
    if (beginning === 'asked') await sleep(options.readingMs);
    const record = await supporters.get(supporter);
    if (record?.erasing === undefined) return false;
    const rows = await addresses.ofSupporter(supporter);
    const known = await findKnownPlaces(record, rows, options);
    await optOuts.enter(known.places, record.erasing, record.turns);
    for (const email of known.emails) await options.removeMail(email);
    const ids = identitiesOf(record);
    await eraseMails(ids);
    for (const { channel, address } of rows) await options.eraseTranscript(channel, address);
    await options.files.eraseOf(ids);
    for (const other of options.others) for (const id of ids) await other.erase(id);
    // What was found out from the journal is done by now.
    await journal.table.remove({ supporter: { $in: [...ids] } });
    // Profiles as they were before a merge; with them goes the way back.
    await merges.table.remove({ $or: [{ kept: { $in: ids } }, { merged: { $in: ids } }] });
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
  // From here on nothing wakes it but the erasure, and nobody waits for the team.
  const { due: _due, handoff: _handoff, ...lasting } = record;
  const outbox = erasures.length > 0 ? erasures : [erasureOf(record)];
  const lease = erasures.length > 0 ? record.lease : undefined;
  const until = new Date(at.getTime() + LEASE_MS);
  return {
    answer: erasures.length > 0 ? 'asked' : 'begun',
    record: { ...lasting, erasing: record.erasing ?? at, outbox, lease: lease ?? { owner, until } },
  };
}

/** Mails of people who were erased. */
export const NOBODY = { supporter: '' } as const;

/** The key of a mail names the supporter; this is another one that is as unique, and names nobody. */
function nameless(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function isErasure(item: OutboxItem): boolean {
  return item.type === 'act' && item.action === ERASE;
}

/** The erasure as an item of the outbox, where no flow asked for it. */
function erasureOf({ turns, last }: SupporterRecord): OutboxItem {
  const id = `${turns}.erase`;
  return { id, type: 'act', ...last, action: ERASE, effect: id, with: {}, awaited: false };
}
