import { askOpen } from './ask-open.js';
import { frameOf, isWaiting } from './frames.js';
import { letGo } from './let-go.js';
import { COMMON, resumeFrame } from './resume-question.js';
import { run } from './run.js';
import { isBarredFlow, saySilence } from './silence.js';
import { sayCommon } from './say.js';
import type { Turn } from './turn.js';

/** How many digressions may lie on each other. */
const MAX_DIGRESSIONS = 3;

/** Starts a flow in place of all that is under way. */
export function startAfresh(turn: Turn, name: string, intent?: string): void {
  turn.frames = [];
  turn.expired = undefined;
  startOnTop(turn, name, intent);
}

/** The flow that greets strangers. */
export function greetingOf({ library }: Turn): string | undefined {
  return library.startedBy({ type: 'command', command: 'start' });
}

/** Starts the flow of the command `start`, as for a supporter who is new. */
export function greet(turn: Turn): void {
  const name = greetingOf(turn);
  turn.frames = [];
  if (name === undefined) sayCommon(turn, 'not_understood');
  else startAfresh(turn, name);
}

/**
 * Starts a flow over the open question, which is asked again afterwards. A flow already under way
 * is not started twice; past three digressions an urgent one takes the place of the last. The intent
 * that starts it can be read there as `session.intent`. The flow of STOP interrupts nothing: nobody who
 * asked for silence, in whatever words, is asked a question again.
 */
export function digress(turn: Turn, name: string, urgent: boolean, intent?: string): void {
  if (name === turn.library.startedBy({ type: 'command', command: 'stop' })) {
    return startAfresh(turn, name, intent);
  }
  if (isBarredFlow(turn, name)) {
    saySilence(turn);
    return askOpen(turn);
  }
  letGo(turn);
  const { frames } = turn;
  const underWay = frames.findIndex(({ flow }) => flow === name);
  if (underWay >= 0) {
    if (!isWaiting(frames.at(-1))) return askOpen(turn);
    frames.length = underWay;
  } else if (digressions(turn) >= MAX_DIGRESSIONS) {
    if (!urgent) return askOpen(turn);
    frames.length = frames.findLastIndex(({ over }) => over === 'digression');
  }
  startOnTop(turn, name, intent);
}

/** Asks whether to go on with what is under way, or had expired, or to begin again. */
export function offerResume(turn: Turn): void {
  if (turn.expired !== undefined) {
    turn.frames = turn.expired.map((frame) => ({ ...frame }));
    turn.expired = undefined;
  }
  const asked = turn.frames.findIndex(({ flow }) => flow === COMMON);
  if (asked >= 0) {
    turn.frames.length = asked + 1;
    askOpen(turn);
  } else {
    turn.frames.push(resumeFrame());
    run(turn);
  }
}

function digressions(turn: Turn): number {
  return turn.frames.filter(({ flow, over }) => over === 'digression' && flow !== COMMON).length;
}

function startOnTop(turn: Turn, name: string, intent?: string): void {
  const frame = frameOf(turn, name, '');
  if (frame === undefined) {
    sayCommon(turn, 'apology');
    return askOpen(turn);
  }
  if (turn.frames.length > 0) frame.over = 'digression';
  if (intent !== undefined) frame.vars = { intent };
  turn.frames.push(frame);
  run(turn);
}
