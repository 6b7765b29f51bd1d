import type { Event } from '../event.js';
import { INTERRUPTION_MS } from '../session.js';
import { askOpen } from './ask-open.js';
import { movedTo, placeOf } from './frames.js';
import { takeUp } from './run.js';
import { isBarred, isHeldBack, putOff, putOffTimers } from './silence.js';
import type { Turn } from './turn.js';

/** Does what is due; false when nothing is. */
export function elapse(turn: Turn): boolean {
  const { at } = turn.event;
  const frame = turn.frames.at(-1);
  if (frame === undefined) return false;
  if (isHeldBack(turn)) return putOffTimers(turn, frame) || endInterruption(turn);
  if (expire(turn)) return true;
  if (isDue(frame.until, at)) {
    // What waited for the end of the silence waits no more, whatever its step.
    delete frame.until;
    takeUp(turn);
    return true;
  }
  if (isDue(frame.remindAt, at)) {
    const { expireAt } = frame;
    delete frame.remindAt;
    askOpen(turn);
    // Who stays silent is silent since the question, not since the reminder.
    if (expireAt !== undefined) frame.expireAt = expireAt;
    return true;
  }
  return endInterruption(turn);
}

/** Puts aside what was left unanswered too long; who writes again is asked whether to go on. */
export function expire(turn: Turn): boolean {
  if (!isDue(turn.frames.at(-1)?.expireAt, turn.event.at)) return false;
  turn.expired = turn.frames;
  turn.frames = [];
  return true;
}

/** Takes the result of an action; false when none is awaited under that id. */
export function takeResult(turn: Turn, event: Extract<Event, { type: 'returned' }>): boolean {
  const index = turn.frames.findIndex(({ awaits }) => awaits === event.effect);
  const frame = turn.frames[index];
  if (frame === undefined) return false;
  const landed = movedTo(frame, frame.step);
  if (event.result !== undefined) {
    landed.answers = { ...frame.answers, [frame.step]: event.result };
  }
  turn.frames[index] = landed;
  if (index === turn.frames.length - 1) takeUp(turn);
  return true;
}

/** A wait that has long been over ends the digression that was left unanswered on top of it. */
function endInterruption(turn: Turn): boolean {
  const { at } = turn.event;
  const waiting = turn.frames.findIndex(
    ({ until, awaits }) =>
      until !== undefined && awaits === undefined && until + INTERRUPTION_MS <= at,
  );
  const frame = turn.frames[waiting];
  if (frame === undefined) return false;
  if (isBarred(turn, placeOf(turn, frame)?.flow)) {
    putOff(turn, frame);
    return true;
  }
  turn.frames.length = waiting + 1;
  takeUp(turn);
  return true;
}

function isDue(time: number | undefined, at: number): boolean {
  return time !== undefined && time <= at;
}
