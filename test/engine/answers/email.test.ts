import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createReader } from './reader.js';

const french = createReader('email');
const english = createReader('email', { language: 'en' });

describe('an e-mail address', () => {
  test.each([
    ['lea@exemple.org', 'lea@exemple.org'],
    ['lea@exemple.org.', 'lea@exemple.org'],
    ['lea@exemple.org !', 'lea@exemple.org'],
    ['Lea.Martin@Exemple.ORG', 'Lea.Martin@exemple.org'],
    ['lea @ exemple.org', 'lea@exemple.org'],
    ['lea @ exemple . org', 'lea@exemple.org'],
    ['lea@exemple. org', 'lea@exemple.org'],
    ['lea arobase exemple point org', 'lea@exemple.org'],
    ['léa arobase exemple point org', 'lea@exemple.org'],
    ['lea point martin arobase exemple point org', 'lea.martin@exemple.org'],
    ['lea tiret martin arobase orange point fr', 'lea-martin@orange.fr'],
    ['lea underscore m arobase exemple.org', 'lea_m@exemple.org'],
    ['lea.martin arobase gmail.com', 'lea.martin@gmail.com'],
    ['lea@exemple point org', 'lea@exemple.org'],
    ['lea (at) exemple.org', 'lea@exemple.org'],
    ['lea[arobase]exemple.org', 'lea@exemple.org'],
    ['mon mail c’est lea@exemple.org, merci', 'lea@exemple.org'],
    ['mon mail c’est lea arobase exemple point org merci', 'lea@exemple.org'],
    ['oui : lea@exemple.org ;)', 'lea@exemple.org'],
    ['mailto:lea@exemple.org', 'lea@exemple.org'],
    ['<lea@exemple.org>', 'lea@exemple.org'],
    ['« lea@exemple.org »', 'lea@exemple.org'],
    ['lea@exemple..org', 'lea@exemple.org'],
    ['lea@@exemple.org', 'lea@exemple.org'],
    ['lea@exemple,com', 'lea@exemple.com'],
    ['lea@exemple.org merci. à bientôt', 'lea@exemple.org'],
    ['lea_m+news@un.deux.exemple.fr', 'lea_m+news@un.deux.exemple.fr'],
  ])('is read: %s', (text, address) => {
    expect(french(text)).toBe(address);
  });

  test.each([
    ['lea at example dot com', 'lea@example.com'],
    ['it’s lea dot martin at example dot co dot uk', 'lea.martin@example.co.uk'],
    ['my email is lea@example.com thanks', 'lea@example.com'],
    ['i am at home', 'unread'],
    ['look at this dot', 'unread'],
  ])('is read in English: %s', (text, address) => {
    expect(english(text)).toBe(address);
  });

  test.each([
    'lea@gmial.com',
    'lea@gmal.com',
    'lea@gmail.con',
    'lea@gmail.fr',
    'lea@gmail.comm',
    'lea@gnail.com',
    'lea@hotmial.fr',
    'lea@homail.com',
    'lea@outlok.fr',
    'lea@yaho.fr',
    'lea@wanado.fr',
    'lea@exemple.con',
  ])('is refused as a slip: %s', (text) => {
    expect(french(text)).toBe('refused: typo');
  });

  test.each([
    'lea@gmail.com',
    'lea@mail.com',
    'lea@ymail.com',
    'lea@email.com',
    'lea@hotmail.fr',
    'lea@free.fr',
    'lea@sfr.fr',
    'lea@laposte.net',
    'lea@grange.fr',
    'lea@proton.me',
    'lea@oranges.fr',
  ])('is no slip: %s', (text) => {
    expect(french(text, 'strict')).toBe(text);
  });

  test.each(['lea@yopmail.com', 'lea@mailinator.com', 'lea@x.yopmail.com'])(
    'is refused when it will be thrown away: %s',
    (text) => {
      expect(french(text)).toBe('refused: throwaway');
    },
  );

  test('is refused when a slip can be more than one thing', () => {
    expect(french('lea..martin@exemple.org')).toBe('refused: malformed');
    expect(french('lea@exemple')).toBe('refused: malformed');
    expect(french('lea@exemple. merci')).toBe('refused: malformed');
    expect(french('a@exemple.org ou b@exemple.org')).toBe('refused: several');
  });
});

test('an address that was read is read again as itself', () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'Z', '1', '.', '-', '_'), maxLength: 9 });
  fc.assert(
    fc.property(part, part, fc.constantFrom('.org', '.fr', ' . com', ',com', ''), (a, b, end) => {
      const value = french(`${a}@${b}${end}`);
      if (typeof value !== 'string' || /^unread|^refused/.test(value)) return;
      expect(french(value, 'strict')).toBe(value);
    }),
    { numRuns: 500 },
  );
});
