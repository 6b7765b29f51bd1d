import { beforeAll, describe, expect, test } from '@jest/globals';
import { understand } from '../../src/conversation/understand.js';
import type { Compiled } from '../../src/engine/compile.js';
import type { ReadMeaning } from '../../src/engine/event.js';
import { readSample } from './sample.js';

let compiled: Compiled;
beforeAll(async () => {
  ({ compiled } = await readSample());
});

const asked: string[] = [];
const readMeaning: ReadMeaning = (text, language) => {
  asked.push(`${language}: ${text}`);
  return { intent: 'donate' };
};

function heard(text: string, language = 'fr') {
  const inbound = {
    channel: 'web',
    address: 'c1',
    id: 'm1',
    at: 0,
    input: { type: 'said' as const, text },
  };
  return understand(inbound, { rules: compiled.rules, readMeaning, language });
}

describe('words obeyed before anything else', () => {
  test.each([
    [
      'stop',
      'STOP Stop! «stop» STOPALL unsubscribe UNSUBSCRIBE. cancel END quit OPTOUT opt-out remove TD',
    ],
    ['stop', 'ARRET ARRÊT arrêt! arret… Désabonner DESABONNER désinscrire'],
    ['help', 'HELP help? INFO Aide AIDE! aide… CONTACT'],
    ['privacy', 'RGPD gdpr Privacy confidentialité'],
  ])('%s: %s', (rule, words) => {
    for (const word of words.split(' ')) {
      expect(heard(word)).toMatchObject({ text: word, rule });
      expect(heard(word, 'en')).toMatchObject({ text: word, rule });
    }
  });

  test('are so when they are several, too', () => {
    expect(heard('Effacer mes données')).toMatchObject({ rule: 'privacy' });
    expect(heard('EFFACER MES DONNEES !')).toMatchObject({ rule: 'privacy' });
    expect(heard('delete my data')).toMatchObject({ rule: 'privacy' });
    expect(heard('STOP ALL')).toMatchObject({ rule: 'stop' });
  });
});

test('other texts are given what they mean, in the language their writer is spoken to in', () => {
  asked.length = 0;
  expect(heard('je veux donner', 'fr')).toEqual({
    type: 'said',
    text: 'je veux donner',
    intent: 'donate',
    at: 0,
    channel: 'web',
  });
  expect(asked).toEqual(['fr: je veux donner']);
});

test('commands and words obeyed mean what they say', () => {
  asked.length = 0;
  expect(heard('/start donate')).not.toHaveProperty('intent');
  expect(heard('STOP')).not.toHaveProperty('intent');
  expect(asked).toEqual([]);
});
