import type { Question } from './channel.js';

/** Words of the program below numbered choices: one of them, or several, is the answer. */
export type NumberWords = { readonly number: string; readonly numbers: string };

/**
 * Writes a question whose choices no buttons show: they stand below the text, the word to skip last. They
 * are numbered, but not where a number is itself an answer, nor a yes and a no: who agrees says so. One
 * text, or more where one would be over `limit` characters.
 */
export function numberChoices(
  text: string,
  question: Question,
  words: NumberWords,
  limit: number,
): readonly string[] {
  const { options, skip, multiple, answer } = question;
  const isNumbered = answer !== 'amount' && answer !== 'yes_no';
  const lines = options.map(({ label }, index) => `${isNumbered ? `${index + 1}.` : '-'} ${label}`);
  const choices = [...lines, ...(skip === undefined ? [] : [`(${skip})`])];
  const hint = multiple === undefined ? words.number : words.numbers;
  const below = [choices.join('\n'), ...(isNumbered && lines.length > 1 ? [hint] : [])];
  const whole = [text, ...below].filter((part) => part !== '').join('\n\n');
  return whole.length <= limit ? [whole] : [text, ...inPieces(below.join('\n\n'), limit)];
}

/** Whole lines together while they fit into a message. */
function inPieces(text: string, limit: number): string[] {
  const pieces: string[] = [];
  for (const line of text.split('\n')) {
    const last = pieces.at(-1);
    const joined = last === undefined ? line : `${last}\n${line}`;
    if (last !== undefined && joined.length <= limit) pieces[pieces.length - 1] = joined;
    else pieces.push(line.slice(0, limit));
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}
