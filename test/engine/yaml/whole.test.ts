import { describe, expect, test } from '@jest/globals';
import { readYaml } from '../../../src/engine/yaml.js';

function slipsOf(text: string): readonly string[] {
  return readYaml({ path: 'x.yaml', text }).problems.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

describe('a slip in writing', () => {
  test.each([
    ['a tab', 'steps:\n  - say: a\n\tnext: end\n  - say: b\n', '3:1', 'write spaces'],
    ['no colon', 'a: 1\nb\nc: 2\n', '2:1', 'this line has no colon'],
    ['no colon on the last line', 'a: 1\nb', '2:1', 'this line has no colon'],
    ['no space after a colon', '- a: 1\n  b:2\n  c: 3\n', '2:3', 'a space is missing'],
    ['a colon within a text', 'a: Note : b\nc: 1\n', '1:4', 'put the whole text in quotes'],
    ['a value and a group', 'a: 1\n  b: 2\nc: 3\n', '1:4', 'indent that line like this one'],
    ['a [ never closed', 'a: [x, y\nb: 1\n', '1:4', 'add the missing ]'],
    ['a { never closed', 'a: 1\nb: { x: [1]\nc: 1\n', '2:4', 'add the missing }'],
    ['a ] too many', 'a: [x]]\nb: 1\n', '1:7', 'a ] closes nothing'],
    ['a quote never closed', "a: 1\nb: 'x\nc: 1\n", '2:4', 'add the closing quote'],
    ['a quote closed by the next one', "a: 'x\nb: 'y'\nc: 1\n", '1:4', 'add the closing quote'],
    ['an apostrophe in single quotes', "a: 'D'accord'\nb: 1\n", '1:7', 'write apostrophes as ’'],
    ['a text after quotes', 'a: "x" y\nb: 1\n', '1:8', 'one pair of quotes'],
    ['a text that begins with a brace', 'a: {firstName}, hi\n', '1:15', 'must be in quotes'],
    ['a reserved sign', 'a: @x\nb: 1\n', '1:4', 'begins with @ must be in quotes'],
    ['an escape that is none', 'a: "\\d"\nb: 1\n', '1:5', 'use single quotes'],
    ['a second document', 'a: 1\n---\nb: 2\n', '2:1', 'take the line away'],
    ['a line further out than its group', 'a:\n   b: 1\n  c: 2\nd: 1\n', '3:1', 'line it up'],
    ['a line further out than its list', '- a: b\nc: d\n', '2:1', 'line it up'],
    ['a list item among keys', 'a: 1\n- b\nc: 2\n', '2:1', 'indent it like the list'],
    ['a comment too near', 'a: "x"#c\nb: 1\n', '1:7', 'put a space before the #'],
    ['a text after |', 'a: |x\nb: 1\n', '1:5', 'begins with | must be in quotes'],
  ])('is told once, where it is: %s', (_, text, place, cure) => {
    const slips = slipsOf(text);
    expect(slips).toHaveLength(1);
    expect(slips[0]).toContain(`${place} `);
    expect(slips[0]).toContain(cure);
  });

  test('hides no other', () => {
    const text = "a: [x\nb: 1\n\tc: 2\nd: 'D'un'\ne: { f: g }\nh\ni: 1\n";
    expect(slipsOf(text).map((slip) => slip.split(' ')[0])).toEqual(['1:4', '3:1', '4:7', '6:1']);
  });

  test('leaves the rest to be read, with the places it has', () => {
    const { root } = readYaml({ path: 'x.yaml', text: 'a: 1\nb: [x\nc: 2\n- d\ne: { f: 3 }\n' });
    if (root?.type !== 'map') throw new Error('nothing was read');
    expect(root.entries.map((entry) => [entry.key, entry.keyPlace().line])).toEqual([
      ['a', 1],
      ['c', 3],
      ['e', 5],
    ]);
  });

  test('is told of a file so long that it is not read again', () => {
    const text = `a: [x\n${'b: 1\n'.repeat(20_000)}`;
    expect(slipsOf(text)[0]).toMatch(/^1:4 /);
  });
});
