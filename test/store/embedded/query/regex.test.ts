import { describe, expect, test } from '@jest/globals';
import { compileRegex } from '../../../../src/store/embedded/query/regex.js';

describe('a pattern in PCRE syntax', () => {
  test.each<[string, string, string, boolean]>([
    ['a.c', '', 'abc', true],
    ['a.c', '', 'a\nc', false],
    ['a.c', 's', 'a\nc', true],
    ['^b', 'm', 'a\nb', true],
    ['^b', '', 'a\nb', false],
    ['b$', '', 'ab\n', true],
    ['b$', '', 'ab\nc', false],
    ['b\\z', '', 'ab\n', false],
    ['\\Aab\\Z', '', 'ab', true],
    ['ABC', 'i', 'xabcx', true],
    ['(?i)ABC', '', 'abc', true],
    ['(?i)É', '', 'é', true],
    ['a b # comment', 'x', 'ab', true],
    ['\\Qa.b\\E', '', 'axb', false],
    ['\\Qa.b\\E', '', 'a.b', true],
    ['[[:digit:]_]+$', '', '12_', true],
    ['[\\w-.]+@x', '', 'a-b.c@x', true],
    ['[]a]', '', ']', true],
    ['[^]a]', '', ']', false],
    ['a{,2}', '', 'a{,2}', true],
    ['a{2}', '', 'aa', true],
    ['\\-\\/\\@\\"', '', '-/@"', true],
    ['(?<year>\\d{4})', '', '2024', true],
    ['(?P<year>\\d{4})', '', '2024', true],
    ['(a)\\1', '', 'aa', true],
    ['(?<=a)b', '', 'ab', true],
    ['^.$', '', '😀', true],
    ['\\x41\\x{1F600}', '', 'A😀', true],
    ['\\s', '', '\u00a0', false],
    ['x}', '', 'x}', true],
    ['\\p{L}', '', 'é', true],
    ['\\pN', '', '٣', true],
    ['^\\d+(\\.\\d+)*$', '', '1.20.3', true],
    ['^([a-z]+-)+[a-z]+$', '', 'a-b-c', true],
    ['^(?:,\\s*\\d+)*$', '', ', 1,2', true],
    ['(?:ab?c{2,3})+', '', 'abcc', true],
  ])('%p with %p on %p: %p', (pattern, options, text, expected) => {
    expect(compileRegex(pattern, options).test(text)).toBe(expected);
  });

  test.each<[string, string]>([
    ['(', ''],
    ['a)', ''],
    ['[a', ''],
    ['*a', ''],
    ['\\', ''],
    ['\\j', ''],
    ['(?>a)', ''],
    ['a++', ''],
    ['(?R)', ''],
    ['(a+)+$', ''],
    ['((a*)b?)*', ''],
    ['^(\\.?\\d+)*$', ''],
    ['^(.\\d+)*$', ''],
    ['^(a|b+)*$', ''],
    ['^(?:x\\w+)*$', ''],
    ['^([.-]?\\w+)*$', ''],
    ['^(,(a+)?)*$', ''],
    ['((ab)+)+', ''],
    ['a\0', ''],
    ['[[:nope:]]', ''],
    ['x'.repeat(40_000), ''],
  ])('%.20p is refused', (pattern, options) => {
    expect(() => compileRegex(pattern, options)).toThrow(expect.objectContaining({ code: 51091 }));
  });

  test('an unknown option is refused', () => {
    expect(() => compileRegex('a', 'g')).toThrow(expect.objectContaining({ code: 51108 }));
  });

  test.each<[string, string, string]>([
    ['^abc', '', 'abc'],
    ['^abc.*', '', 'abc'],
    ['^abc*', '', 'ab'],
    ['^ab😀?', '', 'ab'],
    ['^abc+', '', 'abc'],
    ['^a|b', '', ''],
    ['abc', '', ''],
    ['^abc', 'i', ''],
    ['^abc', 'm', ''],
    ['(?i)^abc', '', ''],
    ['^a\\.b', '', 'a'],
  ])('%p with %p begins with %p', (pattern, options, prefix) => {
    expect(compileRegex(pattern, options).prefix).toBe(prefix);
  });
});
