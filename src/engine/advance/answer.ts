import { saysSkip } from '../answers/skip.js';
import { readAnswer } from '../answers/read-answer.js';
import { withinBounds } from '../answers/choices.js';
import { read, UNREAD, type Mode, type Reading, type ReadingContext } from '../answers/reading.js';
import { SKIP, type Option } from '../effect.js';
import type { CollectStep, WordLists } from '../flow.js';
import type { Json } from '../json.js';
import { askAgain, skipLabel } from './ask.js';
import type { Place } from './frames.js';
import { optionsOf } from './options.js';
import { recordConsent, remember } from './remember.js';
import { COMMON } from './resume-question.js';
import { goOn, goTo, takeUp } from './run.js';
import { greet } from './start.js';
import type { Draft, Turn } from './turn.js';

/** An open question: the frame that asked it, and its place. */
export type Open = { readonly frame: Draft; readonly place: Place<CollectStep> };

/** What an answer comes to: a reading, or the wish to skip the question. */
export type Heard = Reading | { readonly type: 'skipped' };

const NO_WORDS: WordLists = { yes: [], no: [], skip: [], ordinals: [] };

/** Hears a text as an answer to the open question. */
export function hearText(turn: Turn, open: Open, text: string, mode: Mode): Heard {
  const { flow, step } = open.place;
  const words = turn.library.lists.get(turn.language) ?? NO_WORDS;
  if (step.optional && saysSkip(text, skipLabel(turn, flow, step), words)) {
    return { type: 'skipped' };
  }
  const context: { -readonly [Key in keyof ReadingContext]: ReadingContext[Key] } = {
    language: turn.language,
    country: turn.library.campaign.country,
    options: optionsOf(turn, open.frame, flow, step),
    words,
  };
  if (step.min !== undefined) context.min = step.min;
  if (step.max !== undefined) context.max = step.max;
  return readAnswer(step.answer, text, mode, context);
}

/** Hears the values that buttons of the open question sent. */
export function hearButtons(turn: Turn, open: Open, values: readonly string[]): Heard {
  const { flow, step } = open.place;
  const [first] = values;
  if (step.optional && first === SKIP) return { type: 'skipped' };
  const options = optionsOf(turn, open.frame, flow, step);
  const chosen = options.filter(({ value }) => values.includes(value));
  if (chosen.length !== new Set(values).size) return UNREAD;
  return readChosen(step, chosen);
}

function readChosen(step: CollectStep, chosen: readonly Option[]): Reading {
  const [only] = chosen;
  if (step.answer === 'choices') {
    return withinBounds(
      chosen.map(({ value }) => value),
      { min: step.min ?? 1, max: step.max ?? Infinity },
    );
  }
  if (only === undefined || chosen.length > 1) return UNREAD;
  return read(step.answer === 'yes_no' ? only.value === 'yes' : only.value);
}

/** Takes what was heard and goes on: the next step, or the question again, or giving up. */
export function takeAnswer(turn: Turn, open: Open, heard: Heard): void {
  switch (heard.type) {
    case 'read':
      return open.frame.flow === COMMON ? resume(turn, heard.value) : keep(turn, open, heard.value);
    case 'skipped':
      forget(open);
      return goOn(turn, open.frame, open.place.step.next);
    case 'refused':
      return refuse(turn, open, heard.reason);
    case 'unread':
      return refuse(turn, open, 'unread');
    default:
      return heard satisfies never;
  }
}

function keep(turn: Turn, { frame, place: { flow, step } }: Open, value: Json): void {
  frame.answers = { ...frame.answers, [step.name]: value };
  if (typeof value === 'boolean') recordConsent(turn, frame, flow, step, value);
  if (step.into !== undefined) remember(turn, step.into, value);
  goOn(turn, frame, step.next);
}

function forget({ frame, place: { step } }: Open): void {
  if (!Object.hasOwn(frame.answers, step.name)) return;
  const { [step.name]: _earlier, ...answers } = frame.answers;
  frame.answers = answers;
}

function refuse(turn: Turn, open: Open, reason: string): void {
  const { frame, place } = open;
  const { attempts } = place.step;
  frame.tries = (frame.tries ?? 0) + 1;
  if (attempts !== undefined && frame.tries >= attempts) {
    forget(open);
    goTo(turn, frame, place.step.giveUp);
  } else {
    askAgain(turn, frame, place.flow, place.step, reason);
  }
}

function resume(turn: Turn, choice: Json): void {
  if (choice === 'begin_again') return greet(turn);
  turn.frames.pop();
  takeUp(turn);
}
