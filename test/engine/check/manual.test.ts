import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { ANSWER_TYPES, PURPOSES } from '../../../src/engine/flow.js';
import { PROBLEM_CODES } from '../../../src/engine/parse/codes.js';
import { PHRASE_ARGUMENTS, STEP_KEYS, STEP_KINDS } from '../../../src/engine/parse/names.js';
import { ACTIONS } from '../../../src/actions.js';
import { linesOf, sourcesOf } from '../sources.js';

const MANUAL = readFileSync(path.join(__dirname, '../../../flows/README.md'), 'utf8');

/** First cells of the table under a heading, without their backquotes, and the cells after them. */
function tableUnder(heading: string): readonly (readonly string[])[] {
  const section = MANUAL.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const firstCells = (heading: string): readonly string[] =>
  tableUnder(heading).map(([cell = '']) => cell.replaceAll('`', ''));

test('names every kind of step and every key that one may have', () => {
  expect(firstCells('Steps')).toEqual([...STEP_KINDS]);
  for (const key of new Set(Object.values(STEP_KEYS).flat())) {
    expect(MANUAL).toMatch(new RegExp(`\`${key}[\`:]|${key}:`));
  }
});

test('names every type of answer and every purpose', () => {
  expect(firstCells('Types of answers')).toEqual([...ANSWER_TYPES]);
  for (const purpose of PURPOSES) expect(MANUAL).toContain(purpose);
});

test('names every action with its arguments and its result', () => {
  const rows = tableUnder('Actions').map(([name = '', args = '', , gives = '']) => [
    name.replaceAll('`', ''),
    [...args.matchAll(/`(\w+)` \((\w+)(, may be left out)?/g)].map(
      ([, argument, type, optional]) => `${argument} ${type}${optional === undefined ? '' : '?'}`,
    ),
    [...gives.matchAll(/`(\w+)`/g)].map(([, field]) => field),
  ]);
  const declared = ACTIONS.map(({ name, arguments: args, result }) => [
    name,
    Object.entries(args).map(([arg, { type, optional }]) => `${arg} ${type}${optional ? '?' : ''}`),
    Object.keys(result ?? {}),
  ]);
  expect(rows).toEqual(declared);
});

test('names every code with its cure, in order', () => {
  expect(firstCells('What the checker says')).toEqual([...PROBLEM_CODES]);
  for (const [code, wrong, cure] of tableUnder('What the checker says')) {
    expect([code, (wrong ?? '').length > 0, (cure ?? '').length > 0]).toEqual([code, true, true]);
  }
});

test('names every argument that words may use', () => {
  for (const name of PHRASE_ARGUMENTS) expect(MANUAL).toContain(`{${name}}`);
});

test('shows a flow and conditions that compile', () => {
  const flow = /## A flow\n\n```yaml\n([^`]*)```/.exec(MANUAL)?.[1] ?? '';
  const conditions = /Examples: (.*)\.\n/.exec(MANUAL)?.[1] ?? '';
  const sources = [...conditions.matchAll(/`([^`]+)`/g)].map(([, source]) => source);
  expect(sources.length).toBeGreaterThan(3);
  const arms = sources.map((source) => `      - if: '${source}'\n        then: end\n`).join('');
  const checked = `title: C
purpose: service
steps:
  - collect: age
    type: number
  - collect: email
    type: email
  - collect: topics
    type: choices
    options: [health]
    next:
${arms}      - else: end
`;
  const compiled = compile(
    sourcesOf({
      campaign: 'name: N\nlanguages: [en]\nelection: { name: { en: Vote }, date: 2032-03-14 }\n',
      flows: { main: flow, checked },
      locales: {
        'en/main': 'hello: Hi\nemail: { ask: E? }\n',
        'en/checked':
          'age: { ask: A? }\nemail: { ask: E? }\ntopics: { ask: T?, options: { health: H } }\n',
      },
    }),
    ACTIONS,
  );
  expect(linesOf(compiled)).toEqual([]);
});
