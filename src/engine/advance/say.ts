import type { Question } from '../effect.js';
import type { Flow } from '../flow.js';
import { argumentsOf } from './arguments.js';
import { COMMON } from './resume-question.js';
import { alert, type Draft, type Turn } from './turn.js';
import { commonText, phraseOf } from './words.js';

/** A phrase as text; undefined, with an alert to staff, when it is missing or cannot be written. */
export function render(turn: Turn, frame: Draft, flow: Flow, key: string): string | undefined {
  const phrase = phraseOf(turn, flow.words, key);
  try {
    if (phrase !== undefined) return phrase.render(argumentsOf(turn, frame, flow, phrase));
  } catch {
    // Told below: a phrase that cannot be written is as good as missing.
  }
  alert(turn, 'words-missing', frame.flow, frame.step);
  return undefined;
}

/** Says a phrase of the frame's flow; a question whose words are missing is asked with an apology. */
export function say(turn: Turn, frame: Draft, flow: Flow, key: string, question?: Question): void {
  const text = render(turn, frame, flow, key);
  if (question === undefined) {
    if (text !== undefined) turn.effects.push({ type: 'say', flow: flow.name, key, text });
  } else if (text === undefined) {
    sayCommon(turn, 'apology', question);
  } else {
    turn.effects.push({ type: 'say', flow: flow.name, key, text, question });
  }
}

/** Says a phrase that all flows share. */
export function sayCommon(turn: Turn, key: string, question?: Question): void {
  const text = commonText(turn, key);
  if (question === undefined) turn.effects.push({ type: 'say', flow: COMMON, key, text });
  else turn.effects.push({ type: 'say', flow: COMMON, key, text, question });
}
