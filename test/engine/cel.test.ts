import { describe, expect, test } from '@jest/globals';
import { compileCel, createTypeChecker, parseCel, type ScopeShape } from '../../src/engine/cel.js';
import { analyse } from '../../src/engine/check/analyse.js';
import { tell } from '../../src/engine/sentence.js';
import type { Scope } from '../../src/engine/flow.js';

const SHAPE: ScopeShape = {
  supporter: {
    email: 'text',
    language: 'text',
    tags: 'list',
    preferences: 'map',
    birth_date: 'date',
    fields: { round: 'number', seen: 'date' },
  },
  answers: { age: 'number', agree: 'boolean', topics: 'texts', shift: { id: 'text', at: 'date' } },
  consents: { engagement: 'boolean' },
  session: { turn: 'number', round: 'number' },
  campaign: { name: 'text', election: { opens: 'date' } },
};
const SCOPE: Scope = {
  supporter: { email: 'lea@exemple.org', tags: ['vip'], fields: { round: 2, seen: '2030-01-01' } },
  answers: { age: 33, agree: true, topics: ['climate', 'work'], shift: { id: 's1', at: 0 } },
  consents: { engagement: true },
  session: { turn: 4, round: 1 },
  campaign: { name: 'Us', election: { opens: Date.UTC(2032, 2, 14, 7) } },
  now: Date.UTC(2032, 2, 13, 7),
};

function evaluate(source: string, scope: Scope = SCOPE): unknown {
  const parsed = parseCel(source);
  if ('problem' in parsed) throw new Error(tell(parsed.problem));
  const { runEdits, checkEdits, mistakes } = analyse(parsed.node, SHAPE, new Map());
  if (mistakes.length > 0) throw new Error(mistakes.map(({ sentence }) => tell(sentence)).join());
  const typed = createTypeChecker(SHAPE).forFlow(SHAPE)(source, checkEdits);
  if ('problem' in typed) throw new Error(tell(typed.problem));
  return compileCel(source, runEdits, 'UTC').evaluate(scope);
}

describe('numbers are of one kind', () => {
  test.each([
    ['answers.age >= 18', true],
    ['answers.age == 33', true],
    ['33 == answers.age', true],
    ['answers.age != 33', false],
    ['session.round + 1', 2],
    ['1 + session.round * 2', 3],
    ['answers.age / 2', 16.5],
    ['7 / 2', 3.5],
    ['answers.age % 10', 3],
    ['-answers.age', -33],
    ['size(answers.topics) + 1', 3],
    ['size(answers.topics) == 2', true],
    ['answers.age in [18, 33]', true],
    ['has(session.round) ? session.round + 1 : 1', 2],
    ['answers.topics[0]', 'climate'],
    ['"abcdef".substring(1, 3)', 'bc'],
    ['supporter.fields.round > answers.age', false],
  ])('%s gives %j', (source, value) => {
    expect(evaluate(source)).toBe(value);
  });
});

describe('dates are instants', () => {
  test.each([
    ['now < campaign.election.opens', true],
    ['campaign.election.opens - duration("24h") == now', true],
    ['supporter.fields.seen < now', true],
    ['answers.shift.at < now', true],
    ['has(supporter.birth_date)', false],
    ['campaign.election.opens', '2032-03-14T07:00:00.000Z'],
    ['campaign.election.opens.getHours("Europe/Paris")', 8],
  ])('%s gives %j', (source, value) => {
    expect(evaluate(source)).toBe(value);
  });
});

describe('what is unknown is absent', () => {
  const empty: Scope = { ...SCOPE, supporter: {}, answers: {}, consents: {} };
  test.each([
    ['has(answers.age)', false],
    ['has(supporter.fields.round)', false],
    ['has(supporter.preferences.topics)', false],
    ['has(answers.shift.id)', false],
    ['consents.engagement', false],
    ['!consents.engagement', true],
    ['has(consents.engagement)', false],
    ['has(answers.age) && answers.age > 3', false],
  ])('%s gives %j of an empty scope', (source, value) => {
    expect(evaluate(source, empty)).toBe(value);
  });

  test('reading it throws', () => {
    expect(() => evaluate('answers.age > 3', empty)).toThrow('No such key');
    expect(() => evaluate('supporter.fields.round > 3', empty)).toThrow('No such key');
  });
});

test('an expression too long to be one is refused', () => {
  const parsed = parseCel(Array.from({ length: 500 }, () => 'true').join(' && '));
  expect('problem' in parsed ? tell(parsed.problem) : '').toContain('split it into several steps');
});

test('a condition that gives no yes or no throws', () => {
  expect(() => compileCel('answers.age', [], 'UTC').test(SCOPE)).toThrow('no yes or no');
});

test('what an expression gives is plain data', () => {
  expect(evaluate('answers.topics.map(t, t + "!")')).toEqual(['climate!', 'work!']);
  expect(evaluate('[1, 2].map(n, n * 2)')).toEqual([2, 4]);
  expect(() => evaluate('now - now')).toThrow('duration');
});

test('names bound by a macro are not taken for the flow’s', () => {
  expect(evaluate('answers.topics.exists(answers, answers == "work")')).toBe(true);
  expect(evaluate('answers.topics.filter(t, t != "work")')).toEqual(['climate']);
});

describe('types', () => {
  test.each([
    ['answers.age == "33"', 'number == text'],
    ['answers.topics + 1', 'number'],
    ['answers.agree > 1', 'yes/no > number'],
    ['now > 3', 'date > number'],
  ])('%s is refused in plain words', (source, words) => {
    expect(() => evaluate(source)).toThrow(words);
  });

  test('a name that is nowhere is told with the nearest', () => {
    expect(() => evaluate('supporter.emial == "x"')).toThrow('did you mean "email"?');
    expect(() => evaluate('answer.age > 1')).toThrow('did you mean "answers"?');
    expect(() => evaluate('answers.age.years > 1')).toThrow('has no part "years"');
  });
});
