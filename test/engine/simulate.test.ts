import { describe, expect, test } from '@jest/globals';
import { createSimulation, letPass, simulate } from '../../src/engine/simulate.js';
import { compileFixtures } from './fixture-library.js';
import { createTalk, known, NOON } from './talk.js';

const { library } = compileFixtures();
const LEA = createSimulation('fr', NOON, 'web');

describe('a supporter in memory', () => {
  test('is plain data, as saved between turns', () => {
    const { simulation } = simulate(library, LEA, { type: 'opened' });
    expect(JSON.parse(JSON.stringify(simulation))).toEqual(simulation);
  });

  test('is never written to', () => {
    const before = JSON.stringify(LEA);
    simulate(library, LEA, { type: 'opened' });
    expect(JSON.stringify(LEA)).toBe(before);
  });

  test('withdraws every consent, engagement among them', () => {
    const { simulation } = simulate(
      library,
      { ...LEA, supporter: { ...LEA.supporter, consents: { newsletter: true } } },
      { type: 'said', text: 'stop', rule: 'stop' },
    );
    expect(simulation.supporter.consents).toEqual({ engagement: false, newsletter: false });
  });

  test('speaks the language chosen from then on', () => {
    const talk = createTalk(known);
    for (const text of ['langue', 'english']) talk.say(text);
    expect(talk.simulation.supporter).toMatchObject({
      language: 'en',
      profile: { language: 'en' },
    });
  });
});

describe('time', () => {
  test('passes without a turn when nothing is due', () => {
    const { simulation, effects } = letPass(library, LEA, 5_000);
    expect(effects).toEqual([]);
    expect(simulation).toEqual({ ...LEA, now: NOON + 5_000 });
  });

  test('sets off each timer at its own instant', () => {
    const talk = createTalk(known);
    talk.say('/shift');
    talk.pass(90_000);
    expect(talk.simulation.now).toBe(NOON + 90_000);
    expect(talk.session).toEqual({ turn: 3, frames: [] });
  });
});
