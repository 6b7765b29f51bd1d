import type { Effect } from '../../engine/effect.js';
import type { Event } from '../../engine/event.js';
import type { Library } from '../../engine/flow.js';
import { dueAt } from '../../engine/session.js';
import { applyEffects } from '../../supporters/apply-effects.js';
import { answered, withoutHandoff } from '../../supporters/handoff.js';
import type { JournalRow } from '../../supporters/journal.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { follow, NOWHERE, placeName, type Place } from './place.js';
import { createRun, type Run } from './run.js';
import { isSameEffects } from './same-effects.js';
import { takeUp, type Recording } from './take-up.js';

/** One turn, three times: as it was recorded, as the flows in force take it, and as the draft does. */
export type ReplayedTurn = {
  readonly event: Event;
  readonly staff?: JournalRow['staff'];
  /** Absent for a timer of the draft's own. */
  readonly recorded?: readonly Effect[];
  /** Absent where the event answers a question that was not asked there. */
  readonly now?: readonly Effect[];
  readonly draft?: readonly Effect[];
  /** The flows that had to do with it. */
  readonly flows: readonly string[];
  /** Whether the draft does what the flows in force do. */
  readonly isSame: boolean;
};

/** A conversation from the first question to the last answer. */
export type ReplayedConversation = {
  readonly supporter: string;
  readonly at: Date;
  readonly channel: string;
  readonly turns: readonly ReplayedTurn[];
  /** The flows it went through, recorded or replayed. */
  readonly flows: readonly string[];
  /** The first turn that goes another way with the draft. */
  readonly differs?: number;
  /** Whether the flows in force, without the draft, differ from the recording already. */
  readonly isOlder: boolean;
  /** Where the draft still stands when the flows in force do not: a question nobody answered. */
  readonly left?: string;
};

/** What became of a recording. */
export type Replayed = {
  readonly conversations: readonly ReplayedConversation[];
  /** Turns replayed, and turns left out because what was before them is no longer kept. */
  readonly turns: number;
  readonly skipped: number;
};

/**
 * Replays what one supporter did, with the flows as they are (`now`) and as they would be (`draft`).
 * Both are compared with each other, so that what differs is the draft's doing and not that of earlier
 * changes; where one of them stands at another question than the recording, answers are passed over until
 * it stands at the same again, or nothing is open. Pure.
 */
export function replayRecording(now: Library, draft: Library, recording: Recording): Replayed {
  const beginning = takeUp(recording);
  if (beginning === undefined) {
    return { conversations: [], turns: 0, skipped: recording.rows.length };
  }
  const rows = recording.rows.slice(beginning.from);
  const runs = { now: createRun(now, beginning.record), draft: createRun(draft, beginning.record) };
  const conversations: ReplayedConversation[] = [];
  let truth: Truth = { record: beginning.record, place: NOWHERE };
  let turns: ReplayedTurn[] = [];
  const close = (): void => {
    conversations.push(...concluded(recording.supporter._id, turns, runs));
    turns = [];
  };
  for (const row of rows) {
    if (placeName(truth.place) === undefined) {
      if (isOver(runs.now)) close();
      catchUp(truth, runs);
    }
    turns.push(...timersOf(runs, truth.place, row.at.getTime()));
    const taken = take(row, truth.place, runs);
    truth = after(truth, row);
    runs.now.pair(row.effects, taken.now ?? [], truth.place);
    runs.draft.pair(row.effects, taken.draft ?? [], truth.place);
    if (!isNothing(taken)) turns.push(taken);
  }
  close();
  return { conversations, turns: rows.length, skipped: beginning.from };
}

type Runs = { readonly now: Run; readonly draft: Run };
/** What the journal itself says of the supporter and of where the conversation stands. */
type Truth = { readonly record: SupporterRecord; readonly place: Place };

function take(row: JournalRow, place: Place, runs: Runs): ReplayedTurn {
  const [now, draft] = [runs.now.take(row, place), runs.draft.take(row, place)];
  return {
    event: row.event,
    ...(row.staff === undefined ? {} : { staff: row.staff }),
    recorded: row.effects,
    ...(now === undefined ? {} : { now }),
    ...(draft === undefined ? {} : { draft }),
    flows: [...flowsOf(runs.now), ...flowsOf(runs.draft), ...row.effects.flatMap(flowOf)],
    isSame: isSameEffects(now, draft),
  };
}

/** The draft's own timers: where they are those of the flows in force, the recording has them. */
function timersOf({ now, draft }: Runs, place: Place, at: number): ReplayedTurn[] {
  if (!draft.isInStep(place)) return [];
  return draft
    .letPass(at, dueAt(now.record().session))
    .filter(([, effects]) => effects.length > 0)
    .map(([event, effects]) => ({ event, draft: effects, flows: flowsOf(draft), isSame: false }));
}

function after({ record, place }: Truth, row: JournalRow): Truth {
  const { handoff } = record;
  if (row.staff === 'replied') {
    const held = handoff === undefined ? {} : { handoff: answered(handoff, row.at) };
    return { record: { ...record, ...held }, place };
  }
  const before = row.staff === 'given_back' ? withoutHandoff(record) : record;
  const { record: next } = applyEffects(before, row.effects, row.at, row.event);
  return {
    record: { ...next, session: { turn: next.session.turn + 1, frames: [] } },
    place: row.staff === 'held' ? place : follow(place, row.event, row.effects),
  };
}

/** Where nothing is open in the recording, whoever stands elsewhere begins afresh with what is known. */
function catchUp({ record, place }: Truth, { now, draft }: Runs): void {
  if (!now.isInStep(place)) {
    const turn = Math.max(1, now.record().session.turn);
    now.become({ ...record, session: { turn, frames: [] } }, place);
  }
  if (!draft.isInStep(place)) draft.become(now.record(), now.place());
}

/** Whether a conversation has ended: nothing is under way, or what is has nothing to do with the recording. */
function isOver(run: Run): boolean {
  const { frames, expired } = run.record().session;
  return !run.isInStep(NOWHERE) || (frames.length === 0 && expired === undefined);
}

/** The turns as a conversation; none when there are none. */
function concluded(
  supporter: string,
  turns: readonly ReplayedTurn[],
  { now, draft }: Runs,
): readonly ReplayedConversation[] {
  const [first] = turns;
  if (first === undefined) return [];
  const differs = turns.findIndex(({ isSame }) => !isSame);
  const left = placeName(draft.place());
  return [
    {
      supporter,
      at: new Date(first.event.at),
      channel: first.event.channel,
      turns,
      flows: [...new Set(turns.flatMap(({ flows }) => flows))].sort(),
      ...(differs < 0 ? {} : { differs }),
      isOlder: turns.some(isOlder),
      ...(left === undefined || left === placeName(now.place()) ? {} : { left }),
    },
  ];
}

function isOlder({ staff, recorded, now }: ReplayedTurn): boolean {
  return recorded !== undefined && staff !== 'replied' && !isSameEffects(recorded, now);
}

/** A timer that did nothing, for anybody. */
function isNothing({ event, recorded = [], now = [], draft = [] }: ReplayedTurn): boolean {
  return event.type === 'elapsed' && [...recorded, ...now, ...draft].length === 0;
}

function flowsOf(run: Run): string[] {
  return run.record().session.frames.map(({ flow }) => flow);
}

function flowOf(effect: Effect): string[] {
  return effect.type === 'say' ? [effect.flow] : [];
}
