import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { createLibrary } from '../../../src/engine/library.js';
import { createSimulation, simulate, type Happening } from '../../../src/engine/simulate.js';
import { ACTIONS, linesOf, sourcesOf } from '../sources.js';

const FLOW = (intents: string, first: string): string =>
  `title: T\npurpose: service\nstarts_on: [${intents}]\nsteps:\n${first}`;

const compiled = compile(
  sourcesOf({
    flows: {
      welcome: FLOW('{ command: start }', '  - say: hello\n    next: end\n'),
      give: FLOW('{ intent: give }', '  - say: thanks\n    next: end\n'),
      quiet: FLOW('{ intent: quiet }', '  - say: psst\n    next: end\n'),
      faq: FLOW(
        '{ intent: river }, { intent: tax }',
        `  - branch: true
    next:
      - if: has(session.intent) && session.intent == "tax"
        then: tax
      - else: river
  - say: river
    next: end
  - say: tax
    next: end
`,
      ),
    },
    locales: {
      'en/welcome': 'hello: Hello\n',
      'en/give': 'label: Give\nthanks: Thanks\n',
      'en/quiet': 'psst: Psst\n',
      'en/faq': 'label: Questions\nlabel.tax: The taxes\nriver: Blue\ntax: Low\n',
      'en/intents':
        'give: [give money]\nquiet: [be quiet]\nriver: [the water]\ntax: [what I pay]\n',
    },
  }),
  ACTIONS,
);
const library = createLibrary({ ...compiled, flows: compiled.flows.values() });

/** Somebody known, and what each event is answered with. */
function talk(pauseMs = 10_000): (event: Happening) => { keys: string[]; labels: string[] } {
  let simulation = createSimulation('en', 0, 'web');
  simulation = { ...simulation, session: { turn: 1, frames: [] } };
  return (event) => {
    const turn = simulate(library, { ...simulation, now: simulation.now + pauseMs }, event);
    simulation = turn.simulation;
    const says = turn.effects.filter((effect) => effect.type === 'say');
    return {
      keys: says.map(({ flow, key }) => `${flow}.${key}`),
      labels: says.flatMap(({ question }) => question?.options.map(({ label }) => label) ?? []),
    };
  };
}

const mumbled = (guesses: readonly string[]): Happening => ({ type: 'said', text: 'hm', guesses });

describe('what was not understood', () => {
  test('is written without a mistake', () => {
    expect(linesOf(compiled)).toEqual([]);
  });

  test('is answered with the flows that come nearest, by their labels', () => {
    const hear = talk();
    expect(hear(mumbled(['tax', 'give', 'river']))).toEqual({
      keys: ['common.offer'],
      labels: ['The taxes', 'Give', 'Questions'],
    });
    expect(hear({ type: 'chose', turn: 2, values: ['tax'] }).keys).toEqual(['faq.tax']);
  });

  test('offers no flow without a label, none twice, and at most three', () => {
    expect(talk()(mumbled(['quiet', 'nothing'])).keys).toEqual(['common.not_understood']);
    expect(talk()(mumbled(['give', 'quiet', 'give'])).labels).toEqual(['Give']);
    expect(talk()(mumbled([])).keys).toEqual(['common.not_understood']);
  });

  test('takes the label or the number in writing, in the very next message', () => {
    for (const [text, said] of [
      ['Give', 'give.thanks'],
      ['2', 'faq.river'],
      ['the taxes', 'faq.tax'],
    ] as const) {
      const hear = talk();
      hear(mumbled(['give', 'river', 'tax']));
      expect(hear({ type: 'said', text }).keys).toEqual([said]);
    }
    const hear = talk();
    hear(mumbled(['give']));
    hear({ type: 'said', text: 'hm' });
    expect(hear({ type: 'said', text: '1' }).keys).toEqual(['common.not_understood']);
  });

  test('leaves the buttons of an offer good until another question is open', () => {
    const hear = talk();
    hear(mumbled(['give', 'river']));
    hear({ type: 'said', text: 'hm' });
    expect(hear({ type: 'chose', turn: 2, values: ['river'] }).keys).toEqual(['faq.river']);
    expect(hear({ type: 'chose', turn: 2, values: ['give'] }).keys).toEqual(['give.thanks']);
    expect(hear({ type: 'chose', turn: 2, values: ['tax'] }).keys).toEqual(['common.stale']);
    expect(hear({ type: 'chose', turn: 1, values: ['give'] }).keys).toEqual(['common.stale']);
  });
});

test('a flow that is offered starts once, however fast its button is tapped', () => {
  const hear = talk(1_000);
  hear(mumbled(['give', 'river']));
  const tap: Happening = { type: 'chose', turn: 2, values: ['river'] };
  expect([hear(tap), hear(tap)].map(({ keys }) => keys)).toEqual([['faq.river'], []]);
});

test('a flow can read which intent started it', () => {
  expect(talk()({ type: 'said', text: 'x', intent: 'tax' }).keys).toEqual(['faq.tax']);
  expect(talk()({ type: 'started', flow: 'faq' }).keys).toEqual(['faq.river']);
});

test.each([
  ['label: Much longer than a button shows\n', 'label-too-long'],
  ['label: Give {campaign}\n', 'unknown-icu-argument'],
  ['label.other: Give\n', 'extra-translation'],
])('the checker reads labels: %j is %s', (label, code) => {
  const broken = compile(
    sourcesOf({
      flows: { give: FLOW('{ intent: give }', '  - say: thanks\n    next: end\n') },
      locales: { 'en/give': `${label}thanks: Thanks\n`, 'en/intents': 'give: [give]\n' },
    }),
    ACTIONS,
  );
  expect(linesOf(broken).join('\n')).toContain(`locales/en/give.yaml:1`);
  expect(linesOf(broken).join('\n')).toContain(code);
});

test('the checker refuses to compare the intent with one that starts nothing here', () => {
  const broken = compile(
    sourcesOf({
      flows: {
        give: FLOW(
          '{ intent: give }',
          '  - say: thanks\n    next:\n      - if: has(session.intent) && session.intent == "gvie"\n        then: end\n      - else: end\n',
        ),
      },
      locales: { 'en/give': 'thanks: Thanks\n', 'en/intents': 'give: [give]\n' },
    }),
    ACTIONS,
  );
  expect(linesOf(broken).join('\n')).toMatch(/give.yaml:7:13 error unknown-option/);
});
