import { describe, expect, test } from '@jest/globals';
import { measureFunnel, type FunnelTurn } from '../../../src/conversation/funnel/measure-funnel.js';
import type { Effect } from '../../../src/engine/effect.js';

const says = (flow: string, key: string): Effect => ({ type: 'say', flow, key, text: '' });
const asks = (flow: string, key: string): Effect => ({
  type: 'say',
  flow,
  key,
  text: '',
  question: { turn: 1, answer: 'text', options: [] },
});

function turn(supporter: string, at: number, ...effects: Effect[]): FunnelTurn {
  return { supporter, turn: at, at: new Date(at * 1_000), effects };
}

describe('a funnel', () => {
  test('counts who came, who went on and how long it took them', () => {
    const { supporters, steps } = measureFunnel('welcome', [
      turn('a', 0, says('welcome', 'hello'), asks('welcome', 'email.ask')),
      turn('b', 1, says('welcome', 'hello'), asks('welcome', 'email.ask')),
      turn('c', 1, asks('other', 'email.ask')),
      turn('a', 4, asks('welcome', 'town.ask')),
      turn('b', 21, says('welcome', 'thanks')),
    ]);
    expect(supporters).toBe(2);
    expect(steps).toEqual([
      { step: 'hello', came: 2, answered: 2, left: 0 },
      { step: 'email', came: 2, answered: 2, left: 0, medianMs: 12_000 },
      { step: 'town', came: 1, answered: 0, left: 1 },
      { step: 'thanks', came: 1, answered: 1, left: 0 },
    ]);
  });

  test('lets a question wait through refusals and digressions', () => {
    const { steps } = measureFunnel('welcome', [
      turn('a', 0, asks('welcome', 'email.ask')),
      turn('a', 5, asks('welcome', 'email.retry')),
      turn('a', 9, says('faq', 'river'), asks('welcome', 'email.ask')),
      turn('a', 10, says('common', 'moment')),
      turn('a', 30, { type: 'remember', field: 'email', value: 'x' }),
    ]);
    expect(steps).toEqual([{ step: 'email', came: 1, answered: 1, left: 0, medianMs: 30_000 }]);
  });

  test('counts somebody who comes again and leaves as one who left', () => {
    const { steps } = measureFunnel('welcome', [
      turn('a', 0, asks('welcome', 'email.ask')),
      turn('a', 2, says('welcome', 'bye')),
      turn('a', 50, asks('welcome', 'email.ask')),
    ]);
    expect(steps[0]).toEqual({ step: 'email', came: 1, answered: 0, left: 1 });
  });
});
