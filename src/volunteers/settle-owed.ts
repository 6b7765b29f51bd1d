import { setTimeout as sleep } from 'node:timers/promises';
import { createBatcher } from '../store/batcher.js';
import type { Table } from '../store/table.js';
import { identitiesOf } from '../supporters/identities.js';
import type { SignupState, SupporterRecord, Summary } from '../supporters/record.js';
import { giveUp, settled } from './book.js';
import type { Owed, Shift } from './shift.js';
import type { Shifts } from './shifts.js';
import type { VolunteerNewsRow } from './volunteer-news.js';

/** What a process that died left undone is taken up so long after it was owed. */
const ABANDONED_MS = 5_000;
const MOST = 50;
/** What is done leaves the document a moment later, with all else that is done by then. */
const NOTED_AFTER_MS = 100;

export type SettlingOptions = {
  readonly shifts: Shifts;
  readonly news: Table<VolunteerNewsRow>;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Changes a record in one guarded write. */
  change(supporter: string, change: (record: SupporterRecord) => SupporterRecord): Promise<void>;
  report(error: unknown): void;
  now(): number;
};

/** Does what follows from the writes of shifts; each thing may be done twice, and changes nothing more. */
export type Settling = {
  /** Changes a shift, and does what follows; a failure there is reported, and done later. */
  change<T>(
    id: string,
    change: (shift: Shift) => { readonly shift: Shift; readonly answer: T },
  ): Promise<{ readonly shift: Shift; readonly answer: T } | undefined>;
  /** Does what was owed and not done, because a process died. */
  settleAbandoned(): Promise<void>;
  /** Resolves when nothing of this process is under way any more. */
  idle(): Promise<void>;
};

export function createSettling(options: SettlingOptions): Settling {
  const { shifts, news, now } = options;
  const noting = new Set<Promise<unknown>>();

  /** Counts the signups of several people at once: their shifts are read together. */
  const count = createBatcher<string>(async (supporters) => {
    const wanted = [...new Set(supporters)];
    const found = await Promise.all(wanted.map((one) => options.find(one)));
    const records = new Map(found.flatMap((one) => (one === undefined ? [] : [[one._id, one]])));
    const ids = [...records.values()].flatMap((record) => identitiesOf(record));
    const theirs = ids.length === 0 ? [] : await shifts.of(ids);
    await Promise.all(
      [...records.values()].map(async (record) => {
        const signups = countSignups(theirs, identitiesOf(record));
        await options.change(record._id, (before) => withSignups(before, signups));
      }),
    );
    return supporters.map(() => undefined);
  });

  async function pay(shift: Pick<Shift, '_id'>, owed: Owed): Promise<void> {
    switch (owed.type) {
      case 'news': {
        const { id: _id, kind, supporter, signup, due, expires } = owed;
        const about = { supporter, kind, shift: shift._id, signup };
        await news.insert({ _id, ...about, state: 'due', due, expires });
        return;
      }
      case 'count':
        return count(owed.supporter);
      case 'release': {
        const record = await options.find(owed.supporter);
        const person = {
          supporter: owed.supporter,
          ids: record === undefined ? [owed.supporter] : identitiesOf(record),
        };
        await changeAndSettle(owed.shift, (other) => {
          const { shift: next } = giveUp(other, { ...person, key: owed.id, at: now() });
          return { shift: next, answer: undefined };
        });
        return;
      }
      default:
        owed satisfies never;
    }
  }

  async function settle(shift: Pick<Shift, '_id'>, owed: readonly Owed[]): Promise<void> {
    if (owed.length === 0) return;
    const done = new Set<string>();
    await Promise.all(
      owed.map(async (one) => {
        try {
          await pay(shift, one);
          done.add(one.id);
        } catch (error) {
          options.report(error);
        }
      }),
    );
    // What is done twice changes nothing, so nobody needs to wait for this write, and a few go together.
    const noted = sleep(NOTED_AFTER_MS)
      .then(() =>
        shifts.change(shift._id, (before) => ({ shift: settled(before, done), answer: undefined })),
      )
      .catch((error: unknown) => options.report(error))
      .finally(() => noting.delete(noted));
    noting.add(noted);
  }

  const changeAndSettle: Settling['change'] = async (id, change) => {
    const made = await shifts.change(id, (before) => {
      const { shift, answer } = change(before);
      return { shift, answer: { shift, answer, owed: shift.owed.slice(before.owed.length) } };
    });
    if (made === undefined) return undefined;
    await settle(made.shift, made.owed);
    return { shift: made.shift, answer: made.answer };
  };

  return {
    change: changeAndSettle,
    async settleAbandoned() {
      const since = { owing: { $lte: new Date(now() - ABANDONED_MS) } };
      const rows = await shifts.table.find(since, { sort: { owing: 1 }, limit: MOST });
      for (const row of rows) await settle(row, row.owed);
    },
    async idle() {
      while (noting.size > 0) await Promise.all(noting);
    },
  };
}

/** How many signups of somebody stand in each state. */
function countSignups(
  shifts: readonly Shift[],
  ids: readonly string[],
): NonNullable<Summary['signups']> {
  const counts: { -readonly [state in SignupState]?: number } = {};
  for (const { signups } of shifts) {
    for (const { supporter, state } of signups) {
      if (ids.includes(supporter)) counts[state] = (counts[state] ?? 0) + 1;
    }
  }
  return counts;
}

/** The record with what its summary says of signups; the same one when that says so already. */
function withSignups(
  record: SupporterRecord,
  signups: NonNullable<Summary['signups']>,
): SupporterRecord {
  const { signups: before = {}, ...rest } = record.summary ?? {};
  const states = new Set([...Object.keys(before), ...Object.keys(signups)]);
  const isSame = [...states].every((state) => get(before, state) === get(signups, state));
  if (isSame) return record;
  return { ...record, summary: { ...rest, signups } };
}

function get(counts: NonNullable<Summary['signups']>, state: string): number {
  return Object.entries(counts).find(([name]) => name === state)?.[1] ?? 0;
}
