import { fold } from '../fold.js';
import type { Event, Rule } from '../event.js';
import {
  CHOOSING,
  hearButtons,
  hearMedia,
  hearShared,
  hearText,
  takeAnswer,
  type Heard,
  type Open,
} from './answer.js';
import { askOpen } from './ask-open.js';
import { isWaiting, placeOf } from './frames.js';
import { isPassing, letGo } from './let-go.js';
import { followsOffer, namesOffer, nearestOffers, offerNearest } from './offer.js';
import { takeUp } from './run.js';
import { sayCommon } from './say.js';
import { isBarredFlow, isHeldBack, saySilence } from './silence.js';
import { digress, greet, greetingOf, offerResume, startAfresh } from './start.js';
import type { Turn } from './turn.js';

type Said = Extract<Event, { type: 'said' }>;
type Sent = Extract<Event, { type: 'sent' }>;
type Shared = Extract<Event, { type: 'shared' }>;
type Chose = Extract<Event, { type: 'chose' }>;

/** An answer that chooses takes no more words than these; more of them say something else as well. */
const FEW_WORDS = 6;

const RULES: readonly Rule[] = ['stop', 'help', 'privacy', 'language', 'person'];

/** Hears a text: rules first, then a command, then as an answer or a trigger. */
export function hearSaid(turn: Turn, event: Said): void {
  const command = commandOf(event.text);
  const rule = event.rule ?? RULES.find((name) => name === command);
  if ((rule !== undefined && obeyed(turn, rule, event.text)) || isForestalled(turn)) return;
  if (command !== undefined) return hearCommand(turn, command);
  hearWords(turn, event);
}

/** While the open question must wait, a text is no answer to it; it may still start what may be said. */
function hearInSilence(turn: Turn, event: Said): void {
  const started = startedByWords(turn, event);
  if (started === undefined || isBarredFlow(turn, started.flow)) return saySilence(turn);
  digress(turn, started.flow, false, started.intent);
}

/** Hears a text as an answer to the open question, or as a trigger. */
function hearWords(turn: Turn, event: Said): void {
  if (isHeldBack(turn)) return hearInSilence(turn, event);
  const open = openQuestion(turn);
  if (open === undefined) return hearFreely(turn, event);
  const [file] = event.files ?? [];
  // Where other words are taken as well, a caption says more than that there is a picture.
  const isShown = file !== undefined && open.place.step.orText !== true;
  const shown = isShown ? hearMedia(open, file) : undefined;
  if (shown !== undefined) return takeAnswer(turn, open, shown);
  const strictly = hearText(turn, open, event.text, 'strict');
  if (isTaken(strictly)) return takeAnswer(turn, open, strictly);
  const started = startedByWords(turn, event);
  const leniently = hearText(turn, open, event.text, 'lenient');
  if (started !== undefined && leavesQuestion(turn, open, started, event, leniently)) {
    return digress(turn, started.flow, false, started.intent);
  }
  if (leniently.type !== 'unread' || !isHeardBelow(turn, event)) {
    return takeAnswer(turn, open, leniently);
  }
  letGo(turn);
  hearWords(turn, event);
}

/** Hears a button: only the open question's counts. */
export function hearChose(turn: Turn, event: Chose): void {
  turn.tapped = [event.turn, event.values.join(','), event.at];
  if (isForestalled(turn)) return;
  if (turn.frames.at(-2)?.asked === event.turn) letGo(turn);
  if (isHeldBack(turn)) return saySilence(turn);
  const open = openQuestion(turn);
  if (open === undefined && followsOffer(turn, event.turn, event.values[0])) return;
  if (open === undefined || open.frame.asked !== event.turn) {
    sayCommon(turn, 'stale');
    return askOpen(turn);
  }
  takeAnswer(turn, open, hearButtons(turn, open, event.values));
}

/** Whether a button repeats the very one last taken, moments ago. */
export function isSecondTap(turn: Turn, event: Chose): boolean {
  return turn.tapped?.[0] === event.turn && turn.tapped[1] === event.values.join(',');
}

/** Hears a picture, a voice note or the like, which only a question for one takes. */
export function hearSent(turn: Turn, event: Sent): void {
  if (isForestalled(turn)) return;
  if (isHeldBack(turn)) return saySilence(turn);
  const open = openQuestion(turn);
  const heard = open === undefined ? undefined : hearMedia(open, event);
  if (open !== undefined && heard !== undefined) return takeAnswer(turn, open, heard);
  sayCommon(turn, 'media');
  askOpen(turn);
}

/** Hears a contact or a place that was shared, which only a question for one takes. */
export function hearSharing(turn: Turn, event: Shared): void {
  if (isForestalled(turn)) return;
  if (isHeldBack(turn)) return saySilence(turn);
  const open = openQuestion(turn);
  const heard = open === undefined ? undefined : hearShared(turn, open, event);
  if (open !== undefined && heard !== undefined) return takeAnswer(turn, open, heard);
  sayCommon(turn, 'media');
  askOpen(turn);
}

/**
 * Says that a changed message is not read again, where a question is open and the change may have been
 * meant for it; false when none is.
 */
export function hearEdited(turn: Turn): boolean {
  if (openQuestion(turn) === undefined || isHeldBack(turn)) return false;
  sayCommon(turn, 'edited');
  askOpen(turn);
  return true;
}

/** Whether this is the first that was ever heard of the supporter. */
export function isFirst(turn: Turn): boolean {
  return turn.isFirst && turn.frames.length === 0;
}

/** Whether something comes before hearing: a first greeting, a flow that vanished, a late return. */
function isForestalled(turn: Turn): boolean {
  const frame = turn.frames.at(-1);
  if (isFirst(turn)) return isGreeted(turn);
  if (frame !== undefined && placeOf(turn, frame) === undefined) takeUp(turn);
  else if (frame === undefined && isResumable(turn)) offerResume(turn);
  else return false;
  return true;
}

/** Whether something expired that may be gone on with now. */
function isResumable(turn: Turn): boolean {
  const top = turn.expired?.at(-1);
  return top !== undefined && !isBarredFlow(turn, top.flow);
}

/** Greets a stranger, unless the silence lets through what they want of the election itself. */
function isGreeted(turn: Turn): boolean {
  const { event } = turn;
  if (event.type === 'said' && isBarredFlow(turn, greetingOf(turn) ?? '')) {
    const started = startedByWords(turn, event);
    if (started !== undefined && !isBarredFlow(turn, started.flow)) {
      turn.ungreeted = true;
      return false;
    }
  }
  greet(turn);
  return true;
}

/** Follows a rule word, or its command; false when no flow claims it, or it answers that very flow. */
function obeyed(turn: Turn, rule: Rule, text: string): boolean {
  const name = turn.library.startedBy({ type: 'command', command: rule });
  if (name === undefined) return false;
  if (rule === 'stop') startAfresh(turn, name);
  else if (answersUnderWay(turn, name, text)) return false;
  else digress(turn, name, true);
  return true;
}

/** "Français" asks for the language flow, except when that flow has just asked which language. */
function answersUnderWay(turn: Turn, flow: string, text: string): boolean {
  const open = openQuestion(turn);
  if (open === undefined || open.frame.flow !== flow) return false;
  return isTaken(hearText(turn, open, text, 'lenient'));
}

function isTaken({ type }: Heard): boolean {
  return type === 'read' || type === 'skipped';
}

function hearCommand(turn: Turn, command: string): void {
  const top = turn.frames.at(-1);
  const name = turn.library.startedBy({ type: 'command', command });
  if (name !== undefined && isBarredFlow(turn, name)) return saySilence(turn);
  if (top?.awaits !== undefined) {
    sayCommon(turn, 'busy');
  } else if (name === undefined) {
    sayCommon(turn, 'not_understood');
    askOpen(turn);
  } else {
    if (command === 'start') letGo(turn);
    const left = turn.frames.at(-1);
    if (command === 'start' && left !== undefined && !isWaiting(left)) offerResume(turn);
    else digress(turn, name, false);
  }
}

/** Hears a text while no question is open. */
function hearFreely(turn: Turn, event: Said): void {
  if (turn.frames.at(-1)?.awaits !== undefined) return sayCommon(turn, 'busy');
  if (namesOffer(turn, event)) return;
  const started = startedByWords(turn, event);
  if (started === undefined) offerNearest(turn, event.guesses ?? []);
  else digress(turn, started.flow, false, started.intent);
}

/** Whether a text means more without the open question: one in passing yields to what may take the text. */
function isHeardBelow(turn: Turn, { intent, guesses = [] }: Said): boolean {
  if (!isPassing(turn)) return false;
  const isBelow = turn.frames.at(-2)?.asked !== undefined;
  return isBelow || intent !== undefined || nearestOffers(turn, guesses).length > 0;
}

/**
 * Whether what a text starts is left for, though a question is open. A keyword always is; an intent only
 * when it is sure, for answers often look like one; not when a few words choose what the question offers,
 * and that of a flow under way only when the text is no answer.
 */
function leavesQuestion(
  turn: Turn,
  open: Open,
  started: Started,
  { text, tentative }: Said,
  leniently: Heard,
): boolean {
  if (started.intent === undefined) return true;
  if (open.place.step.orText === true) return false;
  if (tentative === true) return false;
  const isUnderWay = turn.frames.some(({ flow }) => flow === started.flow);
  const isAnswer = isTaken(leniently) || leniently.type === 'refused';
  const isShort = text.trim().split(/\s+/).length <= FEW_WORDS;
  const chooses = isTaken(leniently) && CHOOSING.includes(open.place.step.answer);
  if (isPassing(turn)) return true;
  return isUnderWay ? !isAnswer : !(chooses && isShort);
}

type Started = { readonly flow: string; readonly intent?: string };

/** The flow that a text starts: by a keyword, else by what it was understood to mean. */
function startedByWords({ library }: Turn, { text, intent }: Said): Started | undefined {
  const byKeyword = library.startedBy({ type: 'keyword', keyword: fold(text) });
  if (byKeyword !== undefined) return { flow: byKeyword };
  if (intent === undefined) return undefined;
  const byIntent = library.startedBy({ type: 'intent', intent });
  return byIntent === undefined ? undefined : { flow: byIntent, intent };
}

function openQuestion(turn: Turn): Open | undefined {
  const frame = turn.frames.at(-1);
  if (frame === undefined) return undefined;
  const place = placeOf(turn, frame);
  if (place?.step.type !== 'collect') return undefined;
  return { frame, place: { flow: place.flow, step: place.step } };
}

/** "/start payload" and "/start@OurBot" name the command `start`. */
function commandOf(text: string): string | undefined {
  return /^\s*\/([a-z\d_]+)(?:@\w+)?(?:\s|$)/i.exec(text)?.[1]?.toLowerCase();
}
