/* oxlint-disable unicorn/no-thenable -- MongoDB's $cond and $switch have a field of that name */
import { describe, expect, test } from '@jest/globals';
import { BSONRegExp, Decimal128, Double, Long, ObjectId } from 'bson';
import * as fc from 'fast-check';
import { compareValues } from '../../../../src/store/embedded/query/compare.js';
import { compileExpression } from '../../../../src/store/embedded/query/expressions.js';
import { isSame } from '../../../../src/store/embedded/query/same.js';
import type { Doc, Value } from '../../../../src/store/embedded/query/values.js';
import { createVariables } from '../../../../src/store/embedded/query/variables.js';
import { values } from './arbitraries.js';

const now = new Date('2024-05-01T10:00:00Z');
const at = (text: string) => new Date(text);
const long = (n: number) => Long.fromNumber(n);
const decimal = (text: string) => Decimal128.fromString(text);
const evaluate = (expression: Value, doc: Doc = {}) =>
  compileExpression(expression, createVariables(now, { v: 7 }))(doc);

describe('an expression', () => {
  const doc: Doc = { a: 5, b: { c: 'x' }, list: [{ k: 1 }, { k: 2 }, 3, {}], n: null, s: 'Été' };

  test.each<[Value, Value | undefined]>([
    ['$a', 5],
    ['$b.c', 'x'],
    ['$list.k', [1, 2]],
    ['$missing', undefined],
    ['$a.b', undefined],
    ['$constructor', undefined],
    ['$$ROOT.a', 5],
    ['$$NOW', now],
    ['$$REMOVE', undefined],
    ['$$v', 7],
    [{ $literal: '$a' }, '$a'],
    ['plain', 'plain'],
    [
      { x: '$a', y: { z: '$missing' } },
      { x: 5, y: {} },
    ],
    [
      ['$a', '$missing'],
      [5, null],
    ],
    [{ $eq: ['$a', new Double(5)] }, true],
    [{ $eq: ['$missing', null] }, false],
    [{ $lt: ['$missing', null] }, true],
    [{ $gt: ['x', 99] }, true],
    [{ $cmp: [1, 2] }, -1],
    [{ $and: [1, 'x', {}] }, true],
    [{ $and: [] }, true],
    [{ $or: [0, null, '$missing', false] }, false],
    [{ $not: [0] }, true],
    [{ $not: 'x' }, false],
    [{ $cond: [{ $gt: ['$a', 3] }, 'big', 'small'] }, 'big'],
    [{ $cond: { if: false, then: 1, else: 2 } }, 2],
    [{ $ifNull: ['$n', '$missing', 'last'] }, 'last'],
    [
      {
        $switch: {
          branches: [
            { case: false, then: 1 },
            { case: true, then: 2 },
          ],
        },
      },
      2,
    ],
    [{ $switch: { branches: [{ case: false, then: 1 }], default: 9 } }, 9],
    [{ $let: { vars: { x: '$a', y: 2 }, in: { $multiply: ['$$x', '$$y'] } } }, 10],
    [{ $add: [1, 2, 3] }, 6],
    [{ $add: [1, long(2)] }, long(3)],
    [{ $add: [2147483647, 1] }, long(2147483648)],
    [{ $add: [decimal('0.1'), decimal('0.2')] }, decimal('0.3')],
    [{ $add: [at('2024-01-01T00:00:00Z'), 1000] }, at('2024-01-01T00:00:01Z')],
    [{ $add: [1, '$n'] }, null],
    [{ $subtract: [at('2024-01-01T00:00:01Z'), at('2024-01-01T00:00:00Z')] }, long(1000)],
    [{ $subtract: [5, 7.5] }, -2.5],
    [{ $multiply: [3, 2.5] }, 7.5],
    [{ $divide: [7, 2] }, 3.5],
    [{ $divide: [6, 2] }, new Double(3)],
    [{ $divide: [decimal('1'), 3] }, decimal('0.3333333333333333333333333333333333')],
    [{ $mod: [7, 3] }, 1],
    [{ $mod: [-7, 3] }, -1],
    [{ $abs: -5 }, 5],
    [{ $abs: -1.5 }, 1.5],
    [{ $ceil: 1.2 }, new Double(2)],
    [{ $ceil: -1.2 }, new Double(-1)],
    [{ $floor: -1.2 }, new Double(-2)],
    [{ $round: [2.5] }, new Double(2)],
    [{ $round: [1234.567, 2] }, 1234.57],
    [{ $round: [1250, -2] }, 1200],
    [{ $trunc: [-1.9] }, new Double(-1)],
    [{ $floor: decimal('1.5') }, decimal('1')],
    [{ $sqrt: 9 }, new Double(3)],
    [{ $pow: [2, 10] }, 1024],
    [{ $pow: [2, 40] }, long(2 ** 40)],
    [{ $pow: [2, -1] }, 0.5],
    [{ $sum: [1, 'x', 2.5] }, 3.5],
    [{ $sum: '$list.k' }, 3],
    [{ $avg: '$list.k' }, 1.5],
    [{ $max: ['$a', null, 9] }, 9],
    [{ $min: '$list.k' }, 1],
    [{ $concat: ['a', 'b', '$b.c'] }, 'abx'],
    [{ $concat: ['a', '$n'] }, null],
    [{ $toUpper: '$s' }, 'ÉTé'],
    [{ $toLower: 'ABC' }, 'abc'],
    [{ $toLower: '$missing' }, ''],
    [{ $substrCP: ['h😀llo', 1, 2] }, '😀l'],
    [{ $substr: ['hello', 1, -1] }, 'ello'],
    [{ $strLenCP: 'h😀' }, 2],
    [{ $strLenBytes: 'h😀' }, 5],
    [{ $split: ['a,b,,c', ','] }, ['a', 'b', '', 'c']],
    [{ $trim: { input: '  a ' } }, 'a'],
    [{ $ltrim: { input: 'xxa', chars: 'x' } }, 'a'],
    [{ $rtrim: { input: 'a!?', chars: '?!' } }, 'a'],
    [{ $trim: { input: '   ' } }, ''],
    [{ $strcasecmp: ['abc', 'ABD'] }, -1],
    [{ $indexOfCP: ['h😀llo', 'l'] }, 2],
    [{ $indexOfCP: ['hello', 'l', 3] }, 3],
    [{ $indexOfCP: ['hello', 'z'] }, -1],
    [{ $regexMatch: { input: 'Hello', regex: '^h', options: 'i' } }, true],
    [{ $regexMatch: { input: '$n', regex: 'x' } }, false],
    [
      { $regexFind: { input: 'a1b22', regex: new BSONRegExp('(\\d)(\\d)') } },
      { match: '22', idx: 3, captures: ['2', '2'] },
    ],
    [
      { $regexFindAll: { input: 'a1b2', regex: '\\d' } },
      [
        { match: '1', idx: 1, captures: [] },
        { match: '2', idx: 3, captures: [] },
      ],
    ],
    [{ $replaceOne: { input: 'aXbX', find: 'X', replacement: { $literal: '$&' } } }, 'a$&bX'],
    [{ $replaceAll: { input: 'aXbX', find: 'X', replacement: '-' } }, 'a-b-'],
    [{ $size: '$list' }, 4],
    [{ $in: [2, '$list.k'] }, true],
    [{ $isArray: '$list' }, true],
    [{ $isArray: ['$a'] }, false],
    [{ $arrayElemAt: ['$list.k', -1] }, 2],
    [{ $arrayElemAt: ['$list.k', 9] }, undefined],
    [{ $first: '$list.k' }, 1],
    [{ $last: '$list.k' }, 2],
    [{ $slice: [[1, 2, 3], 2] }, [1, 2]],
    [{ $slice: [[1, 2, 3], -2] }, [2, 3]],
    [{ $slice: [[1, 2, 3], 1, 1] }, [2]],
    [{ $slice: [[1, 2, 3], -2, 1] }, [2]],
    [{ $filter: { input: [1, 2, 3], as: 'x', cond: { $gt: ['$$x', 1] } } }, [2, 3]],
    [{ $filter: { input: [1, 2, 3], cond: { $gt: ['$$this', 1] }, limit: 1 } }, [2]],
    [{ $map: { input: [1, 2], as: 'x', in: { $add: ['$$x', '$a'] } } }, [6, 7]],
    [
      {
        $map: {
          input: [1, 2],
          as: 'x',
          in: { $map: { input: [10], as: 'y', in: { $add: ['$$x', '$$y'] } } },
        },
      },
      [[11], [12]],
    ],
    [
      { $reduce: { input: ['a', 'b'], initialValue: '', in: { $concat: ['$$value', '$$this'] } } },
      'ab',
    ],
    [{ $concatArrays: [[1], [2, 3]] }, [1, 2, 3]],
    [{ $concatArrays: [[1], '$n'] }, null],
    [{ $range: [0, 5, 2] }, [0, 2, 4]],
    [{ $range: [3, 0, -1] }, [3, 2, 1]],
    [{ $reverseArray: [[1, 2]] }, [2, 1]],
    [{ $indexOfArray: [[5, 6], 6] }, 1],
    [{ $sortArray: { input: [3, 1, 2], sortBy: -1 } }, [3, 2, 1]],
    [{ $sortArray: { input: [{ k: 2 }, { k: 1 }], sortBy: { k: 1 } } }, [{ k: 1 }, { k: 2 }]],
    [
      {
        $setUnion: [
          [1, 2],
          [new Double(2), 3],
        ],
      },
      [1, new Double(2), 3],
    ],
    [
      {
        $setIntersection: [
          [1, 2],
          [2, 3],
        ],
      },
      [2],
    ],
    [{ $setDifference: [[1, 2, 2, 3], [1]] }, [2, 3]],
    [
      {
        $setEquals: [
          [1, 2],
          [2, 1, 1],
        ],
      },
      true,
    ],
    [{ $setIsSubset: [[1], [2, 1]] }, true],
    [{ $anyElementTrue: [[0, 1]] }, true],
    [{ $allElementsTrue: [[0, 1]] }, false],
    [{ $mergeObjects: ['$b', { d: 1 }, null] }, { c: 'x', d: 1 }],
    [{ $objectToArray: { a: 1 } }, [{ k: 'a', v: 1 }]],
    [
      {
        $arrayToObject: [
          [
            ['a', 1],
            ['b', 2],
          ],
        ],
      },
      { a: 1, b: 2 },
    ],
    [{ $arrayToObject: { $literal: [{ k: 'a', v: 1 }] } }, { a: 1 }],
    [{ $getField: 'a' }, 5],
    [{ $getField: { field: 'c', input: '$b' } }, 'x'],
    [{ $setField: { field: 'd', input: '$b', value: 1 } }, { c: 'x', d: 1 }],
    [{ $unsetField: { field: 'c', input: '$b' } }, {}],
    [{ $type: '$a' }, 'int'],
    [{ $type: '$missing' }, 'missing'],
    [{ $isNumber: '$a' }, true],
    [{ $toString: 5 }, '5'],
    [{ $toString: new ObjectId('64b7f1f0c0ffee0000000001') }, '64b7f1f0c0ffee0000000001'],
    [{ $toString: at('2024-01-01T00:00:00Z') }, '2024-01-01T00:00:00.000Z'],
    [{ $toString: true }, 'true'],
    [{ $toInt: '42' }, 42],
    [{ $toInt: 3.9 }, 3],
    [{ $toLong: true }, long(1)],
    [{ $toDouble: '1.5' }, 1.5],
    [{ $toDecimal: 0.1 }, decimal('0.1')],
    [{ $toBool: 'false' }, true],
    [{ $toDate: '2024-01-01' }, at('2024-01-01T00:00:00Z')],
    [{ $toDate: long(1000) }, new Date(1000)],
    [{ $toObjectId: '64b7f1f0c0ffee0000000001' }, new ObjectId('64b7f1f0c0ffee0000000001')],
    [{ $toInt: '$n' }, null],
    [{ $convert: { input: 'x', to: 'int', onError: 'bad' } }, 'bad'],
    [{ $convert: { input: null, to: 'int', onNull: 'none' } }, 'none'],
    [{ $convert: { input: '5', to: 16 } }, 5],
    [{ $year: at('2024-02-29T23:30:00Z') }, 2024],
    [{ $month: { date: at('2024-02-29T23:30:00Z'), timezone: '+01:00' } }, 3],
    [{ $dayOfMonth: { date: at('2024-06-30T22:30:00Z'), timezone: 'Europe/Paris' } }, 1],
    [{ $hour: at('2024-02-29T23:30:00Z') }, 23],
    [{ $dayOfWeek: at('2024-05-05T00:00:00Z') }, 1],
    [{ $isoDayOfWeek: at('2024-05-05T00:00:00Z') }, 7],
    [{ $dayOfYear: at('2024-03-01T00:00:00Z') }, 61],
    [{ $isoWeek: at('2021-01-03T00:00:00Z') }, 53],
    [{ $isoWeekYear: at('2021-01-03T00:00:00Z') }, 2020],
    [{ $week: at('2024-01-07T00:00:00Z') }, 1],
    [{ $year: '$missing' }, null],
    [{ $dateToString: { date: at('2024-03-01T05:06:07.008Z') } }, '2024-03-01T05:06:07.008Z'],
    [
      {
        $dateToString: {
          date: at('2024-03-01T05:06:07Z'),
          format: '%d/%m/%Y %H:%M %j %u %z %%',
          timezone: '+0230',
        },
      },
      '01/03/2024 07:36 061 5 +0230 %',
    ],
    [{ $dateToString: { date: null, onNull: 'never' } }, 'never'],
    [{ $dateFromString: { dateString: '2024-03-01T05:06:07+01:00' } }, at('2024-03-01T04:06:07Z')],
    [
      { $dateFromString: { dateString: '2024-07-01', timezone: 'Europe/Paris' } },
      at('2024-06-30T22:00:00Z'),
    ],
    [{ $dateFromParts: { year: 2024, month: 2, day: 29 } }, at('2024-02-29T00:00:00Z')],
    [
      { $dateAdd: { startDate: at('2024-01-31T00:00:00Z'), unit: 'month', amount: 1 } },
      at('2024-02-29T00:00:00Z'),
    ],
    [
      {
        $dateSubtract: {
          startDate: at('2024-03-31T10:00:00Z'),
          unit: 'day',
          amount: 1,
          timezone: 'Europe/Paris',
        },
      },
      at('2024-03-30T11:00:00Z'),
    ],
    [
      { $dateAdd: { startDate: at('2024-01-01T00:00:00Z'), unit: 'hour', amount: 25 } },
      at('2024-01-02T01:00:00Z'),
    ],
    [
      {
        $dateDiff: {
          startDate: at('2023-12-31T23:00:00Z'),
          endDate: at('2024-01-01T01:00:00Z'),
          unit: 'year',
        },
      },
      long(1),
    ],
    [
      {
        $dateDiff: {
          startDate: at('2024-05-04T00:00:00Z'),
          endDate: at('2024-05-06T00:00:00Z'),
          unit: 'week',
        },
      },
      long(1),
    ],
    [
      {
        $dateDiff: {
          startDate: at('2024-05-05T00:00:00Z'),
          endDate: at('2024-05-06T00:00:00Z'),
          unit: 'week',
          startOfWeek: 'mon',
        },
      },
      long(1),
    ],
    [
      { $dateTrunc: { date: at('2024-05-16T13:14:15Z'), unit: 'month' } },
      at('2024-05-01T00:00:00Z'),
    ],
    [
      { $dateTrunc: { date: at('2024-05-16T13:14:15Z'), unit: 'week' } },
      at('2024-05-12T00:00:00Z'),
    ],
    [
      { $dateTrunc: { date: at('2024-05-16T13:14:15Z'), unit: 'week', startOfWeek: 'monday' } },
      at('2024-05-13T00:00:00Z'),
    ],
    [
      { $dateTrunc: { date: at('2024-05-16T13:14:15Z'), unit: 'minute', binSize: 10 } },
      at('2024-05-16T13:10:00Z'),
    ],
    [
      { $dateTrunc: { date: at('2024-07-01T21:59:00Z'), unit: 'day', timezone: 'Europe/Paris' } },
      at('2024-06-30T22:00:00Z'),
    ],
    [
      { $dateTrunc: { date: at('1999-05-16T00:00:00Z'), unit: 'quarter' } },
      at('1999-04-01T00:00:00Z'),
    ],
  ])('%j gives %j', (expression, expected) => {
    const result = evaluate(expression, doc);
    expect([result, isSame(result, expected)]).toEqual([result, true]);
  });

  test.each<[number, Value]>([
    [168, { $foo: 1 }],
    [168, { $where: 1 }],
    [15983, { $add: [1], $eq: [1] }],
    [17276, '$$unknown'],
    [15998, '$a..b'],
    [16410, '$a.$b'],
    [16412, { 'a.b': 1 }],
    [16020, { $eq: [1] }],
    [16020, { $not: [1, 2] }],
    [16867, { $let: { vars: { Big: 1 }, in: 1 } }],
    [16867, { $let: { vars: { __proto: 1 }, in: 1 } }],
    [9, { $cond: { if: 1, then: 2 } }],
    [9, { $cond: { if: 1, then: 2, else: 3, other: 4 } }],
    [9, { $trim: 'x' }],
    [9, { $dateTrunc: { date: now, unit: 'eon' } }],
    [9, { $dateAdd: { startDate: now, unit: 'day', amount: 1.5 } }],
    [40485, { $hour: { date: now, timezone: 'Mars/Olympus' } }],
    [18536, { $dateToString: { date: now, format: '%Q' } }],
    [14, { $add: [1, 'x'] }],
    [16612, { $add: [now, now] }],
    [2, { $divide: [1, 0] }],
    [16610, { $mod: [1, 0] }],
    [28714, { $sqrt: -1 }],
    [16702, { $concat: ['a', 5] }],
    [17124, { $size: 5 }],
    [40081, { $in: [1, 2] }],
    [28689, { $arrayElemAt: [5, 1] }],
    [40066, { $switch: { branches: [{ case: false, then: 1 }] } }],
    [241, { $toInt: 'x' }],
    [241, { $toInt: 3e9 }],
    [241, { $toObjectId: 'x' }],
    [241, { $toDate: 'tomorrow' }],
    [51091, { $regexMatch: { input: 'x', regex: '(' } }],
    [34449, { $range: [0, 5, 0] }],
    [34449, { $range: [0, 1e9] }],
    [40391, { $arrayToObject: { $literal: [1] } }],
    [40400, { $mergeObjects: [1] }],
    [16006, { $year: 'x' }],
  ])('is refused with code %d: %j', (code, expression) => {
    expect(() => evaluate(expression)).toThrow(expect.objectContaining({ code }));
  });

  test('compares as values do', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(evaluate({ $cmp: ['$a', '$b'] }, { a, b })).toBe(compareValues(a, b));
      }),
    );
  });
});

test('an operator nobody knows always throws, wherever it stands', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z]{1,12}$/), values, (name, operand) => {
      const unknown = { [`$${name}X0`]: operand };
      for (const expression of [unknown, [unknown], { a: unknown }, { $add: [1, unknown] }]) {
        expect(() => compileExpression(expression)).toThrow(/Unrecognized expression/);
      }
    }),
  );
});
