import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Limits } from '../../src/channels/channel.js';
import { compose } from '../../src/conversation/compose.js';
import type { Effect } from '../../src/engine/effect.js';

type Say = Extract<Effect, { type: 'say' }>;

function say(text: string, turn?: number): Say {
  const plain = { type: 'say' as const, flow: 'welcome', key: 'k', text };
  return turn === undefined
    ? plain
    : { ...plain, question: { turn, answer: 'email', options: [] } };
}

function limits(changes: Partial<Limits>): Limits {
  return {
    text: 4096,
    buttons: 10,
    buttonLabel: 64,
    listRows: 0,
    listLabel: 0,
    oneMessageATurn: true,
    ...changes,
  };
}

describe('compose', () => {
  test('says a turn in one message, paragraphs apart, with its question', () => {
    const messages = compose([say('Bonjour.'), say('Votre e-mail ?', 3)], limits({}), 'fr');
    expect(messages).toEqual([
      {
        type: 'text',
        text: 'Bonjour.\n\nVotre e-mail ?',
        language: 'fr',
        question: { turn: 3, answer: 'email', options: [] },
      },
    ]);
  });

  test('keeps bubbles apart where the channel shows them so', () => {
    const messages = compose(
      [say('Bonjour.'), say('Et vous ?')],
      limits({ oneMessageATurn: false }),
      'fr',
    );
    expect(messages.map(({ text }) => text)).toEqual(['Bonjour.', 'Et vous ?']);
  });

  test('says in two messages what does not fit in one', () => {
    const messages = compose([say('aaaa'), say('bbbb')], limits({ text: 9 }), 'fr');
    expect(messages.map(({ text }) => text)).toEqual(['aaaa', 'bbbb']);
  });

  test('cuts a long text at a paragraph, then a line, then a word', () => {
    const cut = (text: string): string[] =>
      compose([say(text)], limits({ text: 10 }), 'fr').map((message) => message.text);
    expect(cut('aaaaaaa\n\nbb cc')).toEqual(['aaaaaaa', 'bb cc']);
    expect(cut('aaaaaaa\nbbb cc')).toEqual(['aaaaaaa', 'bbb cc']);
    expect(cut('aaaaaaa bbb cc')).toEqual(['aaaaaaa', 'bbb cc']);
    expect(cut('abcdefghijkl')).toEqual(['abcdefghij', 'kl']);
  });

  test('never exceeds the limit, never loses a letter, and asks once, at the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '🎉', 'é'), maxLength: 60 }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.integer({ min: 4, max: 30 }),
        fc.boolean(),
        (texts, text, oneMessageATurn) => {
          const says = texts.map((words, index) =>
            index === texts.length - 1 ? say(words, 1) : say(words),
          );
          const messages = compose(says, limits({ text, oneMessageATurn }), 'fr');
          const letters = (all: string): string => all.replace(/\s/g, '');
          expect(letters(messages.map((message) => message.text).join(''))).toBe(
            letters(texts.join('')),
          );
          for (const message of messages) expect(message.text.length).toBeLessThanOrEqual(text);
          expect(messages.filter(({ question }) => question !== undefined)).toHaveLength(1);
          expect(messages.at(-1)?.question).toBeDefined();
          for (const message of messages) {
            expect(Buffer.from(message.text).toString()).toBe(message.text);
          }
        },
      ),
    );
  });
});
