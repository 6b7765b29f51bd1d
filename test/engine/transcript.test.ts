import { describe, expect, test } from '@jest/globals';
import { formatProblem } from '../../src/engine/problem.js';
import {
  formatFailure,
  readTranscript,
  runTranscript,
  writeTranscript,
  type Transcript,
} from '../../src/engine/transcript.js';
import { compileFixtures } from './fixture-library.js';

const { library, rules } = compileFixtures();

function read(text: string): Transcript {
  const { transcript, problems } = readTranscript({ path: 't.yaml', text });
  if (transcript === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return transcript;
}

function problemsOf(text: string): string[] {
  return readTranscript({ path: 't.yaml', text }).problems.map(formatProblem);
}

const HEAD = 'title: T\nflow: welcome\nlocale: fr\n';
const FIRST = `${HEAD}turns:
  - they: /start
    we: [hello, agree.ask]
  - they: oui
    we: [name.ask]
`;

describe('reading', () => {
  test('takes every form of turn', () => {
    const { turns } = read(`${HEAD}turns:
  - they: { choose: [climate] }
  - they: { choose: yes, of: 2 }
  - they: { skip: true }
  - they: { share: contact }
  - they: { send: photo }
  - they: { after: 1d12h }
  - they: { start: help }
  - they: { open: true }
  - they: 75011
    do: [a, { b: { returns: [x, y] } }, { c: { returns: { n: 1 } } }, { d: { fails: true } }]
    we: [k]
`);
    expect(turns.map(({ they }) => they)).toEqual([
      { type: 'choose', values: ['climate'] },
      { type: 'choose', values: ['yes'], of: 2 },
      { type: 'skip' },
      { type: 'share', what: 'contact' },
      { type: 'send', media: 'photo' },
      { type: 'after', ms: 129_600_000 },
      { type: 'start', flow: 'help' },
      { type: 'open' },
      { type: 'text', text: '75011' },
    ]);
    expect(turns.at(-1)?.do).toEqual([
      { action: 'a' },
      { action: 'b', returns: { options: ['x', 'y'] } },
      { action: 'c', returns: { n: 1 } },
      { action: 'd', fails: true },
    ]);
  });

  test('names every mistake with its place', () => {
    expect(
      problemsOf(
        'title: T\nflow: welcome\nwelt: x\nat: noon\nturns:\n  - we: [a]\n  - they: { send: cake }\n  - they: oui\n    wee: [a]\n',
      ).map((line) => line.replace(/ {2}.*/, '')),
    ).toEqual([
      't.yaml:3:1 error unknown-key',
      't.yaml:1:1 error missing-key',
      't.yaml:4:5 error wrong-type',
      't.yaml:6:5 error missing-key',
      't.yaml:7:19 error wrong-type',
      't.yaml:9:5 error unknown-key',
    ]);
    expect(
      problemsOf(`${HEAD}turns:\n  - they: {}\n  - they: a\n    do: [{ b: {} }]\n`),
    ).toHaveLength(2);
    expect(problemsOf('')).toHaveLength(1);
    expect(problemsOf('- a')).toHaveLength(1);
    expect(problemsOf('title: [')).not.toEqual([]);
  });
});

describe('running', () => {
  test('passes when keys, actions and what is known are as written', () => {
    const transcript = read(`${FIRST}after:\n  consents: { engagement: yes }\n`);
    expect(runTranscript(library, rules, transcript).type).toBe('passed');
  });

  test.each([
    ['a key too many', FIRST.replace('[name.ask]', '[name.ask, x]')],
    ['a key too few', FIRST.replace('[hello, agree.ask]', '[hello]')],
    ['another key', FIRST.replace('name.ask', 'email.ask')],
    ['another order', FIRST.replace('[hello, agree.ask]', '[agree.ask, hello]')],
    ['an action not done', FIRST.replace('    we: [name.ask]', '    do: [x]\n    we: [name.ask]')],
    ['another consent', `${FIRST}after:\n  consents: { engagement: no }\n`],
    ['a field not known', `${FIRST}after:\n  supporter: { email: a@b.fr }\n`],
  ])('fails at %s', (_, text) => {
    expect(runTranscript(library, rules, read(text)).type).toBe('failed');
  });

  test('compares only the fields that are named, at any depth', () => {
    const text = `${HEAD}supporter: { fields: { age: 3, visits: 2 }, postal_code: '75011' }\nturns:\n  - they: /start\n    we: [hello, agree.ask]\nafter:\n  supporter: { fields: { age: 3 }, postal_code: 75011 }\n`;
    expect(runTranscript(library, rules, read(text)).after).toEqual([]);
    const other = runTranscript(library, rules, read(text.replace('age: 3 }, p', 'age: 4 }, p')));
    expect(other.after).toEqual(['supporter.fields.age is 3, not 4']);
  });

  test('begins with someone known when the flow is not the first', () => {
    const text = 'title: T\nflow: help\nlocale: fr\nturns:\n  - they: aide\n    we: [answer]\n';
    expect(runTranscript(library, rules, read(text)).type).toBe('passed');
    const prefixed = text.replace('[answer]', '[help.answer]');
    expect(runTranscript(library, rules, read(prefixed)).type).toBe('passed');
  });

  test('fails when the flow does not exist', () => {
    const text = 'title: T\nflow: gone\nlocale: fr\nturns: []\n';
    expect(runTranscript(library, rules, read(text)).after).toEqual([
      'there is no sound flow "gone"',
    ]);
  });

  test('tells words of all flows by their full key only', () => {
    const text =
      'title: T\nflow: help\nlocale: fr\nturns:\n  - they: quoi\n    we: [common.not_understood]\n';
    expect(runTranscript(library, rules, read(text)).type).toBe('passed');
    const bare = text.replace('common.', '');
    expect(runTranscript(library, rules, read(bare)).type).toBe('failed');
  });
});

describe('recording', () => {
  test('writes what happens now, which then passes and reads back the same', () => {
    const stale = read(
      `${HEAD}turns:
  - they: /start
  - they: "1"
  - they: oui
  - they: Léa
  - they: lea@exemple.org
    do: [gone]
  - they: { choose: [climate, health] }
after:
  supporter: { email: x, gone: 1, preferences: { topics: [] } }
  consents: { engagement: no, vote: yes }
`,
    );
    const { recorded } = runTranscript(library, rules, stale);
    expect(runTranscript(library, rules, recorded).type).toBe('passed');
    expect(recorded.after).toEqual({
      supporter: { email: 'lea@exemple.org', preferences: { topics: ['climate', 'health'] } },
      consents: { engagement: true },
    });
    const written = writeTranscript(recorded);
    expect(read(written)).toEqual(recorded);
    expect(written).toContain('    do: [email.confirm]\n    we: [topics.ask]\n');
  });

  test('keeps the results that actions are given, the clock and the channel', () => {
    const text = `title: 'It’s: "odd"'
flow: shift
locale: fr
at: 2030-01-02T08:00:00.000Z
channel: telegram
turns:
  - they: /shift
    do: [{ volunteer.offer_shifts: { returns: { options: [samedi] } } }]
    we: [shift.ask]
  - they: { after: 90s }
`;
    const { recorded } = runTranscript(library, rules, read(text));
    expect(writeTranscript(recorded)).toBe(
      text.replace(`'It’s: "odd"'`, '"It’s: \\"odd\\""').replace('90s', '1m30s'),
    );
  });
});

test('a failure is shown side by side, with what is said and what is known', () => {
  const transcript = read(
    `${FIRST.replace('name.ask', 'email.ask')}after:\n  consents: { engagement: no }\n`,
  );
  const result = runTranscript(library, rules, transcript);
  expect(formatFailure('flows/tests/t.yaml', transcript, result)).toBe(
    [
      'flows/tests/t.yaml  T',
      '     they    should     does',
      '   1 /start  hello      hello  “Bonjour ! Je suis l’assistant autom…”',
      '             agree.ask  agree.ask  “Acceptez-vous que nous gardions vos…”',
      '✗  2 oui     email.ask  name.ask  “Quel est votre prénom ?”',
      '✗ after: consents.engagement is true, not false',
      '',
    ].join('\n'),
  );
});
