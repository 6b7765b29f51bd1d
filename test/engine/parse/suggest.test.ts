import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { countTypos, didYouMean, nearest } from '../../../src/engine/parse/suggest.js';
import { tell } from '../../../src/engine/sentence.js';

test.each([
  ['email', 'email', 0],
  ['emial', 'email', 1],
  ['emal', 'email', 1],
  ['emaill', 'email', 1],
  ['emaik', 'email', 1],
  ['', 'abc', 3],
  ['kitten', 'sitting', 3],
])('%j and %j are %d typos apart', (a, b, typos) => {
  expect(countTypos(a, b)).toBe(typos);
});

test('counting typos does not depend on the order, and is none only for equal words', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
      expect(countTypos(a, b)).toBe(countTypos(b, a));
      expect(countTypos(a, b) === 0).toBe(a === b);
    }),
  );
});

test('suggests the nearest word when it is near enough, else what there is', () => {
  expect(nearest('emial', ['phone', 'email'])).toBe('email');
  expect(nearest('Email', ['email'])).toBe('email');
  expect(nearest('weather', ['phone', 'email'])).toBeUndefined();
  expect(tell(didYouMean('emial', ['phone', 'email']))).toBe('did you mean "email"?');
  expect(tell(didYouMean('zebra', ['phone', 'email']))).toBe('choose one of: phone, email');
  expect(tell(didYouMean('zebra', []))).toBe('there is none to choose from');
});
