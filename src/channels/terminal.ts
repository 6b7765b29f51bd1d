import type { Limits, Question } from './channel.js';

/** A terminal has no buttons: choices are numbered, and typed. */
export const TERMINAL_LIMITS: Limits = {
  text: Number.MAX_SAFE_INTEGER,
  buttons: 0,
  buttonLabel: 0,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: true,
};

/** Draws one message as lines of text, its choices below it: numbered, unless a number is an answer. */
export function drawMessage(message: {
  readonly text: string;
  readonly question?: Question;
}): string {
  const { text, question } = message;
  if (question === undefined) return text;
  const isAmount = question.answer === 'amount';
  const choices = question.options.map(
    ({ label }, index) => `  ${isAmount ? '-' : `${index + 1}.`} ${label}`,
  );
  const skip = question.skip === undefined ? [] : [`  (${question.skip})`];
  return [text, ...choices, ...skip].join('\n');
}
