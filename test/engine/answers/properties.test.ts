import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { editDistance, isNear } from '../../../src/engine/answers/edit-distance.js';
import { ANSWER_TYPES } from '../../../src/engine/flow.js';
import { createReader } from './reader.js';

const options = [
  { value: 'a', label: 'Climat' },
  { value: 'b', label: '' },
  { value: 'c', label: '2' },
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('0', '1', '.', ',', ' ', '-', '+', '@', 'a', 'é', '’', '\n'),
    maxLength: 40,
  }),
);

test.each(ANSWER_TYPES)('reading any text as %s never throws, and gives plain JSON', (type) => {
  for (const country of ['fr', 'us', 'none'] as const) {
    const read = createReader(type, { options, country });
    fc.assert(
      fc.property(text, (written) => {
        const value = read(written);
        expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  }
});

test.each(ANSWER_TYPES)(
  'what is read strictly as %s is read leniently to the same value',
  (type) => {
    const read = createReader(type, { options });
    fc.assert(
      fc.property(text, (written) => {
        const strictly = read(written, 'strict');
        if (typeof strictly === 'string' && /^unread|^refused/.test(strictly)) return;
        expect(read(written)).toEqual(strictly);
      }),
      { numRuns: 500 },
    );
  },
);

test.each(ANSWER_TYPES)('a text of more than 2,000 characters is too long for %s', (type) => {
  expect(createReader(type, { options })('a@b.fr 12 '.repeat(201))).toBe('refused: too_long');
});

test('the distance between words is a distance, and one slip is near', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 9 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
  expect(editDistance('climat', 'cliamt')).toBe(1);
  expect(editDistance('santé', 'sante')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
  expect(isNear('oui', 'oux')).toBe(false);
  expect(isNear('ecole', 'ecoles')).toBe(true);
  expect(isNear('transport', 'trasnprot')).toBe(true);
  expect(isNear('climat', 'client')).toBe(false);
});
