import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createReader } from './reader.js';

const french = createReader('amount');
const american = createReader('amount', { language: 'en', country: 'us' });

describe('an amount in euros', () => {
  test.each([
    ['20', 2000],
    ['20€', 2000],
    ['20 €', 2000],
    ['20\u00a0€', 2000],
    ['€20', 2000],
    ['20 EUR', 2000],
    ['20 euros', 2000],
    ['vingt euros', 2000],
    ['Vingt euros.', 2000],
    ['une vingtaine d’euros', 2000],
    ["une vingtaine d'euros", 2000],
    ['environ 30 euros', 3000],
    ['15 balles', 1500],
    ['deux cents euros', 20000],
    ['mille euros', 100000],
    ['2k€', 200000],
    ['1 200,50 €', 120050],
    ['1200.50€', 120050],
    ['20,5', 2050],
    ['20€50', 2050],
    ['20 euros 50', 2050],
    ['dix euros cinquante', 1050],
    ['20 euros et 50 centimes', 2050],
    ['50 centimes', 50],
    ['un euro', 100],
    ['0', 0],
    ['vingt-cinq', 2500],
    ['une dizaine', 1000],
  ])('is strictly %s', (text, minor) => {
    expect(french(text, 'strict')).toBe(minor);
    expect(french(text)).toBe(minor);
  });

  test.each([
    ['je peux donner 50 euros', 5000],
    ['allez, 20 euros, c’est pour la bonne cause', 2000],
    ['100 balles et un mars', 10000],
  ])('is found in a sentence: %s', (text, minor) => {
    expect(french(text, 'strict')).toBe('unread');
    expect(french(text)).toBe(minor);
  });

  test.each([
    ['20 dollars', 'refused: currency'],
    ['$20', 'refused: currency'],
    ['£20', 'refused: currency'],
    ['-5', 'refused: too_small'],
    ['10 ou 20 euros', 'refused: several'],
    ['10-20€', 'refused: several'],
    ['10€ ou 20€', 'refused: several'],
    ['1.2.3', 'refused: malformed'],
    ['9'.repeat(40), 'refused: too_large'],
    ['rien', 'unread'],
    ['plus tard', 'unread'],
    ['une voiture', 'unread'],
  ])('is refused or not there: %s', (text, outcome) => {
    expect(french(text)).toBe(outcome);
  });

  test('keeps within bounds written in whole euros', () => {
    const bounded = createReader('amount', { min: 1, max: 4600 });
    expect(bounded('50 centimes')).toBe('refused: too_small');
    expect(bounded('1 €')).toBe(100);
    expect(bounded('4600')).toBe(460000);
    expect(bounded('4600,01 €')).toBe('refused: too_large');
  });
});

test.each([
  ['ten bucks', 1000],
  ['$20', 2000],
  ['$1,200.50', 120050],
  ['20 dollars', 2000],
  ['a dozen dollars', 1200],
  ['a hundred dollars', 10000],
  ['two hundred and fifty dollars', 25000],
  ['five grand', 500000],
  ['50 cents', 50],
  ['ten dollars and fifty cents', 1050],
  ['about $30', 3000],
  ['twenty', 2000],
  ['20 usd', 2000],
  ['20 euros', 'refused: currency'],
  ['i could give 25 dollars', 2500],
])('an amount in dollars: %s', (text, minor) => {
  expect(american(text)).toBe(minor);
});

test('an amount in digits is read to the cent, with or without its sign', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (minor) => {
      const written = (minor / 100).toFixed(2);
      expect(french(written)).toBe(minor);
      expect(french(`${written.replace('.', ',')} €`, 'strict')).toBe(minor);
      expect(american(`$${written}`, 'strict')).toBe(minor);
    }),
  );
});
