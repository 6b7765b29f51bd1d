import { expect, test } from '@jest/globals';
import { readAsAddress } from '../../src/supporters/search-words.js';

test.each([
  ['camille.77', 'camille.77'],
  [' Jean-Paul ', 'jean-paul'],
  ['a_b+c', 'a_b+c'],
  ['camille', undefined],
  ['jean paul.x', undefined],
  ['j@exemple.fr', undefined],
  ['06.12.34', undefined],
  ['?!', undefined],
])('%j may be the beginning of the e-mail %j', (typed, address) => {
  expect(readAsAddress(typed)).toBe(address);
});
