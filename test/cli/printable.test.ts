import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { printable, printableJson } from '../../src/cli/printable.js';

/** Whatever moves a terminal's cursor, colours it or turns its direction. */
const OBEYED = /(?!\n)[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const nasty = fc.string({
  unit: fc.constantFrom('a', 'é', '👍🏽', '\n', '\r', '\u001b', '\u009b', '\u202e'),
});

test('what somebody wrote is shown without a sign that a terminal obeys, on lines set in', () => {
  expect(printable('Bonjour\r\nà\u001b[2J tous')).toBe('Bonjour\n    à [2J tous');
  fc.assert(
    fc.property(nasty, (text) => {
      expect(printable(text)).not.toMatch(OBEYED);
      expect(printable(text)).not.toMatch(/\n(?! {4})/);
    }),
  );
});

test('as JSON it is on one line, and the same when it is read again', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const line = printableJson({ text });
      expect(line).not.toMatch(OBEYED);
      expect(line).not.toContain('\n');
      expect(JSON.parse(line)).toEqual({ text });
    }),
  );
});
