import type { ActionStep, Arm, Target } from '../flow.js';
import { ask } from './ask.js';
import { chooseTarget } from './conditions.js';
import { isPast, movedTo, placeOf, type Place } from './frames.js';
import { say, sayCommon } from './say.js';
import { isBarred, putOff, saySilence } from './silence.js';
import { act, call, link, setValues, wait, type Outcome } from './steps.js';
import { alert, type Draft, type Turn } from './turn.js';

/** Steps taken in one turn, past which it ends. */
const MAX_STEPS = 100;

/** What a step leaves behind: a step to take next, or a turn that needs something from outside. */
type Progress = 'goes on' | 'waits';

/** Runs the steps under way until the turn needs the supporter, a result or a time, or all is done. */
export function run(turn: Turn): void {
  let progress: Progress = 'goes on';
  while (progress === 'goes on') {
    const frame = turn.frames.at(-1);
    if (frame === undefined) return;
    const place = placeOf(turn, frame);
    turn.steps += 1;
    if (place === undefined) return giveUpKindly(turn, 'flow-missing');
    if (turn.steps > MAX_STEPS) return giveUpKindly(turn, 'bound-hit');
    progress = takeStep(turn, frame, place);
  }
}

/** Goes on from the step of the frame under way. */
export function goOn(turn: Turn, frame: Draft, arms: readonly Arm[]): void {
  goTo(turn, frame, chooseTarget(turn, frame, arms));
}

/** Goes to a step, or to the end, of the flow under way, and on from there. */
export function goTo(turn: Turn, frame: Draft, target: Target): void {
  if (move(turn, frame, target) === 'goes on') run(turn);
}

/** Takes up again what lies on top, after what interrupted it: an open question is asked again. */
export function takeUp(turn: Turn): void {
  if (comeBack(turn) === 'goes on') run(turn);
}

function takeStep(turn: Turn, frame: Draft, place: Place): Progress {
  if (isBarred(turn, place.flow)) return turnAway(turn);
  const outcome = enact(turn, frame, place);
  switch (outcome) {
    case 'done':
      return follow(turn, frame, place.step.next);
    case 'ended':
      return move(turn, frame, { type: 'end' });
    case 'entered':
      return 'goes on';
    case 'waits':
      return 'waits';
    case 'too deep':
      giveUpKindly(turn, 'bound-hit');
      return 'waits';
    default:
      return outcome satisfies never;
  }
}

function enact(turn: Turn, frame: Draft, { flow, step }: Place): Outcome {
  switch (step.type) {
    case 'say':
      say(turn, frame, flow, step.words);
      return 'done';
    case 'collect':
      ask(turn, frame, flow, step);
      return 'waits';
    case 'set':
      setValues(turn, frame, step);
      return 'done';
    case 'action':
      return act(turn, frame, step);
    case 'call':
      return call(turn, frame, step.flow);
    case 'link':
      return link(turn, frame, step.flow);
    case 'branch':
      return 'done';
    case 'wait':
      return wait(turn, frame, step);
    default:
      return step satisfies never;
  }
}

/** A flow that would begin now does not: the supporter hears why, and what lay below comes back. */
function turnAway(turn: Turn): Progress {
  turn.frames.pop();
  if (turn.isFirst && turn.frames.length === 0) turn.ungreeted = true;
  saySilence(turn);
  return comeBack(turn);
}

function follow(turn: Turn, frame: Draft, arms: readonly Arm[]): Progress {
  return move(turn, frame, chooseTarget(turn, frame, arms));
}

function move(turn: Turn, frame: Draft, target: Target): Progress {
  turn.frames.pop();
  if (target.type === 'end') return comeBack(turn);
  turn.frames.push(movedTo(frame, target.id));
  return 'goes on';
}

function comeBack(turn: Turn): Progress {
  const frame = turn.frames.at(-1);
  if (frame === undefined) return 'waits';
  const place = placeOf(turn, frame);
  if (place === undefined) {
    giveUpKindly(turn, 'flow-missing');
    return 'waits';
  }
  const { flow, step } = place;
  if (isBarred(turn, flow)) {
    // Its open question stays open, unasked; what goes on by itself does so after the silence.
    if (step.type !== 'collect' || frame.asked === undefined) putOff(turn, frame);
    return 'waits';
  }
  switch (step.type) {
    case 'collect':
      ask(turn, frame, flow, step);
      return 'waits';
    case 'call':
      return follow(turn, frame, step.next);
    case 'wait':
      return isPast(turn, frame) ? follow(turn, frame, step.next) : 'waits';
    case 'action':
      return takeResult(turn, frame, step);
    case 'say':
    case 'set':
    case 'link':
    case 'branch':
      return 'goes on';
    default:
      return step satisfies never;
  }
}

function takeResult(turn: Turn, frame: Draft, step: ActionStep): Progress {
  if (Object.hasOwn(frame.answers, step.id)) return follow(turn, frame, step.next);
  const over = frame.awaits === undefined || isPast(turn, frame);
  return over ? move(turn, frame, step.giveUp) : 'waits';
}

/** Ends everything under way: the supporter gets an apology instead of what a runaway flow said. */
function giveUpKindly(turn: Turn, code: 'bound-hit' | 'flow-missing'): void {
  const frame = turn.frames.at(-1);
  turn.frames = [];
  if (code === 'bound-hit') dropWords(turn);
  sayCommon(turn, 'apology');
  if (frame !== undefined) alert(turn, code, frame.flow, frame.step);
}

function dropWords(turn: Turn): void {
  const kept = turn.effects.filter((effect) => effect.type !== 'say');
  turn.effects.splice(0, turn.effects.length, ...kept);
}
