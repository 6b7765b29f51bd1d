import { setImmediate } from 'node:timers/promises';
import type { Library } from '../../engine/flow.js';
import type { Journal, JournalRow } from '../../supporters/journal.js';
import type { Supporters } from '../../supporters/supporters.js';
import { replayRecording, type Replayed } from './replay-recording.js';
import { summarise, type ReplaySummary } from './summarise.js';

/** Turns replayed unless more are asked for: the most recent conversations. */
export const TURNS = 10_000;
/** Rows of the journal looked at to find conversations of the flows: five for each turn, and at least so many. */
const ROWS_A_TURN = 5;
const LEAST_ROWS = 20_000;
/** Supporters read in one go. */
const BATCH = 100;

/** Which recordings are replayed, and with what. */
export type ReplayOptions = {
  readonly journal: Journal;
  readonly supporters: Supporters;
  /** The flows in force, and those with the draft among them. */
  readonly now: Library;
  readonly draft: Library;
  /** Whose draft it is: conversations that go through these are replayed before others. */
  readonly flows: readonly string[];
  /** Turns to replay, more or less: no recording is cut short. */
  readonly turns?: number;
  /** Told how many turns were replayed so far. */
  progress?(turns: number): void;
};

/** Replays what the journal has recorded last, and writes nothing. */
export async function replayJournal(options: ReplayOptions): Promise<ReplaySummary> {
  const { journal, supporters, now, draft, flows, turns = TURNS } = options;
  const chosen = await choose(journal, flows, turns);
  const replayed: Replayed[] = [];
  let done = 0;
  for (let from = 0; from < chosen.length; from += BATCH) {
    const ids = chosen.slice(from, from + BATCH);
    const rows = new Map<string, JournalRow[]>(ids.map((id) => [id, []]));
    const sort = { supporter: 1, turn: 1 };
    for await (const row of journal.table.stream({ supporter: { $in: ids } }, { sort })) {
      rows.get(row.supporter)?.push(row);
    }
    for (const supporter of await supporters.table.find({ _id: { $in: ids } })) {
      const one = replayRecording(now, draft, { supporter, rows: rows.get(supporter._id) ?? [] });
      replayed.push(one);
      done += one.turns;
      options.progress?.(done);
      // Others in this process have their turn too.
      await setImmediate();
    }
  }
  return summarise(replayed, flows);
}

/** The supporters whose recordings are replayed: those of the flows first, the last active first. */
async function choose(
  { table }: Journal,
  flows: readonly string[],
  turns: number,
): Promise<readonly string[]> {
  /** Turns of each, by supporter: the number of the newest. */
  const all = new Map<string, number>();
  const concerned = new Set<string>();
  let rows = Math.max(LEAST_ROWS, turns * ROWS_A_TURN);
  let found = 0;
  for await (const { supporter, turn, effects } of table.stream({}, { sort: { at: -1 } })) {
    if (!all.has(supporter)) all.set(supporter, turn);
    const isConcerned = effects.some((effect) => 'flow' in effect && flows.includes(effect.flow));
    if (isConcerned && !concerned.has(supporter)) {
      concerned.add(supporter);
      found += all.get(supporter) ?? 0;
    }
    rows -= 1;
    if (found >= turns || rows <= 0) break;
  }
  const others = [...all.keys()].filter((supporter) => !concerned.has(supporter));
  const chosen: string[] = [];
  let left = turns;
  for (const supporter of [...concerned, ...others]) {
    if (left <= 0) break;
    chosen.push(supporter);
    left -= all.get(supporter) ?? 0;
  }
  return chosen;
}
