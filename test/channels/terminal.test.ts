import { expect, test } from '@jest/globals';
import { drawMessage } from '../../src/channels/terminal.js';
import type { Question } from '../../src/channels/channel.js';

const ask = (question: Pick<Question, 'answer' | 'options' | 'skip'>): string =>
  drawMessage({ text: 'Which?', question: { turn: 1, ...question } });

test('numbers the choices, and names the way to skip', () => {
  const options = [
    { value: 'a', label: 'Apples' },
    { value: 'b', label: 'Pears' },
  ];
  expect(ask({ answer: 'choice', options, skip: 'Later' })).toBe(
    'Which?\n  1. Apples\n  2. Pears\n  (Later)',
  );
});

test('does not number suggested amounts, of which the number is an answer', () => {
  const options = [
    { value: '10', label: '€10' },
    { value: '20', label: '€20' },
  ];
  expect(ask({ answer: 'amount', options })).toBe('Which?\n  - €10\n  - €20');
});
