import { describe, expect, test } from '@jest/globals';
import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import * as fc from 'fast-check';
import { compareValues } from '../../../../src/store/embedded/query/compare.js';
import type { Value } from '../../../../src/store/embedded/query/values.js';
import { values } from './arbitraries.js';

const d = (text: string) => Decimal128.fromString(text);

describe('the order of values', () => {
  test('types stand in the order MongoDB documents', () => {
    const ascending: (Value | undefined)[] = [
      new MinKey(),
      undefined,
      null,
      NaN,
      -1,
      'a',
      { a: 1 },
      [1],
      new Binary(new Uint8Array([1])),
      new ObjectId('000000000000000000000000'),
      false,
      true,
      new Date(0),
      new Timestamp({ t: 0, i: 0 }),
      new BSONRegExp('a'),
      new Code('a'),
      new Code('a', { x: 1 }),
      new MaxKey(),
    ];
    ascending.forEach((low, i) => {
      ascending.slice(i + 1).forEach((high) => {
        expect(compareValues(low, high)).toBe(-1);
        expect(compareValues(high, low)).toBe(1);
      });
    });
  });

  test.each<[Value, Value]>([
    [1, new Double(1)],
    [1, new Int32(1)],
    [1, 1n],
    [1, Long.fromNumber(1)],
    [1, d('1.000')],
    [0, -0],
    [-0, d('-0')],
    [NaN, d('NaN')],
    [Infinity, d('Infinity')],
    [0.5, d('0.5')],
    [2 ** 53, Long.fromString('9007199254740992')],
    [new Double(7), d('7E0')],
  ])('%p equals %p', (a, b) => {
    expect(compareValues(a, b)).toBe(0);
    expect(compareValues(b, a)).toBe(0);
  });

  test.each<[Value, Value]>([
    [2 ** 53, Long.fromString('9007199254740993')],
    [Long.fromString('9223372036854775807'), 2 ** 63],
    [d('0.1'), 0.1],
    [Long.fromString('9007199254740993'), d('9007199254740993.5')],
    [Number.MAX_VALUE, d('1E+400')],
    [d('-1E+400'), -Number.MAX_VALUE],
    [0, d('1E-400')],
    [NaN, -Infinity],
    ['a', 'a\0'],
    ['a\0', 'ab'],
    ['\uffff', '😀'],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ b: 1 }, { a: 'x' }],
    [{ a: 1 }, { b: 0 }],
    [[1, 2], [2]],
    [[1], [1, 0]],
    [new Binary(new Uint8Array([9])), new Binary(new Uint8Array([1, 1]))],
    [new Timestamp({ t: 1, i: 2 }), new Timestamp({ t: 0xffffffff, i: 0 })],
  ])('%p comes before %p', (a, b) => {
    expect(compareValues(a, b)).toBe(-1);
    expect(compareValues(b, a)).toBe(1);
  });

  test('is a total order', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        expect(compareValues(a, b)).toBe(-compareValues(b, a) + 0);
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) {
          expect(compareValues(a, c)).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
