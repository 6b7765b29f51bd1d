import { describe, expect, test } from '@jest/globals';
import { compile } from '../../../src/engine/compile.js';
import { createLibrary } from '../../../src/engine/library.js';
import { createSimulation, simulate, type Simulation } from '../../../src/engine/simulate.js';
import { ACTIONS, linesOf, sourcesOf } from '../sources.js';
import { NOON } from '../talk.js';

const compiled = compile(
  sourcesOf({
    campaign: 'name: Test\nlanguages: [en]\ncountry: fr\nfields: { place: { type: text } }\n',
    flows: {
      welcome: `title: W
purpose: engagement
starts_on: [{ command: start }]
steps:
  - collect: agree
    type: yes_no
    consent: { purpose: engagement }
    next:
      - if: answers.agree
        then: address
      - else: end
  - collect: address
    type: address
    into: supporter.fields.place
  - collect: email
    type: email
    into: supporter.email
  - say: thanks
    next: end
`,
      rights: `title: R
purpose: service
starts_on: [{ keyword: forget me }]
steps:
  - action: consent.withdraw
    next: end
`,
    },
    locales: {
      'en/welcome':
        "agree: { ask: 'Agree?' }\naddress: { ask: 'Where?' }\nemail: { ask: 'Mail?' }\nthanks: 'Thanks, {email}.'\n",
      'en/rights': '',
    },
  }),
  ACTIONS,
);
const { problems: _, ...sound } = compiled;
const library = createLibrary({ ...sound, flows: compiled.flows.values() });

function converse(texts: readonly string[]): { simulation: Simulation; last: readonly string[] } {
  let simulation = createSimulation('en', NOON, 'web');
  let last: readonly string[] = [];
  for (const text of texts) {
    const turn = simulate(library, simulation, { type: 'said', text });
    simulation = turn.simulation;
    last = turn.effects.flatMap((effect) => (effect.type === 'say' ? [effect.text] : []));
  }
  return { simulation, last };
}

describe('a field that needs a consent', () => {
  test('is kept once the consent was given', () => {
    const { simulation } = converse([
      'hi',
      'yes',
      '3 Mill Lane, 35000 Valbrume',
      'ann@example.org',
    ]);
    expect(linesOf(compiled)).toEqual([]);
    expect(simulation.supporter.profile).toMatchObject({
      email: 'ann@example.org',
      postal_code: '35000',
    });
  });

  test('is left as it is when the consent was taken back while the question stood open', () => {
    const { simulation, last } = converse([
      'hi',
      'yes',
      '3 Mill Lane, 35000 Valbrume',
      'forget me',
      'ann@example.org',
    ]);
    expect(simulation.supporter.consents).toEqual({ engagement: false });
    expect(simulation.supporter.profile['email']).toBeUndefined();
    // The conversation itself goes on: it may still need the answer.
    expect(last).toEqual(['Thanks, ann@example.org.']);
  });
});
