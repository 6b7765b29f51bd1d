import { expect, test } from '@jest/globals';
import type { Question } from '../../src/channels/channel.js';
import { numberChoices } from '../../src/channels/number-choices.js';

const WORDS = { number: 'Un numéro ?', numbers: 'Des numéros ?' };
const question = (labels: readonly string[], more: Partial<Question> = {}): Question => ({
  turn: 1,
  answer: 'choice',
  options: labels.map((label) => ({ value: label, label })),
  ...more,
});
const written = (asked: Question, limit = 4_096): readonly string[] =>
  numberChoices('Quand ?', asked, WORDS, limit);

test('choices are numbered below the text, and what is wanted is said', () => {
  expect(written(question(['Samedi', 'Dimanche'], { skip: 'Plus tard' }))).toEqual([
    'Quand ?\n\n1. Samedi\n2. Dimanche\n(Plus tard)\n\nUn numéro ?',
  ]);
  const several = question(['Samedi', 'Dimanche'], { multiple: { min: 1, max: 2 } });
  expect(written(several)).toEqual(['Quand ?\n\n1. Samedi\n2. Dimanche\n\nDes numéros ?']);
});

test('a question without choices is its text', () => {
  expect(written(question([], { answer: 'text' }))).toEqual(['Quand ?']);
});

test('amounts are not numbered, for 2 is an amount; nor are a yes and a no', () => {
  expect(written(question(['10 €', '20 €'], { answer: 'amount' }))).toEqual([
    'Quand ?\n\n- 10 €\n- 20 €',
  ]);
  expect(written(question(['Oui', 'Non'], { answer: 'yes_no' }))).toEqual([
    'Quand ?\n\n- Oui\n- Non',
  ]);
});

test('what is too long for one message goes out in whole lines', () => {
  const pieces = written(question(Array.from({ length: 9 }, (_, index) => `Le ${index}`)), 30);
  expect(pieces[0]).toBe('Quand ?');
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(30);
  expect(
    pieces
      .slice(1)
      .join('\n')
      .match(/^\d\. Le \d$/gm),
  ).toHaveLength(9);
});
