import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileSegment } from '../../../src/outreach/segments/compile-segment.js';
import { readSegment } from '../../../src/outreach/segments/read-segment.js';
import { AT, TERMS } from './arbitrary.js';

const DONORS = {
  name: 'donors',
  title: 'Those who gave',
  combinator: 'and',
  rules: [{ field: 'donations.count', operator: '>=', value: 1 }],
};

/** What is wrong with something, as lines. */
function faultsOf(value: unknown): string[] {
  const reading = readSegment(value, TERMS);
  return reading.type === 'read'
    ? []
    : reading.faults.map(({ path, message }) => `${path}: ${message}`);
}

const faultOf = (rule: object): string => faultsOf({ ...DONORS, rules: [rule] }).join('\n');

describe('reading a segment', () => {
  test('takes what react-querybuilder makes, without what it adds for itself', () => {
    const rules = [
      { id: 'r-1', field: 'language', operator: '=', valueSource: 'value', value: 'fr' },
      {
        id: 'g-1',
        combinator: 'or',
        not: true,
        rules: [{ field: 'tags', operator: 'null', value: '' }],
      },
    ];
    const reading = readSegment({ ...DONORS, id: 'root', not: false, rules }, TERMS);
    expect(reading).toEqual({
      type: 'read',
      segment: {
        ...DONORS,
        rules: [
          { field: 'language', operator: '=', value: 'fr' },
          { combinator: 'or', not: true, rules: [{ field: 'tags', operator: 'null' }] },
        ],
      },
    });
  });

  test('tells every mistake at once, each with its place and cure', () => {
    const faults = faultsOf({
      name: 'Donors!',
      title: '',
      combinator: 'AND',
      rules: [
        { field: 'langage', operator: '=', value: 'fr' },
        { field: 'language', operator: 'equals', value: 'fr' },
        { combinator: 'or', rules: [{ field: 'language', operator: 'in', value: ['fr', 'ne'] }] },
        { combinator: 'or', rules: [] },
        { field: 'support_level', operator: 'between', value: [5, 1] },
      ],
      rulez: [],
    });
    expect(faults).toEqual([
      expect.stringContaining('name: write a name of small letters'),
      expect.stringContaining('title: write a title'),
      ': "rulez" is no part of this; did you mean "rules"?',
      'combinator: write and or or',
      'rules[0].field: there is no field "langage"; did you mean "language"?',
      expect.stringContaining('rules[1].operator: "language" has no operator "equals"'),
      'rules[2].rules[0].value: there is no "ne" here; did you mean "en"?',
      expect.stringContaining('rules[3].rules: add a condition'),
      'rules[4].value: write the smaller number first',
    ]);
  });

  test.each([
    [{ field: 'fields.nothing', operator: '=', value: 1 }, 'there is no field'],
    [{ field: 'preferences.$where', operator: 'contains', value: 'x' }, 'there is no field'],
    [{ field: 'preferences.a.b', operator: 'contains', value: 'x' }, 'there is no field'],
    [{ field: 'constructor', operator: '=', value: 1 }, 'there is no field'],
    [{ field: 'session.frames', operator: 'contains', value: 'x' }, 'there is no field'],
    [{ field: 'language', operator: '$ne', value: 'fr' }, 'has no operator'],
    [{ field: 'tags', operator: 'contains', value: { $ne: '' } }, 'write a text'],
    [{ field: 'tags', operator: 'in', value: { $gt: '' } }, 'write a list of 1 to'],
    [{ field: 'tags', operator: 'contains', value: /x/ }, 'write a text'],
    [{ field: 'tags', operator: 'contains', value: 'x'.repeat(201) }, 'write a text'],
    [{ field: 'tags', operator: 'contains', value: '\ud800' }, 'write a text'],
    [{ field: 'postal_code', operator: 'beginsWith', value: '^3' }, 'write how it begins'],
    [{ field: 'support_level', operator: '<', value: 'many' }, 'write a number'],
    [{ field: 'heard_at', operator: 'withinDays', value: -1 }, 'write a number of days'],
    [{ field: 'heard_at', operator: 'before', value: '2032-13-01' }, 'write today, a day'],
    [{ field: 'heard_at', operator: 'before', value: '2032-03-14T10:00' }, 'write today, a day'],
    [{ field: 'email', operator: '=', value: 'lea@exemple.org' }, 'has no operator'],
    [{ field: 'email', operator: 'null', value: 'x' }, 'takes no value'],
    [
      { field: 'language', operator: '=', value: 'tags', valueSource: 'field' },
      'compared with a value',
    ],
    [{ field: 'session.flow', operator: 'contains', value: 'welcom' }, 'did you mean "welcome"'],
  ])('refuses %j', (rule, message) => {
    expect(faultOf(rule)).toContain(message);
  });

  test('is bounded in depth, in conditions and in what it tells', () => {
    let deep: object = { combinator: 'and', rules: DONORS.rules };
    for (let depth = 0; depth < 5; depth += 1) deep = { combinator: 'and', rules: [deep] };
    expect(faultsOf({ ...DONORS, rules: [deep] }).join()).toContain('groups may be 5 deep');
    const many = Array.from({ length: 101 }, () => DONORS.rules[0]);
    expect(faultsOf({ ...DONORS, rules: many }).join()).toContain('100 conditions');
    const wrong = Array.from({ length: 100 }, () => 'x');
    expect(faultsOf({ ...DONORS, rules: wrong })).toHaveLength(50);
    const endless = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]));
    expect(faultsOf({ ...DONORS, ...endless })).toHaveLength(50);
    let abyss: object = {};
    for (let depth = 0; depth < 100_000; depth += 1) abyss = { combinator: 'and', rules: [abyss] };
    expect(faultsOf({ ...DONORS, rules: [abyss] }).join()).toContain('groups may be 5 deep');
  });

  test('takes nothing that an object inherits', () => {
    expect(faultsOf(Object.create(DONORS))).not.toEqual([]);
    expect(faultsOf(JSON.parse('{"__proto__":{"name":"a"},"title":"A"}')).join()).toContain('name');
  });
});

const OPERATORS = [
  '$and',
  '$or',
  '$nor',
  '$in',
  '$nin',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$eq',
  '$exists',
];

/** Every key of a query that begins with a sign of the store, and every value that is no literal. */
function smuggled(query: unknown): unknown[] {
  if (query === null || ['string', 'number', 'boolean'].includes(typeof query)) return [];
  if (query instanceof Date) return [];
  if (Array.isArray(query)) return query.flatMap(smuggled);
  if (typeof query !== 'object' || Object.getPrototypeOf(query) !== Object.prototype)
    return [query];
  return Object.entries(query).flatMap(([key, value]) => [
    ...(key.startsWith('$') && !OPERATORS.includes(key) ? [key] : []),
    ...(!key.startsWith('$') && !/^[a-z][\w]*(?:\.[A-Za-z][\w]*)*$/.test(key) ? [key] : []),
    ...smuggled(value),
  ]);
}

/** What somebody with bad intent sends: words of ours around anything at all. */
const hostile = fc.constantFrom<unknown>(
  { $ne: null },
  { $gt: '' },
  { $where: 'sleep(1000)' },
  { $regex: '.*' },
  /.*/,
  '$where',
  '__proto__',
  'constructor',
  ['$ne', { $gt: '' }],
  new Date(0),
  Symbol.iterator,
  () => true,
);
const anything = fc.oneof(
  hostile,
  fc.anything({ withDate: true, withBigInt: true, withMap: true, withNullPrototype: true }),
  fc.jsonValue(),
);
const field = fc.oneof(
  fc.constantFrom(
    'tags',
    'language',
    'heard_at',
    'support_level',
    'preferences.topics',
    'fields.note',
  ),
  fc.string().map((name) => `preferences.${name}`),
  fc.constantFrom('$where', 'tags.$ne', 'preferences.__proto__', '__proto__', 'consents.vote.$gt'),
  anything,
);
const operator = fc.oneof(
  fc.constantFrom('=', 'in', 'contains', 'between', 'withinDays', 'before', 'beginsWith', 'null'),
  anything,
);
const rule = fc.oneof(
  fc.record({ field, operator, value: fc.oneof(fc.string(), fc.array(anything), anything) }),
  anything,
);
const sent = fc.oneof(
  anything,
  fc.record({
    name: fc.oneof(fc.constant('a'), anything),
    title: fc.oneof(fc.constant('A'), anything),
    combinator: fc.oneof(fc.constantFrom('and', 'or'), anything),
    rules: fc.oneof(fc.array(rule, { maxLength: 4 }), anything),
  }),
  // Nothing is wrong but, perhaps, one value.
  fc
    .record({ field: fc.constantFrom('tags', 'fields.note', 'preferences.a'), value: anything })
    .map(({ field: name, value }) => ({
      ...DONORS,
      rules: [{ field: name, operator: name === 'fields.note' ? '=' : 'contains', value }],
    })),
);

describe('what somebody sends who means ill', () => {
  test('is refused, or becomes a query of our operators and paths over literals', () => {
    let read = 0;
    fc.assert(
      fc.property(sent, (value) => {
        const reading = readSegment(value, TERMS);
        if (reading.type === 'faulty') {
          expect(reading.faults.length).toBeGreaterThan(0);
          return;
        }
        read += 1;
        expect(smuggled(compileSegment(reading.segment, AT, TERMS))).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
    expect(read).toBeGreaterThan(20);
    expect(smuggled({ tags: { $where: 'x' } })).toEqual(['$where']);
    expect(smuggled({ tags: /x/ })).toHaveLength(1);
  });
});
