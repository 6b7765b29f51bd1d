import { identitiesOf } from '../../supporters/identities.js';
import type { People } from '../../supporters/open-people.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { isDuplicate } from '../../store/table.js';
import type { Transaction } from '../../store/transaction.js';
import { excessOf } from '../rules/decide-donation.js';
import type { Movement } from './apply-notice.js';
import { standingOf, type DonationRow } from './donation.js';
import type { DonationNewsRow, Donations, DonorRow } from './donations.js';
import {
  linesOfDispute,
  linesOfExcess,
  linesOfLoss,
  linesOfPayment,
  type LedgerEntry,
  type LedgerLine,
} from './ledger.js';

/** Times that a change which others overtook is begun again. */
const MOST_TRIES = 40;
/** Merges that lie on each other. */
const MOST_MERGES = 50;

/** A person as the book knows them in one moment: all ids, and all their gifts to one election. */
export type Person = {
  /** The profile that lives; absent: it was erased. */
  readonly record?: SupporterRecord;
  readonly ids: readonly string[];
  readonly rows: readonly DonationRow[];
  /** What the ledger has to be returned to them. */
  readonly toReturnCents: number;
};

/** What is to be written of a person, all of it or nothing. */
export type Changes = {
  readonly insert?: DonationRow;
  readonly replace?: DonationRow;
  readonly movements?: readonly Movement[];
  readonly news?: readonly DonationNewsRow[];
  /** Nothing moved, but what is over the ceiling is entered anew. */
  readonly settles?: true;
};

export type Book = {
  /**
   * Reads everything about a person's gifts to an election, and writes what `decide` makes of it, as one:
   * whatever two processes do at once comes out as if one had been first. `decide` must be pure; it may be
   * asked several times.
   */
  change<T>(
    supporter: string,
    election: string,
    decide: (person: Person) => { readonly answer: T; readonly changes?: Changes },
  ): Promise<T>;
  /** Puts the ledger right about what is over the ceiling, after profiles were merged or parted. */
  settleExcess(supporter: string, election: string): Promise<void>;
};

export type BookOptions = {
  readonly tables: Donations;
  readonly people: Pick<People, 'supporters' | 'merges'>;
  /** Called once more than before is to be returned to a person. */
  flagged?(donation: string): void;
  now(): number;
};

/** Opens the book of donations. */
export function createBook({ tables, people, flagged, now }: BookOptions): Book {
  const { donations, donors, ledger, news } = tables;

  /** The profile that an id belongs to now, as the transaction sees it. */
  async function recordOf(
    transaction: Transaction,
    supporter: string,
  ): Promise<SupporterRecord | undefined> {
    let id = supporter;
    for (let merges = 0; merges < MOST_MERGES; merges += 1) {
      const [record] = await transaction.find(people.supporters.table, { _id: id });
      if (record !== undefined) return record;
      const [merge] = await transaction.find(people.merges.table, {
        merged: id,
        undone_at: { $exists: false },
      });
      if (merge === undefined) break;
      id = merge.kept;
    }
    // What tells of a merge is not kept for ever; the profile itself remembers.
    const [record] = await transaction.find(people.supporters.table, { merged_from: supporter });
    return record;
  }

  async function attempt<T>(
    supporter: string,
    election: string,
    decide: (person: Person) => { readonly answer: T; readonly changes?: Changes },
  ): Promise<{ readonly answer: T } | undefined> {
    let taken: { readonly answer: T } | undefined;
    let over: string | undefined;
    const isDone = await tables.transact(async (transaction) => {
      const record = await recordOf(transaction, supporter);
      const ids = record === undefined ? [supporter] : identitiesOf(record);
      const whose = { supporter: { $in: [...ids] }, election };
      const rows = await transaction.find(donations, whose);
      const known = await transaction.find(donors, whose);
      const toReturnCents = known.reduce((sum, { to_return_cents: cents }) => sum + cents, 0);
      const person = { ids, rows, toReturnCents, ...(record === undefined ? {} : { record }) };
      const { answer, changes } = decide(person);
      taken = { answer };
      over = changes && (await write(transaction, person, changes, known));
    });
    if (!isDone) return undefined;
    if (over !== undefined) flagged?.(over);
    return taken;
  }

  /** Answers which gift brought the person over the ceiling, if one did. */
  async function write(
    transaction: Transaction,
    { ids, rows, toReturnCents }: Person,
    { insert, replace, movements = [], news: told = [], settles }: Changes,
    known: readonly DonorRow[],
  ): Promise<string | undefined> {
    const at = new Date(now());
    const subject = insert ?? replace;
    if (subject === undefined) throw new Error('A change of the book is about a donation.');
    const rest = rows.filter(({ _id }) => _id !== subject._id);
    const isMoved = movements.length > 0 || settles === true;
    const grows = isMoved ? excessOfAll([subject, ...rest], now()) - toReturnCents : 0;
    const entries = entriesOf(subject, movements, grows, revisionOf(known), at);
    if (insert !== undefined) await transaction.insert(donations, insert);
    if (replace !== undefined) await transaction.replace(donations, {}, replace);
    for (const entry of entries) await transaction.insert(ledger, entry);
    for (const one of told) await transaction.insert(news, one);
    for (const id of ids) {
      const before = known.find((one) => one.supporter === id);
      const isSubject = id === subject.supporter;
      const next: DonorRow = {
        _id: `${subject.election} ${id}`,
        election: subject.election,
        supporter: id,
        revision: (before?.revision ?? 0) + 1,
        to_return_cents: (before?.to_return_cents ?? 0) + (isSubject ? grows : 0),
        ...(isMoved || before?.stale === true ? { stale: true as const } : {}),
        at,
      };
      if (before === undefined) await transaction.insert(donors, next);
      else await transaction.replace(donors, { revision: before.revision }, next);
    }
    return grows > 0 ? subject._id : undefined;
  }

  async function settle<T>(
    supporter: string,
    election: string,
    decide: (person: Person) => { readonly answer: T; readonly changes?: Changes },
  ): Promise<T> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      try {
        const taken = await attempt(supporter, election, decide);
        if (taken !== undefined) return taken.answer;
      } catch (error) {
        // Somebody made the same row first: look again at what there is now.
        if (!isDuplicate(error)) throw error;
      }
    }
    throw new Error('Too many writers at once for the donations of one person.');
  }

  return {
    change: settle,
    settleExcess: (supporter, election) =>
      settle(supporter, election, ({ rows, toReturnCents }) => {
        const isRight = excessOfAll(rows, now()) === toReturnCents;
        const latest = rows
          .filter(({ state }) => state === 'paid')
          .toSorted((one, other) => timeOf(other) - timeOf(one))[0];
        return isRight || latest === undefined
          ? { answer: undefined }
          : { answer: undefined, changes: { replace: latest, settles: true } };
      }),
  };
}

function timeOf({ paid_at: at }: DonationRow): number {
  return at?.getTime() ?? 0;
}

/** Gifts to one election have one ceiling; should counsel have changed it meanwhile, the latest holds. */
function excessOfAll(rows: readonly DonationRow[], at: number): number {
  const latest = rows.toSorted((one, other) => other.at.getTime() - one.at.getTime())[0];
  const ceilingCents = latest?.ceiling_cents;
  return excessOf(ceilingCents === undefined ? {} : { ceilingCents }, standingOf(rows, at));
}

function revisionOf(known: readonly DonorRow[]): number {
  return known.reduce((sum, { revision }) => sum + revision, 0);
}

/** The entries of what moved; the first that may carries what is over the ceiling now, and was not. */
function entriesOf(
  row: DonationRow,
  movements: readonly Movement[],
  excess: number,
  revision: number,
  at: Date,
): readonly LedgerEntry[] {
  const { _id: donation, election, currency, gateway } = row;
  const about = { donation, election, currency, gateway, at };
  let open = excess;
  const entries = movements.map(({ kind, id, cents, by, reason }): LedgerEntry => {
    const lines = linesOf(kind, cents, open);
    if (kind !== 'disputed' && kind !== 'dispute_won') open = 0;
    return {
      _id: `${donation}:${kind}${id === '' ? '' : `:${id}`}`,
      ...about,
      kind,
      lines,
      ...(by === undefined ? {} : { by }),
      ...(reason === undefined ? {} : { reason }),
    };
  });
  if (open === 0) return entries;
  const moved = {
    _id: `${donation}:excess:${revision}`,
    ...about,
    kind: 'excess' as const,
    lines: linesOfExcess(open),
  };
  return [...entries, moved];
}

function linesOf(kind: Movement['kind'], cents: number, excess: number): readonly LedgerLine[] {
  switch (kind) {
    case 'paid':
    case 'refunded':
      return linesOfPayment(cents, excess);
    case 'disputed':
      return linesOfDispute(cents);
    case 'dispute_won':
      return linesOfDispute(-cents);
    case 'dispute_lost':
      return linesOfLoss(cents, excess);
    default:
      return kind satisfies never;
  }
}
