import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Printed } from '../../src/engine/flow.js';
import { readPhrase } from '../../src/engine/icu.js';
import { tell } from '../../src/engine/sentence.js';

function read(source: string, language = 'fr') {
  const reading = readPhrase(source, language, 'Europe/Paris');
  if ('problem' in reading) throw new Error(tell(reading.problem));
  return reading;
}

function render(
  source: string,
  args: Readonly<Record<string, string | number | Date | Printed>> = {},
  language = 'fr',
): string {
  return read(source, language).phrase.render(args);
}

describe('a phrase', () => {
  test('without arguments is itself', () => {
    expect(render('Bonjour <b>à</b> tous # !')).toBe('Bonjour <b>à</b> tous # !');
    expect(read('Bonjour').phrase.arguments).toEqual([]);
  });

  test('gives an argument without value as the word none', () => {
    const hello = 'Bonjour{firstName, select, none {} other { {firstName}}} !';
    expect(render(hello)).toBe('Bonjour !');
    expect(render(hello, { firstName: 'Léa' })).toBe('Bonjour Léa !');
    expect(render('{n, plural, one {#} other {# portes}}')).toBe('none portes');
    expect(render('{n, number}')).toBe('none');
    expect(render('{x}')).toBe('none');
  });

  test('counts and groups as its language does', () => {
    const doors = '{n, plural, =0 {aucune} one {# porte} other {# portes}}';
    expect([0, 1, 1.5, 2, 1200].map((n) => render(doors, { n }))).toEqual([
      'aucune',
      '1 porte',
      '1,5 porte',
      '2 portes',
      '1\u202f200 portes',
    ]);
    expect(render(doors, { n: 0 }, 'en')).toBe('aucune');
    expect(render('{n, selectordinal, one {#st} two {#nd} other {#th}}', { n: 22 }, 'en')).toBe(
      '22nd',
    );
  });

  test('shows dates in the time zone of the campaign', () => {
    const late = new Date('2032-03-13T23:30:00Z');
    expect(render('{now, time, short}', { now: late })).toBe('00:30');
    expect(render('le {now, date, long}', { now: late })).toBe('le 14 mars 2032');
    expect(render('le {now}', { now: late })).toBe('le 14 mars 2032');
  });

  test('takes the branch of an option by its name, else by its label', () => {
    const climate = { value: 'climate', text: 'Le climat' };
    expect(render('{x, select, climate {1} other {2}} {x}', { x: climate })).toBe('1 Le climat');
    const byLabel = '{x, select, health {0} other {{x, select, none {1} other {{x}}}}}';
    expect(render(byLabel, { x: climate })).toBe('Le climat');
    expect(render('{x, select, Santé {1} other {2}}', { x: { value: 'h', text: 'Santé' } })).toBe(
      '1',
    );
  });

  test('never reads a branch from what every object has', () => {
    expect(render('{x, select, other {fine}}', { x: 'constructor' })).toBe('fine');
  });

  test.each([
    ['Bonjour {firstName', 'add the missing }'],
    ['Bonjour firstName}', 'add the missing {'],
    ['{}', 'has no name in it'],
    ['{first name}', 'letters and digits only'],
    ['{x, select, a {b}}', 'other'],
    ['{x, shout}', 'check its braces'],
  ])('that cannot be read, %j, says why', (source, why) => {
    const reading = readPhrase(source, 'fr', 'UTC');
    expect('problem' in reading ? tell(reading.problem) : '').toContain(why);
  });

  test('that nests without end is refused, not followed', () => {
    const reading = readPhrase('{x, select, other {'.repeat(20_000), 'fr', 'UTC');
    expect('problem' in reading ? tell(reading.problem) : '').toContain('check its braces');
  });

  test('knows the longest it can become, in characters', () => {
    const { longest } = read(
      '👍 {x, select, none {} other {très bien}} {n, plural, one {#} other {# !}}',
    );
    expect(longest(() => 0)).toBe(15);
    expect(read('{campaign} {x}').longest((name) => (name === 'campaign' ? 20 : 0))).toBe(21);
  });
});

const NAME = fc.constantFrom('a', 'b', 'n', 'now');
const LITERAL = fc.constantFrom('Bonjour ', 'é', ' — ', '# ', '<b>', ', ', ' œuf ', '\n');
const { message: MESSAGE } = fc.letrec<{ message: string; part: string }>((tie) => ({
  message: fc.array(tie('part'), { maxLength: 5 }).map((parts) => parts.join('')),
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    LITERAL,
    fc.constantFrom(
      '{a}',
      '{b}',
      '{n}',
      '{n, number}',
      '{n, number, percent}',
      '{n, number, ::.00}',
    ),
    tie('message').chain((inner) =>
      tie('message').map(
        (other) => `{a, select, none {${inner}} Léa {x${other}} other {${other}}}`,
      ),
    ),
    tie('message').chain((inner) =>
      NAME.map(() => `{n, plural, offset:1 =0 {zero} one {#${inner}} other {# ${inner}}}`),
    ),
  ),
}));

test('prints exactly what the reference formatter prints', () => {
  const values = fc.record({
    a: fc.constantFrom('Léa', 'none', 'x', ''),
    b: fc.string({ maxLength: 5 }),
    n: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.double({ min: 0, max: 9e6, noNaN: true })),
  });
  fc.assert(
    fc.property(MESSAGE, values, fc.constantFrom('fr', 'en'), (source, args, language) => {
      const reference = new IntlMessageFormat(source, language, undefined, { ignoreTag: true });
      expect(render(source, args, language)).toBe(String(reference.format(args)));
    }),
    { numRuns: 500 },
  );
});

test('no text, however strange, stops the reader', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    "'",
    ',',
    'select',
    'plural',
    'other',
    '#',
    ' a ',
    '::',
    '=1',
    '<',
  );
  const strange = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(strange, (source) => {
      const reading = readPhrase(source, 'en', 'UTC');
      const told = 'problem' in reading ? tell(reading.problem) : reading.phrase.render({});
      expect(typeof told).toBe('string');
    }),
  );
});
