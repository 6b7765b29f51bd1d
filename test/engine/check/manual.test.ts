import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { compile, type SourceFile } from '../../../src/engine/compile.js';
import { ANSWER_TYPES, PURPOSES } from '../../../src/engine/flow.js';
import { PROBLEM_CODES } from '../../../src/engine/parse/codes.js';
import { PHRASE_ARGUMENTS, STEP_KEYS, STEP_KINDS } from '../../../src/engine/parse/names.js';
import { createLibrary } from '../../../src/engine/library.js';
import { formatProblem } from '../../../src/engine/problem.js';
import { formatFailure, readTranscript, runTranscript } from '../../../src/engine/transcript.js';
import { ACTIONS } from '../../../src/actions.js';
import { COMMON, linesOf, sourcesOf } from '../sources.js';

const MANUAL = readFileSync(join(__dirname, '../../../flows/README.md'), 'utf8');

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

/** Files that the manual shows whole: blocks of YAML whose first line is a comment with their name. */
const SHOWN: readonly SourceFile[] = [
  ...MANUAL.matchAll(/^```yaml\n(# (\S+\.yaml)\n[^`]*)```/gm),
].map(([, text = '', path = '']) => ({ path, text }));

/** Words of the flows that are shown without them. */
const UNSHOWN: readonly SourceFile[] = [
  {
    path: 'locales/en/news.yaml',
    text: "agree: { ask: 'May we?' }\nemail: { ask: 'Address?' }\npicnic: { ask: 'A picnic?' }\ngoodbye: Bye\n",
  },
  {
    path: 'locales/en/leaflets.yaml',
    text: "shift: { ask: 'Which?' }\ndone: '{signed_when}, {signed_where}'\nthanks: Thanks\nnone_left: None\n",
  },
  { path: 'locales/en/common.yaml', text: COMMON },
];

describe('the files it shows', () => {
  const [campaign] = SHOWN.filter(({ path: name }) => name === 'flows/campaign.yaml');
  const flows = SHOWN.filter(({ path: name }) => /^flows\/(?!campaign)[^/]+$/.test(name));
  const locales = SHOWN.filter(({ path: name }) => name.startsWith('locales/'));
  const transcripts = SHOWN.filter(({ path: name }) => name.startsWith('flows/tests/'));
  const compiled = compile(
    {
      ...(campaign === undefined ? {} : { campaign }),
      flows,
      locales: [...locales, ...UNSHOWN],
    },
    ACTIONS,
  );

  test('are flows, words, a campaign and transcripts, and every block of YAML is one', () => {
    expect([campaign, flows, locales, transcripts].map((files) => [files].flat().length)).toEqual([
      1, 3, 2, 2,
    ]);
    expect(MANUAL.match(/^ *```yaml/gm)).toHaveLength(SHOWN.length);
  });

  test('have no mistake, but that the flow of first contact is not shown', () => {
    expect(linesOf(compiled)).toEqual(['flows/picnic.yaml:2:1 warning no-start-flow']);
  });

  test('go as the transcripts among them say', () => {
    const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
    for (const file of transcripts) {
      const { transcript } = readTranscript(file);
      if (transcript === undefined) throw new Error(`${file.path} cannot be read`);
      const result = runTranscript(library, compiled.rules, transcript);
      expect(result.type === 'failed' ? formatFailure(file.path, transcript, result) : '').toBe('');
    }
  });

  test('give the message that is shown when they have the mistake that is shown', () => {
    const shown = /^ *(flows\/picnic\.yaml:\d+:\d+ error .*)$/m.exec(MANUAL)?.[1];
    const broken = flows.map(({ path: name, text }) => ({
      path: name,
      text: text.replace('give_up: dish', 'give_up: dihs'),
    }));
    const { problems } = compile({ flows: broken, locales: [...locales, ...UNSHOWN] }, ACTIONS);
    expect(problems.map(formatProblem)).toContain(shown);
  });
});

test('shows conditions that compile', () => {
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
      flows: { checked },
      locales: {
        'en/checked':
          'age: { ask: A? }\nemail: { ask: E? }\ntopics: { ask: T?, options: { health: H } }\n',
      },
    }),
    ACTIONS,
  );
  expect(linesOf(compiled)).toEqual(['flows/checked.yaml:1:1 warning no-start-flow']);
});
