import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { editDistance, isNear } from '../../../src/engine/answers/edit-distance.js';
import { ANSWER_TYPES } from '../../../src/engine/flow.js';
import { contextIn, createReader } from './reader.js';

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

describe('what people do to a text changes nothing of what it says', () => {
  const lists = { fr: contextIn('fr').words, en: contextIn('en').words };
  const language = fc.constantFrom('fr' as const, 'en' as const);
  const topics = ['Climat', 'Santé', 'Logement', 'Transports'].map((label) => ({
    value: label,
    label,
  }));

  test('a yes or a no with thanks and a picture is the same', () => {
    fc.assert(
      fc.property(language, fc.boolean(), fc.nat(), fc.nat(), (tongue, isYes, one, other) => {
        const { yes, no, courtesies = [] } = lists[tongue];
        const said = (isYes ? yes : no).filter((phrase) => /\p{L}/u.test(phrase));
        const written = `${said[one % said.length]}, ${courtesies[other % courtesies.length]} 🙂`;
        expect(createReader('yes_no', { language: tongue })(written)).toBe(isYes);
      }),
    );
  });

  test('no option is read from a text that turns it around', () => {
    fc.assert(
      fc.property(language, fc.nat(), fc.constantFrom(...topics), (tongue, nth, { label }) => {
        const { not = [] } = lists[tongue];
        const written = `${not[nth % not.length]} ${label}`;
        const context = { language: tongue, options: topics };
        expect(createReader('choice', context)(written)).toBe('unread');
        expect(createReader('choices', context)(written)).toBe('unread');
      }),
    );
  });

  test('a phone number is the same by its digits said one by one', () => {
    fc.assert(
      fc.property(
        language,
        fc.constantFrom('06', '07'),
        fc.stringMatching(/^[1-9]\d{7}$/),
        (tongue, start, rest) => {
          const { numbers = {} } = lists[tongue];
          const read = createReader('phone', { language: tongue });
          const said = (start + rest)
            .split('')
            .map((digit) => numbers[digit]?.[0] ?? '')
            .join(' ');
          expect(read(said)).toBe(read(start + rest));
        },
      ),
    );
  });

  test('a weekday is the same with two of its letters swapped', () => {
    fc.assert(
      fc.property(language, fc.nat(6), fc.nat(), (tongue, weekday, at) => {
        const day = lists[tongue].weekdays?.[weekday]?.[0] ?? '';
        const swap = 1 + (at % (day.length - 2));
        const slip = `${day.slice(0, swap)}${day[swap + 1]}${day[swap]}${day.slice(swap + 2)}`;
        const read = createReader('date', { language: tongue });
        expect(read(slip)).toBe(read(day));
      }),
    );
  });

  test('zeros typed as the letter O are zeros', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9][0-8]\d{3}$/), (code) => {
        expect(createReader('postal_code')(code.replaceAll('0', 'O'))).toBe(code);
      }),
    );
  });
});
