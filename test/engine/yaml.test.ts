import { expect, test } from '@jest/globals';
import { readYaml } from '../../src/engine/yaml.js';

const read = (text: string) => readYaml({ path: 'x.yaml', text });

test('every key and value knows its place', () => {
  const { root } = read('# first\ntitle: Hi\nsteps:\r\n  - say: "é"\n    next: end\n');
  if (root?.type !== 'map') throw new Error('no map');
  expect(root.place()).toEqual({ file: 'x.yaml', line: 2, column: 1 });
  const steps = root.entry('steps');
  expect(steps?.keyPlace()).toEqual({ file: 'x.yaml', line: 3, column: 1 });
  const [first] = steps?.value.type === 'list' ? steps.value.items : [];
  if (first?.type !== 'map') throw new Error('no step');
  expect(first.place()).toEqual({ file: 'x.yaml', line: 4, column: 5 });
  expect(first.get('say')?.place()).toEqual({ file: 'x.yaml', line: 4, column: 10 });
  expect(first.get('next')?.place()).toEqual({ file: 'x.yaml', line: 5, column: 11 });
});

test('plain values keep their type and their writing', () => {
  const { root } = read('a: yes\nb: 1.50\nc: true\nd:\ne: "2"\nf: ~\ng: 2032-03-14\n1: one\n');
  if (root?.type !== 'map') throw new Error('no map');
  const values = root.entries.map(({ key, value }) =>
    value.type === 'scalar' ? [key, value.value, value.text] : [key],
  );
  expect(values).toEqual([
    ['a', 'yes', 'yes'],
    ['b', 1.5, '1.50'],
    ['c', true, 'true'],
    ['d', null, ''],
    ['e', '2', '2'],
    ['f', null, ''],
    ['g', '2032-03-14', '2032-03-14'],
    ['1', 'one', 'one'],
  ]);
});

test.each([
  ['a: 1\na: 2\n', 2, 1, 'duplicate-key'],
  ['a: "x\n', 1, 4, 'yaml-syntax'],
  ['\ta: 1\n', 1, 1, 'yaml-syntax'],
  ['a: 1\nb: *x\n', 2, 4, 'yaml-syntax'],
  ['a: &x 1\n', 1, 4, 'yaml-syntax'],
  ['a: !has(x)\n', 1, 4, 'yaml-syntax'],
  ['&x a: 1\n', 1, 1, 'yaml-syntax'],
  ['a: 1\n---\nb: 2\n', 2, 1, 'yaml-syntax'],
  ['? [a]\n: b\n', 1, 3, 'yaml-syntax'],
])('%j is told at line %d, column %d', (text, line, column, code) => {
  const { problems } = read(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ file: 'x.yaml', line, column, code, severity: 'error' });
});

test('an empty file has no root and no problem', () => {
  expect(read('# nothing\n')).toEqual({ problems: [] });
});
