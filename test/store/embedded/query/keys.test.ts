import { describe, expect, test } from '@jest/globals';
import { Decimal128, Double, Long } from 'bson';
import * as fc from 'fast-check';
import { compareBytes, compareValues } from '../../../../src/store/embedded/query/compare.js';
import { compileIndex, encodeKey, KEY_LIMIT } from '../../../../src/store/embedded/query/keys.js';
import type { Doc, Value } from '../../../../src/store/embedded/query/values.js';
import { numbers, values } from './arbitraries.js';

const maybe = fc.option(values, { nil: undefined });

describe('the bytes of keys', () => {
  test.each([
    ['any values', maybe],
    ['numbers of all types', numbers],
  ])('stand in the order of %s', (_what, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, arbitrary, (a, b) => {
        const order = compareValues(a, b);
        expect(compareBytes(encodeKey([a], [1]), encodeKey([b], [1]))).toBe(order);
        expect(compareBytes(encodeKey([a], [-1]), encodeKey([b], [-1]))).toBe(-order + 0);
      }),
      { numRuns: 3000 },
    );
  });

  test('compare component by component, each in its direction', () => {
    fc.assert(
      fc.property(maybe, maybe, maybe, maybe, (a, b, c, e) => {
        const order = compareValues(a, c) || -compareValues(b, e) + 0;
        expect(compareBytes(encodeKey([a, b], [1, -1]), encodeKey([c, e], [1, -1]))).toBe(order);
      }),
      { numRuns: 2000 },
    );
  });

  test('are the same for one number in four types', () => {
    const one: Value[] = [1, new Double(1), Long.fromNumber(1), Decimal128.fromString('1.0')];
    const keys = one.map((value) => Buffer.from(encodeKey([value], [1])).toString('hex'));
    expect(new Set(keys).size).toBe(1);
  });

  test('differ between 2^53 and its successor', () => {
    const long = encodeKey([Long.fromString('9007199254740993')], [1]);
    expect(compareBytes(encodeKey([2 ** 53], [1]), long)).toBe(-1);
    expect(compareBytes(long, encodeKey([2 ** 53 + 2], [1]))).toBe(-1);
  });

  test('are cut at the limit', () => {
    expect(encodeKey(['x'.repeat(5000)], [1])).toHaveLength(KEY_LIMIT);
  });
});

const keysOf = (key: Doc, doc: Doc, rest: object = {}) =>
  compileIndex({ name: 'i', key, ...rest })
    .keysOf(doc)
    .map((bytes) => Buffer.from(bytes).toString('hex'));
const tuples = (...rows: (Value | undefined)[][]) =>
  rows.map((row) =>
    Buffer.from(
      encodeKey(
        row,
        row.map(() => 1),
      ),
    ).toString('hex'),
  );

describe('the keys of a document', () => {
  test.each<[string, Doc, Doc, (Value | undefined)[][]]>([
    ['a field', { a: 1 }, { a: 5 }, [[5]]],
    ['a missing field as null', { a: 1 }, { b: 5 }, [[null]]],
    ['a field inside', { 'a.b': 1 }, { a: { b: 5 } }, [[5]]],
    ['a path through a scalar as null', { 'a.b': 1 }, { a: 5 }, [[null]]],
    ['each element', { a: 1 }, { a: [1, 2, 1] }, [[1], [2]]],
    ['an empty array as undefined', { a: 1 }, { a: [] }, [[undefined]]],
    ['an array inside an array whole', { a: 1 }, { a: [[1, 2], 3] }, [[[1, 2]], [3]]],
    ['a field of each element', { 'a.b': 1 }, { a: [{ b: 1 }, { c: 2 }, 3] }, [[1], [null]]],
    ['a path through an empty array as null', { 'a.b': 1 }, { a: [] }, [[null]]],
    ['arrays in elements', { 'a.b': 1 }, { a: [{ b: [1, 2] }, { b: [3] }] }, [[1], [2], [3]]],
    [
      'two fields of one array, element by element',
      { 'a.b': 1, 'a.c': 1 },
      { a: [{ b: 1, c: 2 }, { b: 3 }] },
      [
        [1, 2],
        [3, null],
      ],
    ],
    [
      'a scalar beside an array',
      { a: 1, b: 1 },
      { a: 1, b: [2, 3] },
      [
        [1, 2],
        [1, 3],
      ],
    ],
    [
      'a position as position and as name',
      { 'a.0': 1 },
      { a: [{ 0: 7 }, 8] },
      [[7], [{ 0: 7 }], [null]],
    ],
    ['fields with the names of what objects inherit', { constructor: 1 }, {}, [[null]]],
  ])('hold %s', (_what, key, doc, expected) => {
    expect(keysOf(key, doc).sort()).toEqual(tuples(...expected).sort());
  });

  test('are none when a sparse index finds no field', () => {
    expect(keysOf({ a: 1, b: 1 }, { c: 1 }, { sparse: true })).toEqual([]);
    expect(keysOf({ a: 1, b: 1 }, { a: null }, { sparse: true })).toEqual(tuples([null, null]));
  });

  test('refuse two arrays side by side', () => {
    expect(() => keysOf({ a: 1, b: 1 }, { a: [1], b: [1] })).toThrow(
      expect.objectContaining({ code: 171 }),
    );
  });

  test.each([{ a: 'text' }, { a: '2dsphere' }, { a: 0 }, {}, { '$**': 1 }, { 'a..b': 1 }])(
    'refuse the pattern %p',
    (key) => {
      expect(() => compileIndex({ name: 'i', key })).toThrow(expect.objectContaining({ code: 67 }));
    },
  );

  test('tell whether an array was met', () => {
    const index = compileIndex({ name: 'i', key: { 'a.b': 1 } });
    expect(index.isMultikey({ a: { b: 1 } })).toBe(false);
    expect(index.isMultikey({ a: { b: [] } })).toBe(true);
    expect(index.isMultikey({ a: [{ b: 1 }] })).toBe(true);
  });

  test('collide in full length beyond the limit', () => {
    const index = compileIndex({ name: 'i', key: { a: 1 }, unique: true });
    const long = 'x'.repeat(2000);
    expect(index.collides({ a: `${long}1` }, { a: `${long}2` })).toBe(false);
    expect(index.collides({ a: `${long}1` }, { a: [`${long}1`] })).toBe(true);
    expect(index.keyValueOf({ a: 5, b: 6 })).toEqual({ a: 5 });
  });
});
