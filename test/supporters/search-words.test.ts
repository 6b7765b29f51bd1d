import { expect, test } from '@jest/globals';
import { planSearch, readAsAddress, wordBeginning } from '../../src/supporters/search-words.js';

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

test('looks for the rarest word first, and counts nothing for one word', async () => {
  const people = new Map([
    ['camille', 900],
    ['martin', 1_000],
    ['77', 3],
  ]);
  const counted: number[] = [];
  const count = async (query: object, most: number): Promise<number> => {
    counted.push(most);
    const [, found = 0] =
      [...people].find(([word]) => JSON.stringify(wordBeginning(word)) === JSON.stringify(query)) ??
      [];
    return found;
  };
  expect(await planSearch([], count)).toEqual([]);
  expect(await planSearch(['camille'], count)).toEqual([wordBeginning('camille')]);
  expect(counted).toEqual([]);
  expect(await planSearch(['camille', 'martin', '77'], count)).toEqual(
    ['77', 'camille', 'martin'].map(wordBeginning),
  );
});
