import { expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import type { Meaning } from '../../../src/engine/event.js';
import { createLibrary } from '../../../src/engine/library.js';
import { createSimulation, simulate, type Simulation } from '../../../src/engine/simulate.js';
import { ACTIONS, linesOf, sourcesOf } from '../sources.js';

const compiled = compile(
  sourcesOf({
    flows: {
      welcome: `title: W
purpose: service
starts_on: [{ command: start }, { intent: shift }]
steps:
  - collect: day
    type: choice
    options: [saturday, sunday]
    next: end
`,
      faq: `title: F
purpose: service
starts_on: [{ intent: hours }, { keyword: hours }]
steps:
  - say: hours
    next: end
`,
    },
    locales: {
      'en/welcome':
        "day: { ask: 'Which day?', retry: 'Which?', options: { saturday: Saturday, sunday: Sunday } }\n",
      'en/faq': 'hours: From eight to eight.\n',
      'en/intents': 'shift: [my shift]\nhours: [when is it open]\n',
    },
  }),
  ACTIONS,
);
const library = createLibrary({ ...compiled, flows: compiled.flows.values() });

/** What is said to somebody who was asked which day. */
function answeredWith(text: string, meaning: Meaning): readonly string[] {
  const stranger = createSimulation('en', 0, 'web');
  const asked = simulate(library, stranger, { type: 'opened' }).simulation;
  const later: Simulation = { ...asked, now: 10_000 };
  const { effects } = simulate(library, later, { type: 'said', text, ...meaning });
  return effects.flatMap((effect) =>
    effect.type === 'say' ? [`${effect.flow}.${effect.key}`] : [],
  );
}

test('the flows are sound', () => {
  expect(linesOf(compiled)).toEqual([]);
});

test('an intent that is sure leaves the open question, which is asked again', () => {
  expect(answeredWith('when do you open', { intent: 'hours' })).toEqual([
    'faq.hours',
    'welcome.day.ask',
  ]);
});

test('an intent that is not quite sure does not leave the open question', () => {
  const meaning = { intent: 'hours', tentative: true } as const;
  expect(answeredWith('when do you open', meaning)).toEqual(['welcome.day.retry']);
  expect(answeredWith('well, saturday I think', meaning)).toEqual([]);
});

test('a keyword leaves the open question whatever is thought of its meaning', () => {
  const meaning = { intent: 'hours', tentative: true } as const;
  expect(answeredWith('hours', meaning)).toEqual(['faq.hours', 'welcome.day.ask']);
});

test('an answer that sounds like what started the flow is an answer', () => {
  expect(answeredWith('I can help on saturday', { intent: 'shift' })).toEqual([]);
});

test('a few words that choose an option are an answer, whatever else they look like', () => {
  expect(answeredWith('saturday would do', { intent: 'hours' })).toEqual([]);
  const long = 'when do you open on saturday and until when';
  expect(answeredWith(long, { intent: 'hours' })).toEqual(['faq.hours', 'welcome.day.ask']);
});

test('what started the flow, said again, has its question asked again', () => {
  expect(answeredWith('the thing with the days', { intent: 'shift' })).toEqual(['welcome.day.ask']);
});
