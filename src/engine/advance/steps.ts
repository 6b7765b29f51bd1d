import type { ActionStep, SetStep, WaitStep } from '../flow.js';
import type { Json } from '../json.js';
import { instantOf, isDate } from '../parse/instant.js';
import { consentsAfter } from '../withdrawing.js';
import { evaluate, knownValue } from './conditions.js';
import { frameOf, isPast } from './frames.js';
import { remember } from './remember.js';
import type { Draft, Turn } from './turn.js';

/** Calls lying on each other, past which a turn ends. */
const MAX_CALLS = 10;
/** How long an action's result is awaited. */
const RESULT_WITHIN_MS = 30_000;

/** What a step comes to: done, waiting, the end of its flow, another flow on top, or a call too many. */
export type Outcome = 'done' | 'waits' | 'ended' | 'entered' | 'too deep';

/** Writes values into the profile or the session; what has no value is not written. */
export function setValues(turn: Turn, frame: Draft, step: SetStep): void {
  for (const { path, value } of step.values) {
    const result = evaluate(turn, frame, value);
    if (result === undefined) continue;
    const dot = path.indexOf('.');
    const name = path.slice(dot + 1);
    if (path.slice(0, dot) === 'session') frame.vars = { ...frame.vars, [name]: result };
    else remember(turn, name, result);
  }
}

/** Asks a domain to act; a result is awaited for 30 s. */
export function act(turn: Turn, frame: Draft, step: ActionStep): Outcome {
  turn.acts += 1;
  const id = `${turn.number}.${turn.acts}`;
  const { action, awaited } = step;
  const values = valuesOf(turn, frame, step);
  turn.effects.push({ type: 'act', id, action, with: values, awaited });
  // The rest of the turn asks for consents that are in force, before the action is carried out.
  turn.consents = consentsAfter(turn.consents, action, values);
  if (!awaited) return 'done';
  const { [step.id]: _earlier, ...answers } = frame.answers;
  frame.answers = answers;
  frame.awaits = id;
  frame.until = turn.event.at + RESULT_WITHIN_MS;
  return 'waits';
}

function valuesOf(turn: Turn, frame: Draft, step: ActionStep): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const [name, expression] of Object.entries(step.with)) {
    const value =
      step.leftOut?.includes(name) === true
        ? knownValue(turn, frame, expression)
        : evaluate(turn, frame, expression);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** Runs another flow on top, which comes back; one that is missing is passed over. */
export function call(turn: Turn, frame: Draft, name: string): Outcome {
  const calls = turn.frames.filter(({ over }) => over === 'call').length;
  if (calls >= MAX_CALLS) return 'too deep';
  const called = frameOf(turn, name, frame.step);
  if (called === undefined) return 'done';
  called.over = 'call';
  turn.frames.push(called);
  return 'entered';
}

/** Puts another flow in the place of this one. */
export function link(turn: Turn, frame: Draft, name: string): Outcome {
  const linked = frameOf(turn, name, frame.step);
  if (linked === undefined) return 'ended';
  if (frame.over !== undefined) linked.over = frame.over;
  turn.frames.pop();
  turn.frames.push(linked);
  return 'entered';
}

/** Waits for a span or until an instant; one that is past, or has no value, does not wait. */
export function wait(turn: Turn, frame: Draft, step: WaitStep): Outcome {
  frame.until = turn.event.at;
  if (step.wait.type === 'span') frame.until += step.wait.ms;
  else {
    const { timezone } = turn.library.campaign;
    frame.until = momentOf(evaluate(turn, frame, step.wait.instant), timezone) ?? frame.until;
  }
  return isPast(turn, frame) ? 'done' : 'waits';
}

/** A timestamp, which leaves CEL as epoch milliseconds, as ISO 8601, or as a day. */
function momentOf(value: Json | undefined, timezone: string): number | undefined {
  if (typeof value === 'string' && isDate(value)) return instantOf(value, '00:00', timezone);
  const instant = typeof value === 'string' ? Date.parse(value) : value;
  return typeof instant === 'number' && Number.isFinite(instant) ? instant : undefined;
}
