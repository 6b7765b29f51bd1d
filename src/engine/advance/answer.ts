import { saysSkip } from '../answers/skip.js';
import { readAnswer } from '../answers/read-answer.js';
import { withinBounds } from '../answers/choices.js';
import { readContact } from '../answers/contact.js';
import { readLocation } from '../answers/location.js';
import { LONGEST } from '../answers/text.js';
import { read, UNREAD, type Mode, type Reading, type ReadingContext } from '../answers/reading.js';
import { MINOR_UNITS } from '../currency.js';
import { SKIP, type Option } from '../effect.js';
import type { AnswerType, CollectStep } from '../flow.js';
import type { Event } from '../event.js';
import { fold } from '../fold.js';
import { isObject, type Json } from '../json.js';
import { askAgain, askWhich, skipLabel } from './ask.js';
import type { Place } from './frames.js';
import { optionsOf } from './options.js';
import { readingContext } from './reading-context.js';
import { recordConsent, remember } from './remember.js';
import { COMMON } from './resume-question.js';
import { goOn, goTo, takeUp } from './run.js';
import { greet } from './start.js';
import type { Draft, Turn } from './turn.js';
import { wordListsOf } from './words.js';

/** Types of answers that choose among what is offered; a no may be one of them. */
export const CHOOSING: readonly AnswerType[] = ['yes_no', 'choice', 'choices'];

type Shared = Extract<Event, { type: 'shared' }>;
type Sent = Extract<Event, { type: 'sent' }>;

/** An open question: the frame that asked it, and its place. */
export type Open = { readonly frame: Draft; readonly place: Place<CollectStep> };

/** What an answer comes to: a reading, or the wish to skip the question. */
export type Heard = Reading | { readonly type: 'skipped' };

/** Hears a text as an answer to the open question. */
export function hearText(turn: Turn, open: Open, text: string, mode: Mode): Heard {
  const { flow, step } = open.place;
  if (step.optional && skips(turn, open, text)) return { type: 'skipped' };
  const context: { -readonly [Key in keyof ReadingContext]: ReadingContext[Key] } = readingContext(
    turn,
    optionsOf(turn, open.frame, flow, step),
  );
  // Nearly any word may be a name, so one that starts a flow is none for sure.
  if (mode === 'strict' && step.answer === 'name' && isKeyword(turn, text)) return UNREAD;
  if (step.orText === true) return hearOption(text, mode, context);
  if (step.min !== undefined) context.min = step.min;
  if (step.max !== undefined) context.max = step.max;
  return readAnswer(step.answer, text, mode, context);
}

/** An option by its very label, value or number; whatever else is written is taken as it is. */
function hearOption(text: string, mode: Mode, { options }: ReadingContext): Reading {
  const said = text.trim();
  if (said.length > LONGEST) return { type: 'refused', reason: 'too_long' };
  const folded = fold(said);
  const named = options.find(({ value, label }) => folded === fold(label) || said === value);
  const option = named ?? (/^\d{1,2}$/.test(said) ? options[Number(said) - 1] : undefined);
  if (option !== undefined) return read(option.value);
  return mode === 'strict' || said === '' ? UNREAD : read(said);
}

function isKeyword({ library }: Turn, text: string): boolean {
  return library.startedBy({ type: 'keyword', keyword: fold(text) }) !== undefined;
}

/**
 * Whether a text skips the question, by a word or the label of its button; one that offers nothing to
 * choose from is skipped by a plain no as well.
 */
function skips(turn: Turn, { place: { flow, step } }: Open, text: string): boolean {
  if (saysSkip(text, skipLabel(turn, flow, step), wordListsOf(turn))) return true;
  if (CHOOSING.includes(step.answer)) return false;
  const plain = readAnswer('yes_no', text, 'strict', readingContext(turn, []));
  return plain.type === 'read' && plain.value === false;
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

/** Hears a contact or a place that was shared; undefined when the question asks for neither. */
export function hearShared(turn: Turn, open: Open, event: Shared): Heard | undefined {
  const { answer, orText } = open.place.step;
  if ('location' in event && orText === true) {
    const { lat, lon } = event.location;
    return read(`geo:${lat},${lon}`);
  }
  if ('location' in event) {
    return answer === 'location' ? readLocation(event.location) : undefined;
  }
  if (answer !== 'contact' && answer !== 'phone') return undefined;
  const contact = readContact(event.contact, readingContext(turn, []));
  if (answer === 'contact' || contact.type !== 'read') return contact;
  return read(keptOf('contact', contact.value));
}

/** Hears a picture, a voice note or the like; undefined when the question does not ask for one. */
export function hearMedia(
  open: Open,
  { media, id }: Pick<Sent, 'media' | 'id'>,
): Heard | undefined {
  if (open.place.step.orText === true) return read(`media:${media}`);
  if (open.place.step.answer !== 'media') return undefined;
  return read(id === undefined ? { kind: media } : { kind: media, id });
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
  if (step.answer === 'amount') return read(Number(only.value) * MINOR_UNITS);
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
    case 'unsure':
      return offerNear(turn, open, heard.values);
    case 'unread':
      return refuse(turn, open, 'unread');
    default:
      return heard satisfies never;
  }
}

function keep(turn: Turn, { frame, place: { flow, step } }: Open, value: Json): void {
  frame.answers = { ...frame.answers, [step.name]: value };
  if (typeof value === 'boolean') recordConsent(turn, frame, flow, step, value);
  if (step.into !== undefined) keepIn(turn, step.into, step.answer, value);
  goOn(turn, frame, step.next);
}

/** Keeps an answer in the profile: of a contact its phone, of an address its text and postal code. */
function keepIn(turn: Turn, field: string, answer: CollectStep['answer'], value: Json): void {
  const kept = keptOf(answer, value);
  remember(turn, field, kept);
  const code = answer === 'address' && isObject(value) ? value['postal_code'] : undefined;
  if (typeof code !== 'string' || field === 'postal_code') return;
  remember(turn, 'postal_code', code);
}

/** The part of an answer that a field of text keeps. */
function keptOf(answer: CollectStep['answer'], value: Json): Json {
  const part = answer === 'contact' ? 'phone' : answer === 'address' ? 'text' : undefined;
  const kept = part !== undefined && isObject(value) ? value[part] : undefined;
  return typeof kept === 'string' ? kept : value;
}

function forget({ frame, place: { step } }: Open): void {
  if (!Object.hasOwn(frame.answers, step.name)) return;
  const { [step.name]: _earlier, ...answers } = frame.answers;
  frame.answers = answers;
}

function refuse(turn: Turn, open: Open, reason: string): void {
  const { frame, place } = open;
  if (!givesUp(turn, open)) askAgain(turn, frame, place.flow, place.step, reason);
}

/** Asks whether one of the options that come near was meant; too few to answer with are no help. */
function offerNear(turn: Turn, open: Open, values: readonly string[]): void {
  const { frame, place } = open;
  const { answer, min = 1 } = place.step;
  if (answer === 'choices' && values.length < min) return refuse(turn, open, 'unread');
  if (!givesUp(turn, open)) askWhich(turn, frame, place.flow, place.step, values);
}

/** Counts an answer that was not taken; true when it was the last that the question allows. */
function givesUp(turn: Turn, open: Open): boolean {
  const { frame, place } = open;
  const { attempts } = place.step;
  frame.tries = (frame.tries ?? 0) + 1;
  if (attempts === undefined || frame.tries < attempts) return false;
  forget(open);
  goTo(turn, frame, place.step.giveUp);
  return true;
}

function resume(turn: Turn, choice: Json): void {
  if (choice === 'begin_again') return greet(turn);
  turn.frames.pop();
  takeUp(turn);
}
