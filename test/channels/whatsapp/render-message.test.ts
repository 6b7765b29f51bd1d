import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Question } from '../../../src/channels/channel.js';
import { readOptionId } from '../../../src/channels/whatsapp/option-id.js';
import { renderMessage } from '../../../src/channels/whatsapp/render-message.js';
import { WORDS } from './running-cloud.js';

const ask = (parts: Partial<Question> = {}, text = 'Lequel ?', hasButtons = true) =>
  renderMessage(
    { text, question: { turn: 4, answer: 'choice', options: options('A', 'B'), ...parts } },
    WORDS,
    hasButtons,
  );

function options(...labels: string[]): Question['options'] {
  return labels.map((label, index) => ({ value: `v${index}`, label }));
}

describe('a message on WhatsApp', () => {
  test('without a question is its text', () => {
    expect(renderMessage({ text: 'Bonjour' }, WORDS, true)).toEqual([
      { type: 'text', text: 'Bonjour' },
    ]);
  });

  test('has the word to skip as a button, or as a row', () => {
    expect(ask({ skip: 'Plus tard' })).toMatchObject([
      { type: 'buttons', choices: [{}, {}, { id: 'v:4:~skip', label: 'Plus tard' }] },
    ]);
    expect(ask({ options: options('A', 'B', 'C'), skip: 'Plus tard' })).toMatchObject([
      { type: 'list', choices: [{}, {}, {}, { label: 'Plus tard' }] },
    ]);
    expect(ask({ answer: 'email', options: [], skip: 'Plus tard' })).toMatchObject([
      { type: 'buttons', choices: [{ label: 'Plus tard' }] },
    ]);
  });

  test('numbers its choices where several may be chosen', () => {
    const several = ask({ options: options('A', 'B'), multiple: { min: 1, max: 2 }, skip: 'Non' });
    expect(several).toEqual([
      { type: 'text', text: 'Lequel ?\n\n1. A\n2. B\n(Non)\n\nRépondez par des numéros.' },
    ]);
  });

  test.each([
    ['a label too long for a row', options('x'.repeat(25), 'B')],
    ['more than ten', options(...'abcdefghijk'.split(''))],
    ['two with one label', options('A', 'A')],
    ['a value too long to carry', [{ value: 'v'.repeat(260), label: 'A' }, ...options('B')]],
  ])('numbers its choices with %s', (_, given) => {
    const [shown] = ask({ options: given });
    expect(shown).toMatchObject({ type: 'text' });
    expect(shown?.text).toContain('\n1. ');
  });

  test('numbers its choices where there are no buttons', () => {
    expect(ask({}, 'Lequel ?', false)).toEqual([
      { type: 'text', text: 'Lequel ?\n\n1. A\n2. B\n\nRépondez par un numéro.' },
    ]);
  });

  test('never numbers amounts, for a number is an answer', () => {
    expect(ask({ answer: 'amount', options: options('10 €', '20 €') }, 'Combien ?', false)).toEqual(
      [{ type: 'text', text: 'Combien ?\n\n- 10 €\n- 20 €' }],
    );
  });

  test('keeps to every limit, and loses no choice and no word', () => {
    const label = fc.string({ minLength: 1, maxLength: 40 }).filter((one) => /^\S.*\S$/.test(one));
    fc.assert(
      fc.property(
        fc.array(fc.lorem({ maxCount: 400, mode: 'words' }), { minLength: 1, maxLength: 3 }),
        fc.uniqueArray(label, { maxLength: 60 }),
        fc.boolean(),
        fc.boolean(),
        (paragraphs, labels, isSeveral, hasButtons) => {
          const text = paragraphs.join('\n\n').slice(0, 4_096).trim();
          const several = isSeveral ? { multiple: { min: 1, max: 3 } } : {};
          const shown = ask({ options: options(...labels), ...several }, text, hasButtons);
          for (const one of shown) {
            expect(one.text).not.toBe('');
            expect(one.text.length).toBeLessThanOrEqual(one.type === 'text' ? 4_096 : 1_024);
            if (one.type === 'buttons') expect(one.choices.length).toBeLessThanOrEqual(3);
            if (one.type === 'list') expect(one.choices.length).toBeLessThanOrEqual(10);
          }
          const words = shown.map((one) => one.text).join('\n\n');
          expect(words.startsWith(text)).toBe(true);
          const drawn = shown.flatMap((one) => ('choices' in one ? one.choices : []));
          if (drawn.length > 0) {
            expect(drawn.map((choice) => choice.label)).toEqual(labels);
            expect(drawn.map(({ id }) => readOptionId(id))).toEqual(
              labels.map((_, index) => ({ turn: 4, value: `v${index}` })),
            );
          } else {
            for (const [index, one] of labels.entries()) {
              expect(words).toContain(`${index + 1}. ${one}`);
            }
          }
        },
      ),
    );
  });
});
