import type { Json } from './json.js';

/** Answers of one flow by name; an answer that was skipped or given up is absent. */
export type Answers = { readonly [name: string]: Json };

/** A position in one flow; several when flows call each other or a digression is under way. */
export type Frame = {
  readonly flow: string;
  readonly version: string;
  /** Id of the step that waits. */
  readonly step: string;
  readonly answers: Answers;
  /** Values `set` as `session.…`. */
  readonly vars?: { readonly [name: string]: Json };
  /** Turn in which the open question was first asked; its buttons carry it. */
  readonly asked?: number;
  /** Answers refused so far. */
  readonly tries?: number;
  /** Why the frame below waits: it called this one, or this one interrupts its question. */
  readonly over?: 'call' | 'digression';
  /** Id of the effect whose result is awaited. */
  readonly awaits?: string;
  /** Epoch milliseconds of the next timers. */
  readonly remindAt?: number;
  readonly expireAt?: number;
  readonly until?: number;
};

/** A supporter's position in the flows: plain JSON, saved between turns. */
export type Session = {
  /** Number of the last turn; 0 before the first. */
  readonly turn: number;
  /**
   * Nobody was heard yet, although turns were counted: they go on from those of somebody forgotten, whose
   * buttons may still be there.
   */
  readonly fresh?: true;
  /** The last frame is the one under way; none when no question is open. */
  readonly frames: readonly Frame[];
  /** The last button taken: its question's turn, its value, epoch milliseconds. */
  readonly tapped?: readonly [turn: number, value: string, at: number];
  /** What was offered to somebody not understood: the turn that did, and the intents. */
  readonly offered?: readonly [turn: number, ...intents: readonly string[]];
  /** What expired unanswered and may be resumed. */
  readonly expired?: readonly Frame[];
};

/** A session that has not begun. */
export const NEW_SESSION: Session = { turn: 0, frames: [] };

/** How long an unanswered digression may hold up a wait that is over. */
export const INTERRUPTION_MS = 600_000;

/** When the session next needs an `elapsed` event, in epoch milliseconds; undefined for never. */
export function dueAt(session: Session): number | undefined {
  const frame = session.frames.at(-1);
  if (frame === undefined) return undefined;
  const heldUp = session.frames
    .slice(0, -1)
    .filter(({ awaits }) => awaits === undefined)
    .map(({ until }) => (until === undefined ? undefined : until + INTERRUPTION_MS));
  const times = [frame.remindAt, frame.expireAt, frame.until, ...heldUp];
  const due = Math.min(...times.filter((time) => time !== undefined));
  return Number.isFinite(due) ? due : undefined;
}
