import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { fold } from '../../src/engine/fold.js';

test.each([
  ['  Oui, BIEN   sûr ! ', 'oui bien sur'],
  ['D’accord', 'd accord'],
  ["d'accord", 'd accord'],
  ['ARRÊTEZ-TOUT', 'arretez tout'],
  ['Cœur', 'coeur'],
  ['2ème', '2eme'],
  ['½', '1 2'],
  ['ﬁn', 'fin'],
  ['OK 👍', 'ok'],
  ['👍', '👍'],
  ['👍👍!', '👍👍'],
  ['...', ''],
  ['Да', 'да'],
])('%j folds to %j', (text, folded) => {
  expect(fold(text)).toBe(folded);
});

test('folding twice changes nothing more, and case never counts', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const folded = fold(text);
      expect(fold(folded)).toBe(folded);
      expect(folded).toBe(folded.trim());
    }),
  );
});
