import { SKIP, type Question } from '../channel.js';

/** Bytes of `callback_data` (Bot API, InlineKeyboardButton). */
const DATA_BYTES = 64;
/** Labels up to this length stand two in a row on a phone. */
const SHORT_LABEL = 16;

/** What a button says when it is pressed. */
export type Button =
  /** This very answer. */
  | { readonly type: 'value'; readonly turn: number; readonly value: string }
  /** The option of this place in the keyboard that was kept for the question. */
  | { readonly type: 'kept'; readonly turn: number; readonly index: number }
  /** The options chosen so far. */
  | { readonly type: 'done'; readonly turn: number }
  /** Shows what was chosen, and does nothing. */
  | { readonly type: 'shown' };

/** A question whose buttons are kept on our side: several may be chosen, or a value is too long to carry. */
export type Keyboard = {
  readonly question: Question;
  /** Places of the options chosen so far. */
  readonly chosen: readonly number[];
};

export type InlineButton = { readonly text: string; readonly callback_data: string };
/** As grammY takes them, which has no read-only lists. */
export type InlineRows = InlineButton[][];

/** What the button that shows a choice carries. */
const SHOWN = 'x';

/** Draws what was chosen, in place of the buttons it was chosen from. */
export function drawChosen(labels: readonly string[]): InlineRows {
  return labels.map((label) => [{ text: `✓ ${label}`, callback_data: SHOWN }]);
}

/** Reads what a button carries; undefined when it is none of ours. */
export function readButton(data: string): Button | undefined {
  if (data === SHOWN) return { type: 'shown' };
  const [, kind, turnText, rest = ''] = /^([vkd]):(\d{1,9})(?::(.+))?$/s.exec(data) ?? [];
  if (kind === undefined) return undefined;
  const turn = Number(turnText);
  switch (kind) {
    case 'v':
      return rest === '' ? undefined : { type: 'value', turn, value: rest };
    case 'k':
      return /^\d{1,4}$/.test(rest) ? { type: 'kept', turn, index: Number(rest) } : undefined;
    default:
      return rest === '' ? { type: 'done', turn } : undefined;
  }
}

/** Whether the question's buttons cannot carry all there is to know, so that its keyboard is kept. */
export function needsKeeping({ turn, options, multiple }: Question): boolean {
  if (multiple !== undefined) return options.length > 0;
  return options.some(({ value }) => Buffer.byteLength(`v:${turn}:${value}`) > DATA_BYTES);
}

/** Draws the buttons of a question; `done` is the word on the button that ends a choice of several. */
export function drawKeyboard({ question, chosen }: Keyboard, done: string): InlineRows {
  const { turn, options, multiple, skip } = question;
  const kept = needsKeeping(question);
  const buttons = options.map(({ value, label }, index) => ({
    text: chosen.includes(index) ? `✓ ${label}` : label,
    callback_data: kept ? `k:${turn}:${index}` : `v:${turn}:${value}`,
  }));
  const skipping = skip === undefined ? [] : [{ text: skip, callback_data: `v:${turn}:${SKIP}` }];
  const ending =
    multiple === undefined || chosen.length < Math.max(1, multiple.min)
      ? []
      : [{ text: `${done} (${chosen.length})`, callback_data: `d:${turn}` }];
  return [...inRows(buttons), ...[...skipping, ...ending].map((button) => [button])];
}

/** What a press makes of a keyboard: another one, or the answer. */
export function press(
  keyboard: Keyboard,
  button: Extract<Button, { readonly type: 'kept' | 'done' }>,
): { readonly type: 'changed'; readonly keyboard: Keyboard } | Answered {
  const { question, chosen } = keyboard;
  if (button.type === 'done') return answered(keyboard, chosen);
  const { index } = button;
  if (question.options[index] === undefined) return answered(keyboard, []);
  if (question.multiple === undefined) return answered(keyboard, [index]);
  const without = chosen.filter((one) => one !== index);
  // Past the most that may be chosen, the first chosen makes room.
  const most = Math.max(1, question.multiple.max);
  const next = without.length < chosen.length ? without : [...chosen, index].slice(-most);
  return { type: 'changed', keyboard: { question, chosen: next } };
}

type Answered = {
  readonly type: 'answered';
  readonly values: readonly string[];
  readonly labels: readonly string[];
};

function answered({ question }: Keyboard, places: readonly number[]): Answered {
  const options = question.options.filter((_, place) => places.includes(place));
  return {
    type: 'answered',
    values: options.map(({ value }) => value),
    labels: options.map(({ label }) => label),
  };
}

/** Two short labels in a row, a long one in a row of its own. */
function inRows(buttons: readonly InlineButton[]): InlineButton[][] {
  const rows: InlineButton[][] = [];
  for (const button of buttons) {
    const last = rows.at(-1);
    const fits = [button, ...(last ?? [])].every(({ text }) => text.length <= SHORT_LABEL);
    if (last?.length === 1 && fits) last.push(button);
    else rows.push([button]);
  }
  return rows;
}
