import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createReader } from './reader.js';

const french = createReader('number');
const english = createReader('number', { language: 'en' });

describe('a number in French', () => {
  test.each([
    ['12', 12],
    ['douze', 12],
    ['Douze.', 12],
    ['vingt-deux', 22],
    ['vingt et un', 21],
    ['dix-sept', 17],
    ['dix neuf', 19],
    ['soixante-dix', 70],
    ['soixante et onze', 71],
    ['soixante-quinze', 75],
    ['quatre-vingts', 80],
    ['quatre-vingt-un', 81],
    ['quatre-vingt-dix-neuf', 99],
    ['septante-cinq', 75],
    ['cent', 100],
    ['cent trois', 103],
    ['deux cents', 200],
    ['deux cent cinquante', 250],
    ['mille', 1000],
    ['mille neuf cent quatre-vingts', 1980],
    ['deux mille trente-deux', 2032],
    ['trois cent mille', 300_000],
    ['deux millions', 2_000_000],
    ['une vingtaine', 20],
    ['une douzaine', 12],
    ['deux douzaines', 24],
    ['3 douzaines', 36],
    ['une centaine', 100],
    ['une', 1],
    ['zéro', 0],
    ['environ 12', 12],
    ['1 200,50', 1200.5],
    ['3,5', 3.5],
    ['2 mille', 2000],
  ])('is strictly %s', (text, value) => {
    expect(french(text, 'strict')).toBe(value);
    expect(french(text)).toBe(value);
  });

  test.each([
    ['on sera une vingtaine je pense', 20],
    ['je viens avec mes deux enfants', 2],
    ['j’ai trente-quatre ans', 34],
    ['12 personnes', 12],
  ])('is found in a sentence: %s', (text, value) => {
    expect(french(text, 'strict')).toBe('unread');
    expect(french(text)).toBe(value);
  });

  test.each([
    ['j’ai une voiture', 'unread'],
    ['beaucoup', 'unread'],
    ['deux ou trois', 'refused: several'],
    ['10 à 12', 'refused: several'],
    ['1.2.3', 'refused: malformed'],
  ])('is refused or not there: %s', (text, outcome) => {
    expect(french(text)).toBe(outcome);
  });
});

test.each([
  ['two hundred', 200],
  ['two hundred and five', 205],
  ['twenty-two', 22],
  ['about 12', 12],
  ['a dozen', 12],
  ['two dozen', 24],
  ['half a dozen', 6],
  ['a hundred', 100],
  ['nineteen', 19],
  ['three thousand four hundred', 3400],
  ['one', 1],
  ['both of us', 2],
  ['there will be four of us', 4],
  ['1,200.50', 1200.5],
  ['5k', 5000],
  ['one or two', 'refused: several'],
  ['a few', 'unread'],
])('a number in English: %s', (text, value) => {
  expect(english(text)).toBe(value);
});

test('a number that was read is read again as itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (value) => {
      expect(french(String(value / 4), 'strict')).toBe(value / 4);
    }),
  );
});
