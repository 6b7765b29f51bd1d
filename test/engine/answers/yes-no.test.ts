import { describe, expect, test } from '@jest/globals';
import { createReader } from './reader.js';

const options = [
  { value: 'yes', label: 'Oui, j’accepte' },
  { value: 'no', label: 'Non' },
];
const french = createReader('yes_no', { options });
const english = createReader('yes_no', { language: 'en' });

describe('a yes or a no', () => {
  test.each([
    'oui',
    'OUI !',
    'Oui bien sûr',
    'ok',
    'd’accord',
    "d'accord",
    'Volontiers, avec plaisir',
    '👍',
    '👍🏽',
    'oui j accepte',
    'oui avec joie',
    'bah oui',
    'mais oui, pourquoi pas',
    'je suis d’accord',
    'yes',
  ])('is a yes in French: %s', (text) => {
    expect(french(text, 'strict')).toBe(true);
  });

  test.each(['ouiiii', 'okk', 'oui merci'])('has a yes in it: %s', (text) => {
    expect(french(text, 'strict')).toBe('unread');
    expect(french(text)).toBe(true);
  });

  test.each(['non', 'Non !', 'pas du tout', 'jamais', '👎', 'non, jamais'])(
    'is a no in French: %s',
    (text) => {
      expect(french(text, 'strict')).toBe(false);
    },
  );

  test.each([
    'non merci',
    'noooon',
    'euh non',
    'plus tard peut-être',
    'je ne suis pas d’accord',
    'ah non pas ce soir',
  ])('has a no in it: %s', (text) => {
    expect(french(text)).toBe(false);
  });

  test.each([
    'oui mais non',
    'ok pas maintenant',
    'pas ok',
    'je ne dis pas oui',
    'peut-être',
    '',
    '   ',
    'nom',
    'quoi',
    'hier j’ai dit oui à ma voisine qui voulait savoir si je venais la voir',
  ])('is neither: %s', (text) => {
    expect(french(text)).toBe('unread');
  });

  test('is read in English', () => {
    expect(english('yes please', 'strict')).toBe(true);
    expect(english('Yeah sure')).toBe(true);
    expect(english('no thanks', 'strict')).toBe(false);
    expect(english('I don’t think so, yes')).toBe('unread');
  });

  test('in a language without words for "not" counts only when it comes first', () => {
    const words = { yes: ['ja'], no: ['nein'], skip: [], ordinals: [] };
    const german = createReader('yes_no', { language: 'de', words });
    expect(german('ja gerne')).toBe(true);
    expect(german('nicht ja')).toBe('unread');
  });
});
