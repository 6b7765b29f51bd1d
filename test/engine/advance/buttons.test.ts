import { describe, expect, test } from '@jest/globals';
import { SKIP } from '../../../src/engine/effect.js';
import { createTalk } from '../talk.js';

describe('buttons', () => {
  test('carry the turn that first asked, whichever showing is tapped', () => {
    const talk = createTalk();
    const first = talk.happen({ type: 'opened' }).question;
    const again = talk.say('peut-être').question;
    expect(first?.turn).toBe(1);
    expect(again?.turn).toBe(1);
    expect(talk.choose(['yes'], 1).keys).toEqual(['welcome.name.ask']);
  });

  test('of an older question are stale: nothing is recorded, the open question comes again', () => {
    const talk = createTalk();
    talk.happen({ type: 'opened' });
    talk.say('oui');
    const { keys, effects, question } = talk.choose(['no'], 1);
    expect(keys).toEqual(['common.stale', 'welcome.name.ask']);
    expect(effects.map(({ type }) => type)).toEqual(['say', 'say']);
    expect(question?.turn).toBe(2);
    expect(talk.simulation.supporter.consents).toEqual({ engagement: true });
  });

  test('tapped twice within three seconds count once, silently', () => {
    const talk = createTalk();
    talk.happen({ type: 'opened' });
    talk.choose(['yes']);
    const before = talk.session;
    talk.pass(3_000);
    expect(talk.choose(['yes'], 1).effects).toEqual([]);
    expect(talk.session).toEqual(before);
    talk.pass(1);
    expect(talk.choose(['yes'], 1).keys).toEqual(['common.stale', 'welcome.name.ask']);
  });

  test('with another value right after are stale, not a second tap', () => {
    const talk = createTalk();
    talk.happen({ type: 'opened' });
    talk.choose(['yes']);
    expect(talk.choose(['no'], 1).keys).toEqual(['common.stale', 'welcome.name.ask']);
  });

  test('that are stale are told once, however often they are tapped in three seconds', () => {
    const talk = createTalk();
    talk.happen({ type: 'opened' });
    talk.say('oui');
    expect(talk.choose(['no'], 1).keys).toEqual(['common.stale', 'welcome.name.ask']);
    talk.pass(3_000);
    expect(talk.choose(['no'], 1).effects).toEqual([]);
    talk.pass(1);
    expect(talk.choose(['no'], 1).keys).toEqual(['common.stale', 'welcome.name.ask']);
  });

  test('are stale when no question is open', () => {
    const talk = createTalk();
    talk.happen({ type: 'opened' });
    talk.choose(['no']);
    expect(talk.choose(['yes'], 1).keys).toEqual(['common.stale']);
  });

  test('with a value the question does not offer are asked again', () => {
    const talk = createTalk();
    talk.happen({ type: 'opened' });
    expect(talk.choose(['maybe']).keys).toEqual(['welcome.agree.retry']);
    expect(talk.choose([]).keys).toEqual(['welcome.agree.retry']);
    expect(talk.choose(['yes', 'no']).keys).toEqual(['welcome.agree.retry']);
    expect(talk.choose([SKIP]).keys).toEqual(['welcome.agree.retry']);
  });

  test('skip an optional question, and leave no answer', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'oui', 'Léa']) talk.say(text);
    expect(talk.choose([SKIP]).keys).toEqual(['welcome.topics.ask']);
    expect(talk.session.frames[0]?.answers).toEqual({ agree: true, name: 'Léa' });
  });

  test('choose several options at once, within the bounds', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'oui', 'Léa', 'plus tard']) talk.say(text);
    expect(talk.choose(['climate', 'health', 'schools', 'work']).keys).toEqual([
      'welcome.topics.retry',
    ]);
    expect(talk.choose(['work', 'climate']).keys).toEqual(['welcome.news.ask']);
    expect(talk.simulation.supporter.profile).toMatchObject({
      preferences: { topics: ['climate', 'work'] },
    });
  });
});
