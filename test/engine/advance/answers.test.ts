import { describe, expect, test } from '@jest/globals';
import { createTalk } from '../talk.js';

describe('an answer', () => {
  test('is remembered where the flow says, and printed by its label', () => {
    const talk = createTalk();
    const texts = ['bonjour', 'oui', 'léa', 'Lea@EXEMPLE.org', 'le deuxième', 'non', '75011 Paris'];
    for (const text of texts) talk.say(text);
    const { effects } = talk.say('06 12 34 56 78');
    expect(effects).toContainEqual(
      expect.objectContaining({ key: 'thanks', text: 'Merci Léa ! Vos sujets : Santé.' }),
    );
    expect(talk.simulation.supporter).toMatchObject({
      profile: {
        first_name: 'Léa',
        email: 'Lea@exemple.org',
        preferences: { topics: ['health'] },
        postal_code: '75011',
        phone: '+33612345678',
      },
      consents: { engagement: true, newsletter: false },
    });
    expect(talk.session.frames).toEqual([]);
  });

  test('greets by the first name that is known', () => {
    const talk = createTalk((stranger) => ({
      ...stranger,
      supporter: { ...stranger.supporter, profile: { first_name: 'Zoé' } },
    }));
    expect(talk.happen({ type: 'opened' }).effects[0]).toMatchObject({
      text: 'Bonjour Zoé ! Je suis l’assistant automatique de Demain Saint-Martin.',
    });
  });

  test('of consent is recorded with its wording, version, language and source', () => {
    const talk = createTalk();
    talk.say('bonjour');
    const version = talk.session.frames[0]?.version;
    expect(talk.say('oui').effects[0]).toEqual({
      type: 'record_consent',
      purpose: 'engagement',
      given: true,
      wording: 'Acceptez-vous que nous gardions vos réponses ?',
      version,
      language: 'fr',
      source: 'welcome.agree',
    });
  });

  test('of no is recorded as a refusal', () => {
    const talk = createTalk();
    talk.say('bonjour');
    const { keys, effects } = talk.say('non merci');
    expect(keys).toEqual(['welcome.goodbye']);
    expect(effects[0]).toMatchObject({ type: 'record_consent', given: false });
  });

  test('of no leaves out what may be skipped, unless no is one of the answers', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'oui', 'Léa']) talk.say(text);
    expect(talk.say('non').keys).toEqual(['welcome.topics.ask']);
    expect(talk.say('non').keys).toEqual(['welcome.topics.retry']);
    expect(talk.session.frames[0]?.answers).toEqual({ agree: true, name: 'Léa' });
  });

  test('that turns its yes around is not consent', () => {
    const talk = createTalk();
    talk.say('bonjour');
    expect(talk.say('je ne suis pas d’accord avec ok').keys).toEqual(['welcome.agree.retry']);
    expect(talk.simulation.supporter.consents).toEqual({});
  });

  test('refused as often as the question allows gives up without retry words', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'oui', 'Léa']) talk.say(text);
    expect(talk.say('pas-une-adresse').keys).toEqual(['welcome.email.retry']);
    expect(talk.say('lea@').keys).toEqual(['welcome.email.retry']);
    expect(talk.say('@').keys).toEqual(['welcome.topics.ask']);
    expect(talk.session.frames[0]?.answers).toEqual({ agree: true, name: 'Léa' });
    expect(talk.session.frames[0]?.tries).toBeUndefined();
  });

  test('to skip is understood as a word and as the label of the button', () => {
    for (const words of ['passer', 'Plus tard', 'skip']) {
      const talk = createTalk();
      for (const text of ['bonjour', 'oui', 'Léa']) talk.say(text);
      expect(talk.say(words).keys).toEqual(['welcome.topics.ask']);
    }
  });
});
