import { readAnswer } from '../answers/read-answer.js';
import type { Question } from '../effect.js';
import type { Event } from '../event.js';
import { readingContext } from './reading-context.js';
import { isBarredFlow } from './silence.js';
import { sayCommon } from './say.js';
import { digress } from './start.js';
import type { Turn } from './turn.js';
import { phraseOf } from './words.js';

/** Offers made at once; channels show three buttons without a list. */
const MOST_OFFERS = 3;

type Said = Extract<Event, { type: 'said' }>;

/**
 * Says that a text was not understood; where some flows come near, offers them by the label that their
 * words have for it (`label.<intent>`, else `label`).
 */
export function offerNearest(turn: Turn, guesses: readonly string[]): void {
  const offered = nearestOffers(turn, guesses);
  if (offered.length === 0) return sayCommon(turn, 'not_understood');
  turn.offered = [turn.number, ...offered];
  sayCommon(turn, 'offer', questionOf(turn, turn.number, offered));
}

/** The guesses that can be offered: those whose flows have labels, no label twice. */
export function nearestOffers(turn: Turn, guesses: readonly string[]): readonly string[] {
  const shown = new Set<string>();
  const intents = guesses.filter((intent) => {
    const label = labelOf(turn, intent);
    const flow = turn.library.startedBy({ type: 'intent', intent });
    if (label === undefined || shown.has(label)) return false;
    if (flow !== undefined && isBarredFlow(turn, flow)) return false;
    shown.add(label);
    return true;
  });
  return intents.slice(0, MOST_OFFERS);
}

/** Follows a button of the last offer; false when it is none. */
export function followsOffer(turn: Turn, chosen: number, value: string | undefined): boolean {
  const [offeredIn, ...intents] = turn.offered ?? [];
  return chosen === offeredIn && intents.some((intent) => intent === value) && start(turn, value);
}

/** Follows a text that names what was last offered, as channels without buttons have people write. */
export function namesOffer(turn: Turn, { text }: Said): boolean {
  const [offeredIn, ...intents] = turn.offered ?? [];
  if (offeredIn !== turn.number - 1) return false;
  const reading = readAnswer(
    'choice',
    text,
    'strict',
    readingContext(turn, questionOf(turn, offeredIn, intents).options),
  );
  return reading.type === 'read' && start(turn, reading.value);
}

function start(turn: Turn, intent: unknown): boolean {
  if (typeof intent !== 'string') return false;
  const flow = turn.library.startedBy({ type: 'intent', intent });
  if (flow === undefined) return false;
  digress(turn, flow, false, intent);
  return true;
}

function questionOf(turn: Turn, asked: number, intents: readonly string[]): Question {
  return {
    turn: asked,
    answer: 'choice',
    options: intents.map((value) => ({ value, label: labelOf(turn, value) ?? value })),
  };
}

/** The label of the flow that an intent starts; undefined when it has none. */
function labelOf(turn: Turn, intent: string): string | undefined {
  const name = turn.library.startedBy({ type: 'intent', intent });
  const flow = name === undefined ? undefined : turn.library.flow(name);
  if (flow === undefined) return undefined;
  const phrase =
    phraseOf(turn, flow.words, `label.${intent}`) ?? phraseOf(turn, flow.words, 'label');
  return phrase?.render({});
}
