import { describe, expect, test } from '@jest/globals';
import type { ActionDeclaration } from '../../../src/engine/action.js';
import { compile } from '../../../src/engine/compile.js';
import type { Effect } from '../../../src/engine/effect.js';
import { createLibrary } from '../../../src/engine/library.js';
import {
  createSimulation,
  simulate,
  type Happening,
  type Simulation,
} from '../../../src/engine/simulate.js';
import { COMMON, linesOf, sourcesOf } from '../sources.js';
import { NOON } from '../talk.js';

const ACTIONS: readonly ActionDeclaration[] = [
  {
    name: 'gift.note',
    arguments: {
      amount: { type: 'amount' },
      on: { type: 'date', optional: true },
      town: { type: 'text', optional: true },
    },
    result: { left: 'amount', places: 'number', on: 'date' },
  },
];

const FLOW = `title: Gift
purpose: service
starts_on:
  - command: start
steps:
  - collect: amount
    type: amount
    options: [10, 20]
    min: 5
    max: 100
    attempts: 3
    give_up: end
  - collect: day
    type: date
    optional: true
  - action: gift.note
    id: note
    with: { amount: answers.amount, on: answers.day, town: supporter.fields.town }
    give_up: end
  - say: thanks
    next: end
`;

const WORDS = {
  fr: "amount: { ask: Combien }\nday: { ask: Quand }\nthanks: 'Merci {amount} / {note_left} / {note_places}'\n",
  en: "amount: { ask: How much }\nday: { ask: When }\nthanks: 'Thanks {amount} / {note_left} / {note_places}'\n",
};

const compiled = compile(
  sourcesOf({
    campaign:
      'name: N\nlanguages: [fr, en]\ncountry: fr\ntimezone: Europe/Paris\nfields: { town: { type: text } }\n',
    flows: { gift: FLOW },
    locales: { 'fr/common': COMMON, 'fr/gift': WORDS.fr, 'en/gift': WORDS.en },
  }),
  ACTIONS,
);
const library = createLibrary({ ...compiled, flows: compiled.flows.values() });

/** Begins the flow and takes the events one after the other; answers with the effects of the last. */
function play(
  events: readonly Happening[],
  begin: (stranger: Simulation) => Simulation = (stranger) => stranger,
): readonly Effect[] {
  let simulation = begin(createSimulation('fr', NOON, 'web'));
  let effects: readonly Effect[] = [];
  for (const event of [{ type: 'opened' } as const, ...events]) {
    ({ simulation, effects } = simulate(library, simulation, event));
  }
  return effects;
}

const said = (text: string): Happening => ({ type: 'said', text });
const tapped = (turn: number, value: string): Happening => ({
  type: 'chose',
  turn,
  values: [value],
});

describe('suggested amounts', () => {
  test('need no words of their own', () => {
    expect(linesOf(compiled)).toEqual([]);
  });

  test('are offered in the currency of the campaign, as its language writes it', () => {
    expect(play([])[0]).toMatchObject({
      question: {
        answer: 'amount',
        options: [
          { value: '10', label: '10\u00a0€' },
          { value: '20', label: '20\u00a0€' },
        ],
      },
    });
    const english = play([], (stranger) => ({
      ...stranger,
      supporter: { ...stranger.supporter, language: 'en' },
    }));
    expect(english[0]).toMatchObject({ question: { options: [{ label: '€10' }, {}] } });
  });

  test('are kept in cents when they are tapped', () => {
    const effects = play([tapped(1, '20'), said('skip')]);
    expect(effects).toContainEqual(expect.objectContaining({ with: { amount: 2000 } }));
  });

  test('leave any other amount to be written', () => {
    const effects = play([said('35 euros'), said('skip')]);
    expect(effects).toContainEqual(expect.objectContaining({ with: { amount: 3500 } }));
  });

  test('are not numbered: 10 is an amount, and 2 is too small a one', () => {
    expect(play([said('2')])[0]).toMatchObject({ key: 'not_understood' });
    const effects = play([said('10'), said('skip')]);
    expect(effects).toContainEqual(expect.objectContaining({ with: { amount: 1000 } }));
  });

  test('are refused when they are none of those offered', () => {
    const effects = play([tapped(1, '30')]);
    expect(effects).not.toContainEqual(expect.objectContaining({ key: 'day.ask' }));
  });
});

describe('what an action takes', () => {
  test('goes without what may be left out and is unknown, and nobody is alerted', () => {
    const effects = play([said('10'), said('skip')]);
    expect(effects.map(({ type }) => type)).toEqual(['act']);
    expect(effects[0]).toMatchObject({ action: 'gift.note', with: { amount: 1000 } });
  });

  test('has what is known', () => {
    const effects = play([said('10'), said('2030-02-03')], (stranger) => ({
      ...stranger,
      supporter: { ...stranger.supporter, profile: { fields: { town: 'Valbrume' } } },
    }));
    expect(effects[0]).toMatchObject({
      with: { amount: 1000, on: '2030-02-03', town: 'Valbrume' },
    });
  });
});

test('what an action gives is printed as an amount where it is declared as one', () => {
  const result = { left: 45_050, places: 3, on: '2030-02-03' };
  const effects = play([said('10'), said('skip'), { type: 'returned', effect: '3.1', result }]);
  expect(effects).toContainEqual(
    expect.objectContaining({ text: 'Merci 10\u00a0€ / 450,50\u00a0€ / 3' }),
  );
});
