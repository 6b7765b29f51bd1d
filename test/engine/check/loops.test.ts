import { expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { ACTIONS, compileSteps, linesOf, sourcesOf } from '../sources.js';

const WORDS = 'a: A\nb: B\nq: { ask: Q? }\n';

function loopsIn(steps: string): readonly string[] {
  return linesOf(compileSteps(steps, WORDS)).filter((line) => line.includes('endless-loop'));
}

test('a loop with a question or a wait in it is fine', () => {
  expect(loopsIn('  - say: a\n  - collect: q\n    type: text\n    next: a\n')).toEqual([]);
  expect(loopsIn('  - say: a\n  - wait: 1h\n    next: a\n')).toEqual([]);
});

test('a loop that counts and can be left is fine; one that only counts is not', () => {
  const count =
    '  - set: { session.n: "1" }\n  - say: a\n  - set: { session.n: "session.n + 1" }\n    id: more\n';
  const arms =
    '    next:\n      - if: session.n < 3\n        then: a\n      - else: b\n  - say: b\n    next: end\n';
  expect(loopsIn(count + arms)).toEqual([]);
  expect(loopsIn(`${count}    next: a\n`)).toEqual(['flows/main.yaml:7:5 error endless-loop']);
});

test('a loop that can be left, but where nothing ever changes, goes round for ever', () => {
  const steps =
    '  - say: a\n    next:\n      - if: session.turn > 2\n        then: a\n      - else: end\n';
  expect(loopsIn(steps)).toEqual(['flows/main.yaml:6:5 error endless-loop']);
});

const COUNT = '  - set: { session.n: "1" }\n';
const MORE = '  - set: { session.n: "session.n + 1" }\n    id: more\n';

test('a loop that counts one thing and looks at another goes round for ever', () => {
  const arms = '    next:\n      - if: session.turn < 3\n        then: a\n      - else: end\n';
  expect(loopsIn(`${COUNT}  - say: a\n${MORE}${arms}`)).toEqual([
    'flows/main.yaml:7:5 error endless-loop',
  ]);
});

test('a loop that counts, but not on every way round, is told', () => {
  const arms =
    '    next:\n      - if: session.turn < 9\n        then: a\n      - if: session.n < 3\n        then: more\n      - else: end\n';
  expect(loopsIn(`${COUNT}  - say: a\n${arms}${MORE}    next: a\n`)).toEqual([
    'flows/main.yaml:7:5 error endless-loop',
  ]);
});

test('a loop whose condition cannot be read is not told besides', () => {
  const arms = '    next:\n      - if: session.n <\n        then: a\n      - else: end\n';
  expect(loopsIn(`  - say: a\n${arms}`)).toEqual([]);
});

const OFFER = '  - action: shift.offer\n    id: a\n    give_up: a\n';

test('the result of an action is no question: a loop of actions goes round for ever', () => {
  expect(loopsIn(`${OFFER}    next: end\n`)).toEqual(['flows/main.yaml:6:5 error endless-loop']);
});

test('a loop that ends on what an action gives is fine', () => {
  const arms = '    next:\n      - if: answers.a.open\n        then: a\n      - else: end\n';
  expect(loopsIn(`${OFFER.replace('give_up: a', 'give_up: end')}${arms}`)).toEqual([]);
});

test('a wait until an instant that may be past stops no loop', () => {
  expect(loopsIn('  - say: a\n  - wait: { until: now }\n    next: a\n')).toEqual([
    'flows/main.yaml:6:5 error endless-loop',
  ]);
});

test('two separate loops are told separately', () => {
  const steps =
    '  - collect: q\n    type: yes_no\n    next:\n      - if: answers.q\n        then: a\n      - else: b\n  - say: a\n    next: a\n  - say: b\n    next: b\n';
  expect(loopsIn(steps)).toEqual([
    'flows/main.yaml:12:5 error endless-loop',
    'flows/main.yaml:14:5 error endless-loop',
  ]);
});

/** Loops told when a flow goes round over a call of `other`, which has these steps. */
function loopsOver(steps: string): readonly string[] {
  return linesOf(
    compile(
      sourcesOf({
        flows: {
          main: 'title: M\npurpose: service\nstarts_on: [{ command: start }]\nsteps:\n  - say: a\n  - call: other\n    next: a\n',
          other: `title: O\npurpose: service\nsteps:\n${steps}`,
        },
        locales: { 'en/main': 'a: A\n', 'en/other': 'q: { ask: Q? }\nb: B\n' },
      }),
      ACTIONS,
    ),
  ).filter((line) => line.includes('endless-loop'));
}

test('a loop over a call stops only if the called flow surely asks', () => {
  expect(loopsOver('  - collect: q\n    type: text\n  - say: b\n    next: end\n')).toEqual([]);
  expect(loopsOver('  - say: b\n    next: end\n')).toEqual([
    'flows/main.yaml:5:5 error endless-loop',
  ]);
});

function linkTo(to: string): string {
  return `title: F\npurpose: service\nstarts_on: [{ command: ${to} }]\nsteps:\n  - link: ${to}\n`;
}

test('flows that link to each other without asking are told once', () => {
  const compiled = compile(
    sourcesOf({ flows: { ping: linkTo('pong'), pong: linkTo('ping') } }),
    ACTIONS,
  );
  expect(linesOf(compiled).filter((line) => line.includes('endless-loop'))).toEqual([
    'flows/ping.yaml:5:11 error endless-loop',
  ]);
});
