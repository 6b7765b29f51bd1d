import { describe, expect, test } from '@jest/globals';
import { createTalk, known } from '../talk.js';

describe('digressions', () => {
  test('answer, and ask the open question again', () => {
    const talk = createTalk();
    talk.say('bonjour');
    expect(talk.say('aide').keys).toEqual(['help.answer', 'welcome.agree.ask']);
    expect(talk.say('Aide-moi').keys).toEqual(['help.answer', 'welcome.agree.ask']);
    expect(talk.say('oui').keys).toEqual(['welcome.name.ask']);
  });

  test('with a question of their own come back when it is answered', () => {
    const talk = createTalk();
    talk.say('bonjour');
    expect(talk.say('/language').keys).toEqual(['language.tongue.ask']);
    const { keys, question } = talk.say('english');
    expect(keys).toEqual(['language.chosen', 'welcome.agree.ask']);
    expect(question?.options.map(({ label }) => label)).toEqual(['Yes', 'No']);
    expect(talk.choose(['yes'], 1).keys).toEqual(['welcome.name.ask']);
  });

  test('change the language of what is said in the same turn', () => {
    const talk = createTalk();
    talk.say('bonjour');
    talk.say('langue');
    const texts = talk
      .say('2')
      .effects.flatMap((effect) => (effect.type === 'say' ? [effect.text] : []));
    expect(texts).toEqual(['Let us speak English.', 'May we keep your answers?']);
    expect(talk.simulation.supporter.language).toBe('en');
  });

  test('into a flow already under way only ask the open question again', () => {
    const talk = createTalk();
    talk.say('coucou');
    expect(talk.say('hello').keys).toEqual(['welcome.agree.ask']);
    expect(talk.session.frames).toHaveLength(1);
  });

  test('lie at most three deep; a rule word then takes the place of the last', () => {
    const talk = createTalk((stranger) => ({
      ...stranger,
      session: {
        turn: 9,
        frames: ['welcome', 'shift', 'age'].map((flow, index) => ({
          flow,
          version: versionOf(flow),
          step: { welcome: 'agree', shift: 'coming', age: 'age' }[flow] ?? '',
          answers: {},
          asked: index + 1,
          ...(index > 0 ? { over: 'digression' as const } : {}),
        })),
      },
    }));
    expect(talk.say('langue').keys).toEqual(['language.tongue.ask']);
    expect(talk.session.frames).toHaveLength(4);
    expect(talk.say('/deep').keys).toEqual(['language.tongue.ask']);
    expect(talk.say('aide').keys).toEqual(['help.answer', 'age.age.ask']);
    expect(talk.session.frames).toHaveLength(3);
  });

  test('a rule word that answers the question of its own flow is an answer', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'langue']) talk.say(text);
    const said = { type: 'said', text: 'Français', rule: 'language' } as const;
    expect(talk.happen(said).keys).toEqual(['language.chosen', 'welcome.agree.ask']);
    talk.say('langue');
    expect(talk.say('langue').keys).toEqual(['language.tongue.ask']);
  });

  test('STOP in the middle abandons everything under way', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'oui', 'langue']) talk.say(text);
    expect(talk.say('arrêt').keys).toEqual(['stop.done']);
    expect(talk.session.frames).toEqual([]);
    expect(talk.say('oui').keys).toEqual(['common.not_understood']);
  });

  test('a wish to be left alone, in other words, abandons everything too', () => {
    const talk = createTalk();
    talk.say('bonjour');
    expect(talk.say('plus rien de vous', 'unsubscribe').keys).toEqual(['stop.done']);
    expect(talk.session.frames).toEqual([]);
  });

  test('a command that no flow claims is not understood, and costs no attempt', () => {
    const talk = createTalk();
    talk.say('bonjour');
    expect(talk.say('/nothing').keys).toEqual(['common.not_understood', 'welcome.agree.ask']);
    expect(talk.session.frames[0]?.tries).toBeUndefined();
  });

  test('a rule word whose command no flow claims is ordinary text', () => {
    const talk = createTalk();
    talk.say('bonjour');
    expect(talk.happen({ type: 'said', text: 'oui', rule: 'person' }).keys).toEqual([
      'welcome.name.ask',
    ]);
  });

  test('an answer that fits exactly comes before a trigger', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'oui']) talk.say(text);
    expect(talk.say('Shirley').keys).toEqual(['welcome.email.ask']);
    expect(talk.session.frames[0]?.answers['name']).toBe('Shirley');
  });

  test.each(['Shift', 'créneau'])('a word that starts a flow is no name: %s', (text) => {
    const talk = createTalk();
    for (const said of ['bonjour', 'oui']) talk.say(said);
    expect(talk.say(text).keys).not.toContain('welcome.email.ask');
    expect(talk.session.frames[0]?.answers['name']).toBeUndefined();
    expect(talk.session.frames).toHaveLength(2);
  });

  test('what is meant by a sentence is no name either, and without a meaning it is asked again', () => {
    const talk = createTalk();
    for (const said of ['bonjour', 'oui']) talk.say(said);
    expect(talk.say('Je veux donner').keys).toEqual(['welcome.name.retry']);
    talk.happen({ type: 'said', text: 'je veux aider', intent: 'volunteer' });
    expect(talk.session.frames.map(({ flow }) => flow)).toEqual(['welcome', 'shift']);
  });

  test('a photo at an open question is declined, and the question asked again', () => {
    const talk = createTalk();
    talk.say('bonjour');
    expect(talk.happen({ type: 'sent', media: 'photo' }).keys).toEqual([
      'common.media',
      'welcome.agree.ask',
    ]);
  });

  test('a flow that staff start asks the open question again when it ends', () => {
    const talk = createTalk();
    talk.say('bonjour');
    expect(talk.happen({ type: 'started', flow: 'help' }).keys).toEqual([
      'help.answer',
      'welcome.agree.ask',
    ]);
    const nowhere = talk.happen({ type: 'started', flow: 'gone' });
    expect(nowhere.effects).toEqual([
      { type: 'alert', code: 'flow-missing', flow: 'gone', step: '' },
    ]);
  });
});

describe('/start in the middle', () => {
  test('offers to go on, which asks the open question again', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'oui']) talk.say(text);
    const { keys, question } = talk.say('/start');
    expect(keys).toEqual(['common.resume.ask']);
    expect(question?.options).toEqual([
      { value: 'go_on', label: 'Reprendre' },
      { value: 'begin_again', label: 'Recommencer' },
    ]);
    expect(talk.choose(['go_on']).keys).toEqual(['welcome.name.ask']);
  });

  test('offers to begin again, which forgets the place', () => {
    const talk = createTalk();
    for (const text of ['bonjour', 'oui', '/start']) talk.say(text);
    expect(talk.say('recommencer').keys).toEqual(['welcome.hello', 'welcome.agree.ask']);
    expect(talk.session.frames).toHaveLength(1);
  });

  test('twice offers once', () => {
    const talk = createTalk();
    for (const text of ['bonjour', '/start']) talk.say(text);
    expect(talk.say('/start').keys).toEqual(['common.resume.ask']);
    expect(talk.say('quoi').keys).toEqual(['common.not_understood', 'common.resume.ask']);
    expect(talk.session.frames).toHaveLength(2);
  });

  test('with nothing under way begins at once', () => {
    expect(createTalk(known).say('/start').keys).toEqual(['welcome.hello', 'welcome.agree.ask']);
  });
});

function versionOf(flow: string): string {
  const talk = createTalk(known);
  talk.happen({ type: 'started', flow });
  return talk.session.frames[0]?.version ?? '';
}
