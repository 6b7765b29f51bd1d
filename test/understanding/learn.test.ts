import { describe, expect, test } from '@jest/globals';
import { learn } from '../../src/understanding/learn.js';
import { modelToBytes } from '../../src/understanding/model-bytes.js';
import { classifyBy } from './sample-model.js';

const GIVE = [
  'I want to give money',
  'how can I donate',
  'make a donation',
  'give twenty euros',
  'I would like to chip in',
  'can I give some cash',
  'donate by card',
  'where do I donate',
  'here is a donation',
  'take my money',
];
const VOTE = [
  'where do I vote',
  'which polling station is mine',
  'when is the election',
  'what time do the polls open',
  'am I on the electoral roll',
  'how do I vote',
  'is it voting day',
  'until when can I vote',
  'find my polling station',
  'what do I bring to vote',
];
const NONE = [
  'what is the weather like',
  'play some music',
  'tell me a joke',
  'who won the match',
  'order a pizza',
  'my cat is asleep',
  'fix my computer',
  'qwerty',
  'what time is it in Tokyo',
  'happy birthday grandma',
];
const INTENTS = { give: GIVE, vote: VOTE, none: NONE };

describe('a model of a few phrases', () => {
  const classify = classifyBy(INTENTS);
  const intentOf = (text: string): string | undefined => {
    const { understood, candidates } = classify(text);
    return understood ? candidates[0]?.intent : undefined;
  };

  test('understands phrases that it never saw', () => {
    expect(intentOf('I would like to donate money')).toBe('give');
    expect(intentOf('where is my polling station')).toBe('vote');
  });

  test('understands through slips of the thumb', () => {
    expect(intentOf('i wnat to doante mony')).toBe('give');
    expect(intentOf('wher is my poling staton')).toBe('vote');
  });

  test('does not understand what lies outside, gibberish or nothing at all', () => {
    for (const text of ['what is the weather in Nice', 'xqzt vbnm', '🍕🍕', '', '   ', '?!']) {
      expect(intentOf(text)).toBeUndefined();
    }
  });

  test('gives confidences from 0 to 1, the likeliest first', () => {
    const { candidates } = classify('how do I give my vote and my money');
    const confidences = candidates.map(({ confidence }) => confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    for (const confidence of confidences) {
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThan(1);
    }
  });

  test('reads a text of any length in the same way, by its beginning', () => {
    const long = `I want to donate money ${'and so on '.repeat(20_000)}`;
    expect(classify(long).candidates[0]?.intent).toBe('give');
  });
});

describe('learning', () => {
  const lesson = {
    language: 'en',
    intents: new Map(Object.entries(INTENTS)),
    synonyms: new Map([['money', ['money', 'cash', 'dough']]]),
  };

  test('gives the same model for the same lesson', () => {
    expect(modelToBytes(learn(lesson))).toEqual(modelToBytes(learn(lesson)));
  });

  test('gives another model for another phrase', () => {
    const other = { ...lesson, intents: new Map([...lesson.intents, ['give', GIVE.slice(1)]]) };
    expect(modelToBytes(learn(other))).not.toEqual(modelToBytes(learn(lesson)));
  });

  test('understands a word by its synonyms', () => {
    const sure = (synonyms: Record<string, string[]>): number =>
      classifyBy(INTENTS, synonyms)('dough').candidates.find(({ intent }) => intent === 'give')
        ?.confidence ?? 0;
    expect(sure({ money: ['money', 'cash', 'dough', 'donation'] })).toBeGreaterThan(sure({}));
  });

  test('does with one intent, one phrase, and none at all', () => {
    expect(classifyBy({ give: ['give money'] })('give money').candidates[0]?.intent).toBe('give');
    expect(classifyBy({ give: [] })('give money')).toEqual({ understood: false, candidates: [] });
    expect(classifyBy({})('give money')).toEqual({ understood: false, candidates: [] });
    expect(classifyBy({ none: NONE })('play some music').candidates).toEqual([]);
  });
});
