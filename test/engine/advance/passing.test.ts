import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { createLibrary } from '../../../src/engine/library.js';
import {
  createSimulation,
  simulate,
  type Happening,
  type Simulation,
} from '../../../src/engine/simulate.js';
import { ACTIONS, linesOf, sourcesOf } from '../sources.js';

const FLOW = (triggers: string, steps: string): string =>
  `title: T\npurpose: service\nstarts_on: [${triggers}]\nsteps:\n${steps}`;

const compiled = compile(
  sourcesOf({
    campaign:
      'name: Test\ncandidate: Ann Doe\nlanguages: [en]\nfields: { age: { type: number } }\n',
    flows: {
      sign_up: FLOW('{ command: start }', '  - collect: age\n    type: number\n    next: end\n'),
      faq: FLOW(
        '{ intent: hours }, { intent: papers }, { command: faq }',
        `  - say: answer
  - collect: helped
    type: yes_no
    passing: true
    next: end
`,
      ),
      thanks: FLOW('{ intent: thanks }', '  - say: welcome\n    next: end\n'),
      tour: FLOW('{ command: tour }', '  - call: faq\n  - say: seen\n    next: end\n'),
    },
    locales: {
      'en/sign_up': "age: { ask: 'How old are you?', retry: 'A number, please.' }\n",
      'en/faq': `label: Questions
answer: Here you are.
helped: { ask: 'Was that it?', retry: 'Yes or no?' }
`,
      'en/thanks': 'welcome: You are welcome.\n',
      'en/tour': 'seen: You have seen it.\n',
      'en/intents': 'hours: [when]\npapers: [what to bring]\nthanks: [cheers]\n',
    },
  }),
  ACTIONS,
);
const library = createLibrary({ ...compiled, flows: compiled.flows.values() });

type Talk = (event: Happening) => readonly string[];

/** Somebody known, and the keys that each event is answered with. */
function talk(): Talk {
  let simulation: Simulation = createSimulation('en', 0, 'web');
  simulation = { ...simulation, session: { turn: 1, frames: [] } };
  return (event) => {
    const turn = simulate(library, { ...simulation, now: simulation.now + 10_000 }, event);
    simulation = turn.simulation;
    return turn.effects.flatMap((effect) =>
      effect.type === 'say' ? [`${effect.flow}.${effect.key}`] : [],
    );
  };
}

const say = (text: string, intent?: string): Happening => ({
  type: 'said',
  text,
  ...(intent === undefined ? {} : { intent }),
});
const ANSWERED = ['faq.answer', 'faq.helped.ask'];

describe('a question asked in passing', () => {
  test('is sound, and takes its answer as any other', () => {
    expect(linesOf(compiled)).toEqual([]);
    const hear = talk();
    expect(hear(say('when?', 'hours'))).toEqual(ANSWERED);
    expect(hear(say('hm'))).toEqual(['faq.helped.retry']);
    expect(hear(say('yes'))).toEqual([]);
    expect(hear(say('yes'))).toEqual(['common.not_understood']);
  });

  test('gives way to another intent of its own flow', () => {
    const hear = talk();
    hear(say('when?', 'hours'));
    expect(hear(say('and what do I bring?', 'papers'))).toEqual(ANSWERED);
    expect(hear(say('yes'))).toEqual([]);
    expect(hear(say('yes'))).toEqual(['common.not_understood']);
  });

  test('is not asked again after another flow', () => {
    const hear = talk();
    hear(say('when?', 'hours'));
    expect(hear(say('cheers', 'thanks'))).toEqual(['thanks.welcome']);
    hear(say('when?', 'hours'));
    expect(hear(say('/start'))).toEqual(['sign_up.age.ask']);
  });

  test('leaves what it does not understand to the question below', () => {
    const hear = talk();
    expect(hear(say('/start'))).toEqual(['sign_up.age.ask']);
    expect(hear(say('when?', 'hours'))).toEqual(ANSWERED);
    expect(hear(say('30'))).toEqual([]);
    hear(say('/start'));
    hear(say('when?', 'hours'));
    expect(hear(say('hm'))).toEqual(['sign_up.age.retry']);
  });

  test('comes back to the question below once it is answered', () => {
    const hear = talk();
    hear(say('/start'));
    hear(say('when?', 'hours'));
    expect(hear(say('no'))).toEqual(['sign_up.age.ask']);
  });

  test('leaves a button of the question below to that question', () => {
    const hear = talk();
    hear(say('/start'));
    hear(say('/faq'));
    expect(hear({ type: 'chose', turn: 2, values: ['30'] })).toEqual(['sign_up.age.retry']);
  });

  test('gives way to the nearest flows when a text comes near some', () => {
    const hear = talk();
    hear(say('when?', 'hours'));
    expect(hear({ type: 'said', text: 'hm', guesses: ['papers'] })).toEqual(['common.offer']);
    hear(say('when?', 'hours'));
    expect(hear({ type: 'said', text: 'hm', guesses: ['thanks'] })).toEqual(['faq.helped.retry']);
  });

  test('stays in a flow that was called, which has to come back', () => {
    const hear = talk();
    expect(hear(say('/tour'))).toEqual(ANSWERED);
    expect(hear(say('cheers', 'thanks'))).toEqual(['thanks.welcome', 'faq.helped.ask']);
    expect(hear(say('yes'))).toEqual(['tour.seen']);
  });
});
