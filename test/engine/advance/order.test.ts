import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { createLibrary } from '../../../src/engine/library.js';
import {
  createSimulation,
  saying,
  simulate,
  type Happening,
  type Simulation,
} from '../../../src/engine/simulate.js';
import { ACTIONS, linesOf, sourcesOf } from '../sources.js';
import { NOON } from '../talk.js';

// What a text or a button is taken for, in the order of reading: each rule wins over those below it.

const flow = (triggers: string, steps: string): string =>
  `title: T\npurpose: service\nstarts_on: [${triggers}]\nsteps:\n${steps}`;
const answer = '  - say: a\n    next: end\n';

const compiled = compile(
  sourcesOf({
    flows: {
      ask: flow(
        '{ command: start }',
        `  - collect: what
    type: choice
    options: [stop, tour, red, blue]
    next: end
`,
      ),
      count: flow('{ command: count }', '  - collect: n\n    type: number\n    next: end\n'),
      halt: flow('{ command: stop }', answer),
      tour: flow('{ command: tour }, { keyword: [red, sun, twelve] }', answer),
      moon: flow('{ intent: moon }', answer),
    },
    locales: {
      'en/ask':
        "what: { ask: 'What?', retry: 'Hm?', options: { stop: Stop, tour: /tour, red: Red, blue: Blue } }\n",
      'en/count': "n: { ask: 'How many?', retry: 'A number, please.' }\n",
      'en/halt': 'a: Halt.\n',
      'en/tour': 'a: Tour.\n',
      'en/moon': 'label: Moon\na: Moon.\n',
      'en/stop-words': 'stop: [stop]\n',
    },
  }),
  ACTIONS,
);
const { problems: _, ...sound } = compiled;
const library = createLibrary({ ...sound, flows: compiled.flows.values() });

/** Keys of what is said when this happens at the open question of a flow, or with none open. */
function heard(asking: 'ask' | 'count' | undefined, event: Happening): readonly string[] {
  const stranger = createSimulation('en', NOON, 'web');
  let simulation: Simulation = { ...stranger, session: { turn: 1, frames: [] } };
  if (asking !== undefined) {
    ({ simulation } = simulate(library, simulation, { type: 'started', flow: asking }));
  }
  const { effects } = simulate(library, simulation, event);
  return effects.flatMap((effect) =>
    effect.type === 'say' ? [`${effect.flow}.${effect.key}`] : [],
  );
}

const said = (text: string, more: object = {}): Happening => ({
  ...saying(text, compiled.rules),
  ...more,
});

test('the flows have no mistake', () => {
  expect(linesOf(compiled)).toEqual([]);
});

describe('at an open question', () => {
  test('1: a rule word comes before the option of that name', () => {
    expect(heard('ask', said('Stop'))).toEqual(['halt.a']);
  });

  test('2: a button is what it says, whatever word it has', () => {
    expect(heard('ask', { type: 'chose', turn: 2, values: ['stop'] })).toEqual([]);
    expect(heard('ask', { type: 'chose', turn: 1, values: ['stop'] })).toEqual([
      'common.stale',
      'ask.what.ask',
    ]);
  });

  test('3: a command comes before the option of that name', () => {
    expect(heard('ask', said('/tour'))).toEqual(['tour.a', 'ask.what.ask']);
    expect(heard('ask', said('/nothing'))).toEqual(['common.not_understood', 'ask.what.ask']);
  });

  test('4: an answer that is exact comes before a keyword and an intent', () => {
    expect(heard('ask', said('red', { intent: 'moon' }))).toEqual([]);
    expect(heard('count', said('12', { intent: 'moon' }))).toEqual([]);
  });

  test('5: a keyword comes before an intent, and both before an answer that is only near', () => {
    expect(heard('ask', said('sun', { intent: 'moon' }))).toEqual(['tour.a', 'ask.what.ask']);
    expect(heard('count', said('I think 12 or so', { intent: 'moon' }))).toEqual([
      'moon.a',
      'count.n.ask',
    ]);
  });

  test('5: an intent that starts nothing changes nothing', () => {
    expect(heard('count', said('I think 12 or so', { intent: 'sea' }))).toEqual([]);
  });

  test('6: an answer that is near is taken', () => {
    expect(heard('ask', said('I guess the blue one'))).toEqual([]);
    expect(heard('count', said('I think 12 or so'))).toEqual([]);
  });

  test('7: what is none of these is asked again', () => {
    expect(heard('ask', said('green'))).toEqual(['ask.what.retry']);
    expect(heard('count', said('many'))).toEqual(['count.n.retry']);
  });
});

describe('with no question open', () => {
  test('a keyword comes before an intent, and an intent before not being understood', () => {
    expect(heard(undefined, said('sun', { intent: 'moon' }))).toEqual(['tour.a']);
    expect(heard(undefined, said('to the moon', { intent: 'moon' }))).toEqual(['moon.a']);
    expect(heard(undefined, said('to the mon', { guesses: ['moon'] }))).toEqual(['common.offer']);
    expect(heard(undefined, said('to the sea', { guesses: ['sea'] }))).toEqual([
      'common.not_understood',
    ]);
  });

  test('a rule word and a command come first', () => {
    expect(heard(undefined, said('stop', { intent: 'moon' }))).toEqual(['halt.a']);
    expect(heard(undefined, said('/tour', { intent: 'moon' }))).toEqual(['tour.a']);
  });
});
