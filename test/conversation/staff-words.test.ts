import { describe, expect, test } from '@jest/globals';
import { staffWords } from '../../src/conversation/staff-words.js';
import { newSupporter } from '../../src/supporters/record.js';
import { compileSample } from '../engine/sample-library.js';

const { library } = compileSample();
const EVE = Date.parse('2032-03-13T12:00Z');
const BEFORE = Date.parse('2032-03-12T12:00Z');
const lea = newSupporter('lea', 'en', { channel: 'web', address: 'a1' }, new Date(0));
const free = { type: 'free', text: 'See you at the market!' } as const;

describe('the words of the team', () => {
  test('are their own on every other day', () => {
    expect(staffWords(library, lea, free, BEFORE)).toEqual({
      type: 'words',
      text: 'See you at the market!',
      content: 'campaign',
    });
  });

  test('are ready and neutral ones in the election silence, in the language of the supporter', () => {
    expect(staffWords(library, lea, free, EVE)).toMatchObject({
      type: 'withheld',
      refusal: { rule: 'silence' },
      names: ['later', 'where', 'proxy', 'thanks'],
    });
    const ready = { type: 'ready', name: 'thanks' } as const;
    expect(staffWords(library, lea, ready, EVE)).toEqual({
      type: 'words',
      text: 'Thank you for your message.',
      content: 'neutral',
    });
  });

  test('are not guessed', () => {
    const ready = { type: 'ready', name: 'constructor' } as const;
    expect(staffWords(library, lea, ready, EVE)).toMatchObject({ type: 'unknown' });
  });
});
