import type { ActionStep, Arm, Expression, SetStep, Target, WaitStep } from '../flow.js';
import type { Json } from '../json.js';
import { ask } from './ask.js';
import { chooseTarget, evaluate } from './conditions.js';
import { frameOf, movedTo, placeOf, type Place } from './frames.js';
import { remember } from './remember.js';
import { say, sayCommon } from './say.js';
import { alert, type Draft, type Turn } from './turn.js';

/** Steps taken in one turn, and calls lying on each other, past which a turn ends. */
const MAX_STEPS = 100;
const MAX_CALLS = 10;
/** How long an action's result is awaited. */
const RESULT_WITHIN_MS = 30_000;

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

function takeStep(turn: Turn, frame: Draft, { flow, step }: Place): Progress {
  switch (step.type) {
    case 'say':
      say(turn, frame, flow, step.words);
      return follow(turn, frame, step.next);
    case 'collect':
      ask(turn, frame, flow, step);
      return 'waits';
    case 'set':
      setValues(turn, frame, step);
      return follow(turn, frame, step.next);
    case 'action':
      return act(turn, frame, step);
    case 'call':
      return call(turn, frame, step.flow, step.next);
    case 'link':
      return link(turn, frame, step.flow);
    case 'branch':
      return follow(turn, frame, step.next);
    case 'wait':
      return wait(turn, frame, step);
    default:
      return step satisfies never;
  }
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

function isPast(turn: Turn, frame: Draft): boolean {
  return frame.until === undefined || frame.until <= turn.event.at;
}

function setValues(turn: Turn, frame: Draft, step: SetStep): void {
  for (const { path, value } of step.values) {
    const result = evaluate(turn, frame, value);
    if (result === undefined) continue;
    const dot = path.indexOf('.');
    const name = path.slice(dot + 1);
    if (path.slice(0, dot) === 'session') frame.vars = { ...frame.vars, [name]: result };
    else remember(turn, name, result);
  }
}

function act(turn: Turn, frame: Draft, step: ActionStep): Progress {
  turn.acts += 1;
  const id = `${turn.number}.${turn.acts}`;
  const { action, awaited } = step;
  turn.effects.push({ type: 'act', id, action, with: valuesOf(turn, frame, step.with), awaited });
  if (!awaited) return follow(turn, frame, step.next);
  const { [step.id]: _earlier, ...answers } = frame.answers;
  frame.answers = answers;
  frame.awaits = id;
  frame.until = turn.event.at + RESULT_WITHIN_MS;
  return 'waits';
}

function valuesOf(turn: Turn, frame: Draft, expressions: Readonly<Record<string, Expression>>) {
  const values: Record<string, Json> = {};
  for (const [name, expression] of Object.entries(expressions)) {
    const value = evaluate(turn, frame, expression);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function call(turn: Turn, frame: Draft, name: string, next: readonly Arm[]): Progress {
  const calls = turn.frames.filter(({ over }) => over === 'call').length;
  if (calls >= MAX_CALLS) {
    giveUpKindly(turn, 'bound-hit');
    return 'waits';
  }
  const called = frameOf(turn, name, frame.step);
  if (called === undefined) return follow(turn, frame, next);
  called.over = 'call';
  turn.frames.push(called);
  return 'goes on';
}

function link(turn: Turn, frame: Draft, name: string): Progress {
  const linked = frameOf(turn, name, frame.step);
  if (linked === undefined) return move(turn, frame, { type: 'end' });
  if (frame.over !== undefined) linked.over = frame.over;
  turn.frames.pop();
  turn.frames.push(linked);
  return 'goes on';
}

function wait(turn: Turn, frame: Draft, step: WaitStep): Progress {
  frame.until = turn.event.at;
  if (step.wait.type === 'span') frame.until += step.wait.ms;
  else frame.until = instantOf(evaluate(turn, frame, step.wait.instant)) ?? frame.until;
  return isPast(turn, frame) ? follow(turn, frame, step.next) : 'waits';
}

/** A timestamp, which leaves CEL as epoch milliseconds or as ISO 8601. */
function instantOf(value: Json | undefined): number | undefined {
  const instant = typeof value === 'string' ? Date.parse(value) : value;
  return typeof instant === 'number' && Number.isFinite(instant) ? instant : undefined;
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
