import { describe, expect, test } from '@jest/globals';
import { createReader } from './reader.js';

describe('an e-mail address', () => {
  const read = createReader('email');

  test.each([
    ['lea@exemple.org', 'lea@exemple.org'],
    ['  Lea.Martin+x@EXEMPLE.Org. ', 'Lea.Martin+x@exemple.org'],
    ['lea @ exemple.org', 'lea@exemple.org'],
    ['<lea@exemple.org>', 'lea@exemple.org'],
    ['mailto:lea@exemple.org', 'lea@exemple.org'],
    ['lea@écologie.fr', 'lea@écologie.fr'],
    ['lea[at]exemple.org', 'lea@exemple.org'],
  ])('is read strictly: %s', (text, address) => {
    expect(read(text, 'strict')).toBe(address);
  });

  test('is found in a sentence', () => {
    expect(read('c’est lea@exemple.org, merci', 'strict')).toBe('unread');
    expect(read('c’est lea@exemple.org, merci')).toBe('lea@exemple.org');
    expect(read('mon adresse : «lea@exemple.org»!')).toBe('lea@exemple.org');
    expect(read('lea@exemple.org, je répète, lea@exemple.org')).toBe('lea@exemple.org');
    expect(read('écrire à lea @ exemple . org svp')).toBe('lea@exemple.org');
    expect(read('écrire à lea@exemple svp')).toBe('refused: malformed');
  });

  test.each([
    'lea@',
    '@exemple.org',
    'lea@exemple',
    'lea..m@exemple.org',
    '.lea@exemple.org',
    'léa@exemple.org',
    'lea@-exemple.org',
    'lea@exemple.1',
    `${'a'.repeat(65)}@exemple.org`,
    '@',
  ])('is refused when malformed: %s', (text) => {
    expect(read(text)).toBe('refused: malformed');
  });

  test('is refused when there are two', () => {
    expect(read('lea@exemple.org ou max@exemple.org')).toBe('refused: several');
  });

  test('is not in a text without @', () => {
    expect(read('plus tard')).toBe('unread');
    expect(read('pas-une-adresse', 'strict')).toBe('unread');
  });
});

describe('a phone number', () => {
  test.each([
    ['06 12 34 56 78', '+33612345678'],
    ['+33 6 12 34 56 78', '+33612345678'],
    ['0033612345678', '+33612345678'],
    ['06.12.34.56.78', '+33612345678'],
    ['+44 20 7946 0958', '+442079460958'],
  ])('is E.164 by the country of the campaign: %s', (text, number) => {
    expect(createReader('phone')(text, 'strict')).toBe(number);
  });

  test('is found in a sentence', () => {
    expect(createReader('phone')('c’est le 06 12 34 56 78', 'strict')).toBe('unread');
    expect(createReader('phone')('c’est le 06 12 34 56 78')).toBe('+33612345678');
  });

  test('of no country needs its code', () => {
    expect(createReader('phone', { country: 'none' })('06 12 34 56 78')).toBe('refused: malformed');
    expect(createReader('phone', { country: 'us' })('(212) 555-0123')).toBe('+12125550123');
  });

  test('is refused or not there', () => {
    expect(createReader('phone')('06 12 34 56')).toBe('refused: too_short');
    expect(createReader('phone')('je ne veux pas')).toBe('unread');
    expect(createReader('phone')('j’ai 34 ans')).toBe('unread');
  });
});

describe('a postal code', () => {
  const french = createReader('postal_code');

  test.each([
    ['75011', '75011', 'strict'],
    [' 75 011 ', '75011', 'strict'],
    ['01000', '01000', 'strict'],
    ['75011 Paris', '75011', 'lenient'],
    ['j’habite à Bourg (01000)', '01000', 'lenient'],
  ] as const)('of France is read: %s', (text, code, mode) => {
    expect(french(text, mode)).toBe(code);
  });

  test('of France is refused: wrong digits, or two codes', () => {
    expect(french('7501')).toBe('refused: malformed');
    expect(french('00123')).toBe('refused: malformed');
    expect(french('750111')).toBe('refused: malformed');
    expect(french('75011 ou 75012')).toBe('refused: several');
    expect(french('Paris')).toBe('unread');
    expect(french('75011 Paris', 'strict')).toBe('unread');
  });

  test('of the United States and elsewhere', () => {
    expect(createReader('postal_code', { country: 'us' })('10001-1234', 'strict')).toBe(
      '10001-1234',
    );
    expect(createReader('postal_code', { country: 'us' })('NY 10001')).toBe('10001');
    expect(createReader('postal_code', { country: 'none' })('sw1a 1aa', 'strict')).toBe('SW1A 1AA');
  });
});

describe('a number', () => {
  const read = createReader('number');

  test.each([
    ['12', 12],
    ['-3', -3],
    ['+4', 4],
    ['1 200,50', 1200.5],
    ['1,200.50', 1200.5],
    ['1200.5', 1200.5],
    ['1.000', 1000],
    ['1.000.000', 1_000_000],
    ['0,5', 0.5],
    ['0.125', 0.125],
    ['12 000', 12_000],
    ['-0', 0],
  ])('is read strictly: %s', (text, value) => {
    expect(read(text, 'strict')).toBe(value);
  });

  test('is found in a sentence, if it is the only one', () => {
    expect(read('j’ai 34 ans', 'strict')).toBe('unread');
    expect(read('j’ai 34 ans')).toBe(34);
    expect(read('entre 3 et 4')).toBe('refused: several');
    expect(read('beaucoup')).toBe('unread');
    expect(read('1.2.3')).toBe('refused: malformed');
  });

  test('is refused outside the bounds', () => {
    const bounded = createReader('number', { min: 16, max: 120 });
    expect(bounded('15')).toBe('refused: too_small');
    expect(bounded('121')).toBe('refused: too_large');
    expect(bounded('16')).toBe(16);
  });
});

describe('a name', () => {
  const read = createReader('name');

  test.each([
    ['léa', 'Léa'],
    ['LÉA MARTIN', 'Léa Martin'],
    ['jean-pierre', 'Jean-Pierre'],
    ['McDonald', 'McDonald'],
    ['marie de la tour', 'Marie de la Tour'],
    ['o’connor', 'O’Connor'],
    ['Léa.', 'Léa'],
    ['je m’appelle léa', 'Léa'],
    ["Moi c'est Zoé !", 'Zoé'],
    ['李小龙', '李小龙'],
  ])('is read strictly: %s', (text, name) => {
    expect(read(text, 'strict')).toBe(name);
  });

  test('of many words is believed only when nothing else fits', () => {
    expect(read('je veux faire un don', 'strict')).toBe('unread');
    expect(read('Maria del Carmen Garcia Lopez')).toBe('Maria del Carmen Garcia Lopez');
    expect(read('je ne veux pas vous donner mon nom')).toBe('unread');
    expect(read('je veux faire un don')).toBe('unread');
    expect(read('je ne dis pas')).toBe('unread');
  });

  test('is not a yes or a no', () => {
    expect(read('oui', 'strict')).toBe('unread');
    expect(read('Non !')).toBe('unread');
  });

  test.each(['L3a', 'https://exemple.org', 'exemple.org', 'lea@exemple.org', '…', '😀', 'a;b'])(
    'is refused when it cannot be one: %s',
    (text) => {
      expect(read(text)).toBe('refused: malformed');
    },
  );

  test('is refused when too long, unread when empty', () => {
    expect(read('a'.repeat(81))).toBe('refused: too_long');
    expect(createReader('name', { min: 2 })('a')).toBe('refused: too_short');
    expect(read('  ')).toBe('unread');
  });
});

describe('a text', () => {
  const read = createReader('text');

  test('is anything but emptiness, cleaned of control characters', () => {
    expect(read('  Bonjour,\nvoilà.\u0000 ', 'strict')).toBe('Bonjour,\nvoilà.');
    expect(read('   ')).toBe('unread');
  });

  test('is bounded, by 2,000 characters at most', () => {
    expect(read('a'.repeat(2_000))).toHaveLength(2_000);
    expect(read('a'.repeat(2_001))).toBe('refused: too_long');
    expect(createReader('text', { min: 3, max: 5_000 })('ab')).toBe('refused: too_short');
    expect(createReader('text', { max: 5_000 })('a'.repeat(2_001))).toBe('refused: too_long');
    expect(createReader('text', { max: 3 })('abcd')).toBe('refused: too_long');
  });
});
