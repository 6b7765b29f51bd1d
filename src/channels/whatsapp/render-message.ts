import { SKIP, WHATSAPP_LIMITS as LIMITS, type Question } from '../channel.js';
import { numberChoices, type NumberWords } from '../number-choices.js';
import { writeOptionId } from './option-id.js';

/** Characters of a text, and of one with buttons, a list or a request below it. */
const TEXT_LIMIT = LIMITS.text;
const BODY_LIMIT = LIMITS.question;
/** Reply buttons and rows of a list, with the characters of an id (Cloud API). */
const BUTTONS = { count: LIMITS.buttons, label: LIMITS.buttonLabel, id: 256 };
const ROWS = { count: LIMITS.listRows, label: LIMITS.listLabel, id: 200 };

/** What one message of WhatsApp shows. */
export type Rendered =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'buttons'; readonly text: string; readonly choices: readonly Choice[] }
  | { readonly type: 'list'; readonly text: string; readonly choices: readonly Choice[] }
  /** Asks for a place, with a button that sends it. */
  | { readonly type: 'location'; readonly text: string };

export type Choice = { readonly id: string; readonly label: string };

/** Words of the program around choices. */
export type RenderWords = NumberWords & {
  /** On the button that opens a list. */
  readonly choose: string;
};

/**
 * Makes of a message what WhatsApp can show: up to three buttons, a list of up to ten rows, or, where
 * those do not fit, several may be chosen or `hasButtons` is false, the choices numbered in the text.
 * Nearly always one message; more where the text is too long to stand with its choices.
 */
export function renderMessage(
  { text, question }: { readonly text: string; readonly question?: Question },
  words: RenderWords,
  hasButtons: boolean,
): readonly Rendered[] {
  if (question === undefined) return [{ type: 'text', text }];
  const interactive = hasButtons ? interactiveType(question) : undefined;
  const parts = interactive === undefined ? undefined : splitBody(text);
  if (interactive === undefined || parts === undefined) {
    const pieces = numberChoices(text, question, words, TEXT_LIMIT);
    return pieces.map((piece) => ({ type: 'text', text: piece }));
  }
  const before = parts.before === '' ? [] : [{ type: 'text', text: parts.before } as const];
  if (interactive === 'location') {
    return [...before, { type: 'location', text: withSkip(parts.body, question) }];
  }
  return [...before, { type: interactive, text: parts.body, choices: choicesOf(question) }];
}

/** How the choices can be drawn; undefined: as text only. */
function interactiveType(question: Question): 'buttons' | 'list' | 'location' | undefined {
  if (question.multiple !== undefined) return undefined;
  if (question.answer === 'location' && question.options.length === 0) return 'location';
  const choices = choicesOf(question);
  if (choices.length === 0) return undefined;
  if (fits(choices, BUTTONS)) return 'buttons';
  return fits(choices, ROWS) ? 'list' : undefined;
}

function choicesOf({ turn, options, skip }: Question): readonly Choice[] {
  const skipping = skip === undefined ? [] : [{ value: SKIP, label: skip }];
  return [...options, ...skipping].map(({ value, label }) => ({
    id: writeOptionId({ turn, value }),
    label,
  }));
}

type Shape = { readonly count: number; readonly label: number; readonly id: number };

/** WhatsApp also refuses two buttons with one label. */
function fits(choices: readonly Choice[], limits: Shape): boolean {
  return (
    choices.length <= limits.count &&
    new Set(choices.map(({ label }) => label)).size === choices.length &&
    choices.every(
      ({ id, label }) =>
        label.trim() !== '' && label.length <= limits.label && id.length <= limits.id,
    )
  );
}

/** Keeps the last paragraphs with the choices; undefined when not even the last one fits. */
function splitBody(text: string): { before: string; body: string } | undefined {
  if (text.length <= BODY_LIMIT) return { before: '', body: text };
  for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n', at + 1)) {
    const body = text.slice(at).trim();
    const before = text.slice(0, at).trim();
    if (body.length <= BODY_LIMIT && body !== '') return { before, body };
  }
  return undefined;
}

function withSkip(text: string, { skip }: Question): string {
  const line = skip === undefined ? '' : `\n\n(${skip})`;
  return text.length + line.length <= BODY_LIMIT ? text + line : text;
}
