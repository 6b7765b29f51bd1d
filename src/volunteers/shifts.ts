import type { Connection } from 'mongoose';
import { createBatcher } from '../store/batcher.js';
import { createCache, type Cache } from '../store/cache.js';
import { openTable, type Table } from '../store/table.js';
import type { Shift } from './shift.js';

/** Writes lost against other processes before a change is given up. */
const MOST_TRIES = 50;
/** Changes of one shift that go into one write. */
const TOGETHER = 200;
/** Shifts remembered as this process last wrote them. */
const REMEMBERED = 200;

/** Makes of a shift what it is to be, and answers; pure, for a lost race runs it again. */
export type ChangeShift<T> = (shift: Shift) => { readonly shift: Shift; readonly answer: T };

export type Shifts = {
  readonly table: Table<Shift>;
  /**
   * Changes a shift in one guarded write; changes of one shift that this process is asked for at the same
   * time go together, in the order they came. Undefined: there is no such shift.
   */
  change<T>(id: string, change: ChangeShift<T>): Promise<T | undefined>;
  /** A shift for what never changes of it; who signed up may not be the latest. */
  recall(id: string): Promise<Shift | undefined>;
  /** Those that any of these ids signed up for. */
  of(ids: readonly string[]): Promise<Shift[]>;
  /** Those that are open and not over. */
  upcoming(at: Date): Promise<Shift[]>;
};

/** Opens the collection `shifts`. */
export function openShifts(connection: Connection): Shifts {
  const table = openTable<Shift>(connection, {
    name: 'shifts',
    schema: {
      revision: Number,
      state: String,
      title: {},
      task: String,
      place: {},
      timezone: String,
      starts: Date,
      ends: Date,
      capacity: Number,
      skills: [String],
      languages: [String],
      check_in: [String],
      leader: String,
      code: String,
      signups: [{}],
      serial: Number,
      owed: [{}],
      owing: Date,
      at: Date,
    },
    indexes: [
      [{ state: 1, ends: 1 }],
      [{ starts: 1, _id: 1 }],
      [{ 'signups.supporter': 1 }],
      // The day they signed up, for figures.
      [{ 'signups.made': 1 }, { sparse: true }],
      [{ leader: 1 }, { sparse: true }],
      [{ owing: 1 }, { sparse: true }],
    ],
  });
  const known = createCache<Shift>(REMEMBERED);
  return {
    table,
    change: createChanger(table, known),
    recall: async (id) => known.get(id) ?? (await table.get(id)),
    of: (ids) => table.find({ 'signups.supporter': { $in: [...ids] } }, { sort: { starts: 1 } }),
    upcoming: (at) => table.find({ state: 'open', ends: { $gt: at } }, { sort: { starts: 1 } }),
  };
}

function createChanger(table: Table<Shift>, known: Cache<Shift>): Shifts['change'] {
  type Step = (shift: Shift) => { readonly shift: Shift; readonly settle: () => void };
  type Queue = (step: Step) => Promise<boolean>;
  const queues = new Map<string, { readonly run: Queue; waiting: number }>();

  async function write(id: string, steps: readonly Step[]): Promise<boolean> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const remembered = tries === 0 ? known.get(id) : undefined;
      const before = remembered ?? (await table.get(id));
      if (before === undefined) return false;
      const { shift, settle } = takeAll(before, steps);
      if (shift === before) {
        // Another process may have written since: that nothing changes is true of what is stored only.
        if (remembered !== undefined) continue;
        settle();
        return true;
      }
      const { revision } = before;
      const next = { ...shift, revision: revision + 1 };
      // Until it is written nobody knows what is there: a write may fail in doubt.
      known.delete(id);
      if (!(await table.replaceIf({ revision }, next))) continue;
      known.set(id, next);
      settle();
      return true;
    }
    throw new Error('Too many writers at once for one shift.');
  }

  function takeAll(before: Shift, steps: readonly Step[]) {
    const settles: (() => void)[] = [];
    let shift = before;
    for (const step of steps) {
      const made = step(shift);
      shift = made.shift;
      settles.push(made.settle);
    }
    return {
      shift,
      settle: () => {
        for (const settle of settles) settle();
      },
    };
  }

  return async <T>(id: string, change: ChangeShift<T>): Promise<T | undefined> => {
    const queue = queues.get(id) ?? {
      run: createBatcher<Step, boolean>(async (steps) => {
        const isThere = await write(id, steps);
        return steps.map(() => isThere);
      }, TOGETHER),
      waiting: 0,
    };
    queues.set(id, queue);
    queue.waiting += 1;
    let answer: T | undefined;
    try {
      await queue.run((before) => {
        const made = change(before);
        return {
          shift: made.shift,
          settle: () => {
            answer = made.answer;
          },
        };
      });
    } finally {
      queue.waiting -= 1;
      if (queue.waiting === 0) queues.delete(id);
    }
    return answer;
  };
}
