import { expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { readSpeech } from '../../../src/engine/speech.js';
import { ACTIONS, linesOf, sourcesOf } from '../sources.js';

const FLOW =
  'title: M\npurpose: service\nstarts_on: [{ command: start }]\nsteps:\n  - say: a\n    next: end\n';

const compileWith = (locales: Record<string, string>) =>
  compile(
    sourcesOf({ flows: { main: FLOW }, locales: { 'en/main': 'a: A\n', ...locales } }),
    ACTIONS,
  );

test('reads phrases and synonyms as they are written', () => {
  const { lessons } = compileWith({
    'en/intents': 'greet: [Hello!, "hi, you"]\nnone:\n  - 42\n',
    'en/synonyms': 'money: [cash, a tenner]\n',
  });
  expect(lessons).toEqual([
    {
      language: 'en',
      intents: new Map([
        ['greet', ['Hello!', 'hi, you']],
        ['none', ['42']],
      ]),
      synonyms: new Map([['money', ['cash', 'a tenner']]]),
    },
  ]);
});

test('tells what is wrong in intents.yaml and synonyms.yaml, each at its place, and reads the rest', () => {
  const compiled = compileWith({
    'en/intents': 'greet:\n  hello: there\nbye:\n  - see you\n  - [nested]\n  -\n',
    'en/synonyms': '- money\n',
  });
  expect(linesOf(compiled)).toEqual([
    'locales/en/intents.yaml:2:3 error wrong-type',
    'locales/en/intents.yaml:5:5 error wrong-type',
    'locales/en/intents.yaml:6:4 error wrong-type',
    'locales/en/synonyms.yaml:1:1 error wrong-type',
  ]);
  expect(compiled.lessons[0]?.intents.get('bye')).toEqual(['see you']);
  expect(compiled.flows.has('main')).toBe(true);
});

test('takes the synonyms that come with the program, group by group, where a campaign has none', () => {
  const { lessons } = readSpeech({
    flows: [],
    locales: [
      { path: 'locales/en/intents.yaml', text: 'greet: [hello]\n' },
      { path: 'locales/en/synonyms.yaml', text: 'money: [dosh]\n' },
    ],
    shipped: [{ path: 'en/synonyms.yaml', text: 'money: [cash]\nhello: [hi]\n' }],
  });
  expect(lessons[0]?.synonyms).toEqual(
    new Map([
      ['money', ['dosh']],
      ['hello', ['hi']],
    ]),
  );
});

test('reads a folder that has nothing but intents.yaml, in whatever language', () => {
  const speech = readSpeech({
    campaign: { path: 'flows/campaign.yaml', text: 'name: T\nlanguages: [fr]\ncountry: fr\n' },
    flows: [],
    locales: [{ path: 'locales/de/intents.yaml', text: 'greet: [guten Tag]\n' }],
  });
  expect(speech.problems).toEqual([]);
  expect(speech.campaign.languages).toEqual(['de']);
  expect(speech.lessons.map(({ language }) => language)).toEqual(['de']);
});
