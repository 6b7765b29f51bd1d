import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { createLibrary } from '../../../src/engine/library.js';
import {
  createSimulation,
  letPass,
  simulate,
  type Happening,
  type Simulation,
} from '../../../src/engine/simulate.js';
import { ACTIONS, linesOf, sourcesOf } from '../sources.js';
import { NOON } from '../talk.js';

const flow = (steps: string, triggers = ''): string =>
  `title: T\npurpose: service\nstarts_on: [${triggers}]\nsteps:\n${steps}`;

const compiled = compile(
  sourcesOf({
    flows: {
      start: flow('  - say: a\n    next: end\n', '{ command: start }'),
      question: flow(
        '  - collect: q\n    type: number\n    attempts: 2\n    next: end\n  - say: below\n    next:\n      - if: has(answers.q)\n        then: known\n      - else: unknown\n  - say: known\n    next: end\n  - say: unknown\n    next: end\n',
      ),
      action: flow(
        '  - action: shift.offer\n    id: got\n    next:\n      - if: answers.got.open\n        then: known\n      - else: end\n  - say: below\n  - say: known\n    next: end\n',
      ),
      outer: flow('  - call: middle\n  - say: back\n    next: end\n'),
      middle: flow('  - say: on\n  - link: inner\n'),
      inner: flow('  - collect: q\n    type: text\n    next: end\n'),
      late: flow('  - collect: q\n    type: number\n    expire_in: 1d\n    next: end\n'),
      early: flow('  - wait: { until: now }\n  - say: a\n    next: end\n'),
    },
    locales: {
      'en/start': 'a: A\n',
      'en/question': 'q: { ask: Q?, retry: R? }\nbelow: B\nknown: K\nunknown: U\n',
      'en/action': 'below: B\nknown: K\n',
      'en/outer': 'back: B\n',
      'en/middle': 'on: O\n',
      'en/inner': 'q: { ask: Q? }\n',
      'en/late': 'q: { ask: Q? }\n',
      'en/early': 'a: A\n',
    },
  }),
  ACTIONS,
);
const { problems: _, ...sound } = compiled;
const library = createLibrary({ ...sound, flows: compiled.flows.values() });

/** Keys said at each happening, after a flow is started; a number lets that many milliseconds pass. */
function go(name: string, ...happenings: readonly (Happening | string | number)[]) {
  const stranger = createSimulation('en', NOON, 'web');
  let simulation: Simulation = { ...stranger, session: { turn: 1, frames: [] } };
  return [{ type: 'started', flow: name } as const, ...happenings].map((happening) => {
    const turn =
      typeof happening === 'number'
        ? letPass(library, simulation, happening)
        : simulate(
            library,
            simulation,
            typeof happening === 'string' ? { type: 'said', text: happening } : happening,
          );
    simulation = turn.simulation;
    return turn.effects.flatMap((effect) =>
      effect.type === 'say' ? [`${effect.flow}.${effect.key}`] : [],
    );
  });
}

test('the flows lack nothing but a way to what only giving up leads to', () => {
  expect(linesOf(compiled)).toEqual([]);
});

describe('giving up', () => {
  test('a question goes to the step below, and leaves no answer', () => {
    expect(go('question', 'x', 'y')).toEqual([
      ['question.q.ask'],
      ['question.q.retry'],
      ['question.below', 'question.unknown'],
    ]);
    expect(go('question', 'x', '3')[2]).toEqual([]);
  });

  test('an action that fails, or is silent for thirty seconds, goes to the step below', () => {
    const failed: Happening = { type: 'returned', effect: '2.1' };
    expect(go('action', failed)[1]).toEqual(['action.below', 'action.known']);
    expect(go('action', 29_999, 1)).toEqual([[], [], ['action.below', 'action.known']]);
  });

  test('an action that is done goes where its result says', () => {
    const done = (open: boolean): Happening => ({
      type: 'returned',
      effect: '2.1',
      result: { open },
    });
    expect(go('action', done(true))[1]).toEqual(['action.known']);
    expect(go('action', done(false))[1]).toEqual([]);
  });
});

test('a called flow that links to another comes back from there to what called it', () => {
  expect(go('outer', 'x')).toEqual([['middle.on', 'inner.q.ask'], ['outer.back']]);
});

test('what expired is offered to whoever writes anything, a command included', () => {
  for (const text of ['hello', '/start']) {
    expect(go('late', 86_400_000, text, 'Go on')).toEqual([
      ['late.q.ask'],
      [],
      ['common.resume.ask'],
      ['late.q.ask'],
    ]);
  }
  expect(go('late', 86_400_000, 'hello', 'Start again')[3]).toEqual(['start.a']);
});

test('a wait until an instant that is past does not wait', () => {
  expect(go('early')).toEqual([['early.a']]);
});
