import { describe, expect, test } from '@jest/globals';
import { createTalk, known } from '../talk.js';

describe('first contact', () => {
  const greeting = ['welcome.hello', 'welcome.agree.ask'];

  test('opening web chat greets a stranger', () => {
    expect(createTalk().happen({ type: 'opened' }).keys).toEqual(greeting);
  });

  test('a stranger’s first text only greets, whatever it says', () => {
    const talk = createTalk();
    expect(talk.say('oui').keys).toEqual(greeting);
    expect(talk.simulation.supporter.consents).toEqual({});
  });

  test('a deep link greets, its payload left to the shell', () => {
    expect(createTalk().say('/start QR_42').keys).toEqual(greeting);
  });

  test('a photo or an old button from a stranger greets', () => {
    expect(createTalk().happen({ type: 'sent', media: 'photo' }).keys).toEqual(greeting);
    expect(createTalk().choose(['yes'], 7).keys).toEqual(greeting);
  });

  test('STOP is followed even as the first word', () => {
    const talk = createTalk();
    expect(talk.say('Stop !').keys).toEqual(['stop.done']);
    expect(talk.session.frames).toEqual([]);
    expect(talk.simulation.supporter.consents).toEqual({ engagement: false });
  });

  test('opening web chat again changes nothing', () => {
    const talk = createTalk();
    talk.happen({ type: 'opened' });
    const before = talk.session;
    expect(talk.happen({ type: 'opened' }).effects).toEqual([]);
    expect(talk.session).toEqual(before);
  });

  test('a flow that staff start greets nobody first', () => {
    expect(createTalk().happen({ type: 'started', flow: 'age' }).keys).toEqual(['age.age.ask']);
  });

  test('someone known with no open question is answered by keyword, by intent, or not understood', () => {
    expect(createTalk(known).say('Hello !').keys).toEqual(greeting);
    expect(createTalk(known).say('je veux aider', 'volunteer').effects).toContainEqual(
      expect.objectContaining({ type: 'act', action: 'volunteer.offer_shifts' }),
    );
    expect(createTalk(known).say('quel temps').keys).toEqual(['common.not_understood']);
    expect(createTalk(known).say('/nothing').keys).toEqual(['common.not_understood']);
    expect(createTalk(known).happen({ type: 'sent', media: 'voice' }).keys).toEqual([
      'common.media',
    ]);
  });
});
