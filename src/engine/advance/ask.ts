import type { Question } from '../effect.js';
import type { CollectStep, Flow } from '../flow.js';
import { optionsOf } from './options.js';
import { say, sayCommon } from './say.js';
import type { Draft, Turn } from './turn.js';
import { commonText, phraseOf } from './words.js';

/** Opens a question, or asks the open one again; its buttons keep the turn that asked it first. */
export function ask(turn: Turn, frame: Draft, flow: Flow, step: CollectStep): void {
  startTimers(turn, frame, step);
  frame.asked ??= turn.number;
  say(turn, frame, flow, `${step.name}.ask`, questionOf(turn, frame, flow, step));
}

/** Says why an answer was refused and offers the question again, in the words the flow has for it. */
export function askAgain(
  turn: Turn,
  frame: Draft,
  flow: Flow,
  step: CollectStep,
  reason: string,
): void {
  const key = [`${step.name}.retry.${reason}`, `${step.name}.retry`].find(
    (candidate) => phraseOf(turn, flow.words, candidate) !== undefined,
  );
  if (key === undefined) {
    sayCommon(turn, 'not_understood');
    ask(turn, frame, flow, step);
  } else {
    startTimers(turn, frame, step);
    say(turn, frame, flow, key, questionOf(turn, frame, flow, step));
  }
}

/** Asks whether some of the options were meant, the likeliest first; their buttons answer the question. */
export function askWhich(
  turn: Turn,
  frame: Draft,
  flow: Flow,
  step: CollectStep,
  values: readonly string[],
): void {
  startTimers(turn, frame, step);
  const question = questionOf(turn, frame, flow, step);
  const options = values.flatMap(
    (value) => question.options.find((option) => option.value === value) ?? [],
  );
  const multiple = question.multiple && bounds(step, options.length);
  sayCommon(turn, 'did_you_mean', {
    ...question,
    options,
    ...(multiple === undefined ? {} : { multiple }),
  });
}

/** A question reminds once, a while after it was last asked or answered in vain. */
function startTimers(turn: Turn, frame: Draft, step: CollectStep): void {
  const { at } = turn.event;
  const mayRemind = frame.asked === undefined || frame.remindAt !== undefined;
  if (step.remindInMs !== undefined && mayRemind) frame.remindAt = at + step.remindInMs;
  if (step.expireInMs !== undefined) frame.expireAt = at + step.expireInMs;
}

function questionOf(turn: Turn, frame: Draft, flow: Flow, step: CollectStep): Question {
  const options = optionsOf(turn, frame, flow, step);
  const question: { -readonly [Key in keyof Question]: Question[Key] } = {
    turn: frame.asked ?? turn.number,
    answer: step.answer,
    options,
  };
  if (step.answer === 'choices') question.multiple = bounds(step, options.length);
  if (step.optional) question.skip = skipLabel(turn, flow, step);
  return question;
}

/** Fewest and most options that may be chosen together. */
function bounds(step: CollectStep, offered: number): { min: number; max: number } {
  return { min: step.min ?? 1, max: Math.min(step.max ?? offered, offered) };
}

/** The label of the button that skips an optional question. */
export function skipLabel(turn: Turn, flow: Flow, step: CollectStep): string {
  return phraseOf(turn, flow.words, `${step.name}.skip`)?.render({}) ?? commonText(turn, 'skip');
}
