import { describe, expect, test } from '@jest/globals';
import { BSONRegExp, Decimal128, Double, Long, ObjectId, Timestamp } from 'bson';
import * as fc from 'fast-check';
import { isSame } from '../../../../src/store/embedded/query/same.js';
import { compileUpdate } from '../../../../src/store/embedded/query/update.js';
import { decode, encode } from '../../../../src/store/embedded/query/values.js';
import type { Doc } from '../../../../src/store/embedded/query/values.js';
import { createVariables } from '../../../../src/store/embedded/query/variables.js';
import { docOf, values } from './arbitraries.js';

const now = new Date('2024-05-01T10:00:00Z');
const variables = createVariables(now);
const long = (text: string) => Long.fromString(text);
const decimal = (text: string) => Decimal128.fromString(text);

function apply(update: Doc | Doc[], doc: Doc, filter: Doc = {}, arrayFilters?: Doc[]): Doc {
  const options = { filter, variables, ...(arrayFilters && { arrayFilters }) };
  return compileUpdate(update, options).apply(doc);
}

describe('an update', () => {
  test.each<[Doc, Doc, Doc]>([
    [{ a: 1 }, { $set: { b: 2 } }, { a: 1, b: 2 }],
    [{ a: 1 }, { $set: { z: 1, b: { c: 1 }, 'd.e': 2 } }, { a: 1, b: { c: 1 }, d: { e: 2 }, z: 1 }],
    [{ a: 1 }, { $set: { a: new Double(1) } }, { a: new Double(1) }],
    [{ a: [1, 2] }, { $set: { 'a.1': 5 } }, { a: [1, 5] }],
    [{ a: [1] }, { $set: { 'a.3': 5 } }, { a: [1, null, null, 5] }],
    [{ a: [{ b: 1 }] }, { $set: { 'a.0.b': 2, 'a.0.c': 3 } }, { a: [{ b: 2, c: 3 }] }],
    [{}, { $set: { 'a.0': 1 } }, { a: { 0: 1 } }],
    [{ a: 1, b: 2 }, { $unset: { a: '' } }, { b: 2 }],
    [{ a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
    [{ a: { b: 1, c: 2 } }, { $unset: { 'a.b': 1 } }, { a: { c: 2 } }],
    [{ a: 1 }, { $inc: { a: 2, b: 3 } }, { a: 3, b: 3 }],
    [{ a: 2147483647 }, { $inc: { a: 1 } }, { a: long('2147483648') }],
    [{ a: long('9007199254740993') }, { $inc: { a: 1 } }, { a: long('9007199254740994') }],
    [{ a: 1 }, { $inc: { a: 0.5 } }, { a: 1.5 }],
    [{ a: 0.5 }, { $inc: { a: 0.5 } }, { a: new Double(1) }],
    [{ a: decimal('0.1') }, { $inc: { a: decimal('0.2') } }, { a: decimal('0.3') }],
    [{ a: 1 }, { $inc: { a: decimal('0.20') } }, { a: decimal('1.20') }],
    [{ a: 3 }, { $mul: { a: 4, b: 5, c: long('5') } }, { a: 12, b: 0, c: long('0') }],
    [{ a: 65536 }, { $mul: { a: 65536 } }, { a: long('4294967296') }],
    [{ a: 5 }, { $min: { a: 3, b: 1 } }, { a: 3, b: 1 }],
    [{ a: 5 }, { $max: { a: 'x' } }, { a: 'x' }],
    [{ a: 1, b: 2 }, { $rename: { a: 'c.d' } }, { b: 2, c: { d: 1 } }],
    [{ a: 1, b: 2 }, { $rename: { a: 'b' } }, { b: 1 }],
    [{}, { $currentDate: { a: true, b: { $type: 'date' } } }, { a: now, b: now }],
    [
      {},
      { $currentDate: { a: { $type: 'timestamp' } } },
      { a: new Timestamp({ t: now.getTime() / 1000, i: 1 }) },
    ],
    [{ a: 13 }, { $bit: { a: { and: 10 } } }, { a: 8 }],
    [{ a: long('1') }, { $bit: { a: { or: 4, xor: 1 } } }, { a: long('4') }],
    [{ a: [1] }, { $push: { a: 2, b: 3 } }, { a: [1, 2], b: [3] }],
    [{ a: [1] }, { $push: { a: [2, 3] } }, { a: [1, [2, 3]] }],
    [{ a: [1] }, { $push: { a: { $each: [2, 3] } } }, { a: [1, 2, 3] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: 1 } } }, { a: [1, 9, 2] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [9], $position: -1 } } }, { a: [1, 9, 2] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [3], $slice: -2 } } }, { a: [2, 3] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [3], $slice: 1 } } }, { a: [1] }],
    [{ a: [1, 2] }, { $push: { a: { $each: [], $slice: 0 } } }, { a: [] }],
    [{ a: [3, 1] }, { $push: { a: { $each: [2], $sort: -1 } } }, { a: [3, 2, 1] }],
    [
      { a: [{ s: 3 }, { s: 1 }] },
      { $push: { a: { $each: [{ s: 2 }], $sort: { s: 1 }, $slice: 2 } } },
      { a: [{ s: 1 }, { s: 2 }] },
    ],
    [{ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1, 2] }],
    [
      { a: [{ x: 1, y: 2 }] },
      { $addToSet: { a: { y: 2, x: 1 } } },
      {
        a: [
          { x: 1, y: 2 },
          { y: 2, x: 1 },
        ],
      },
    ],
    [{}, { $addToSet: { a: [1] } }, { a: [[1]] }],
    [{ a: [1, 2] }, { $pop: { a: 1 } }, { a: [1] }],
    [{ a: [1, 2] }, { $pop: { a: -1 } }, { a: [2] }],
    [{ a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
    [{ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    [{ a: ['ab', 'c'] }, { $pull: { a: new BSONRegExp('^a') } }, { a: ['c'] }],
    [{ a: [[1], 2] }, { $pull: { a: { $in: [1] } } }, { a: [2] }],
    [
      { a: [{ b: 1 }, { c: 1 }, { b: 2 }] },
      { $pull: { a: { $or: [{ b: 1 }, { c: 1 }] } } },
      { a: [{ b: 2 }] },
    ],
    [{ a: [{ b: 1, c: 2 }, { b: 2 }, 3] }, { $pull: { a: { b: 1 } } }, { a: [{ b: 2 }, 3] }],
    [
      { a: [{ b: [{ c: 1 }] }, { b: [] }] },
      { $pull: { a: { b: { $elemMatch: { c: 1 } } } } },
      { a: [{ b: [] }] },
    ],
    [{ a: [1, new Double(2), 3] }, { $pullAll: { a: [2, 3] } }, { a: [1] }],
    [
      { a: [{ b: [1] }, { b: [2] }] },
      { $push: { 'a.$[].b': 9 } },
      { a: [{ b: [1, 9] }, { b: [2, 9] }] },
    ],
    [{ _id: 1, a: 1 }, { b: 2 }, { _id: 1, b: 2 }],
    [
      { _id: 1, a: 1 },
      { b: 2, _id: 1 },
      { _id: 1, b: 2 },
    ],
    [{ a: { b: 1 } }, { $set: { a: { c: 1 } } }, { a: { c: 1 } }],
  ])('of %j by %j gives %j', (doc, update, expected) => {
    const result = apply(update, doc);
    expect(Object.keys(result)).toEqual(Object.keys(expected));
    expect(decode(encode(result))).toEqual(decode(encode(expected)));
  });

  test.each<[Doc, Doc]>([
    [{ a: 1 }, { $set: { a: 1 } }],
    [{ a: { b: [1, 'x'] } }, { $set: { a: { b: [1, 'x'] } } }],
    [{ a: 1 }, { $unset: { b: '', 'a.c': '', 'x.y': '' } }],
    [{ a: 1 }, { $inc: { a: 0 } }],
    [{ a: 1 }, { $min: { a: 1 } }],
    [{ a: 1 }, { $max: { a: 0 } }],
    [{ a: [1] }, { $addToSet: { a: new Double(1) } }],
    [{ a: [1] }, { $pull: { a: 2, b: 1 } }],
    [{ a: [] }, { $pop: { a: 1, b: 1 } }],
    [{ a: [1] }, { $pullAll: { a: [] } }],
    [{ a: [1] }, { $push: { a: { $each: [] } } }],
    [{ a: 1 }, { $rename: { x: 'y' } }],
    [{ a: 1 }, { $setOnInsert: { b: 1 } }],
    [{ _id: 1, a: 1 }, { $set: { _id: 1 } }],
    [{ _id: 1, a: 1 }, { a: 1 }],
  ])('that changes nothing in %j returns the very document: %j', (doc, update) => {
    expect(apply(update, doc)).toBe(doc);
  });

  test.each<[string, Doc, Doc, Doc, Doc]>([
    ['an element', { a: [1, 5] }, { a: { $gt: 2 } }, { $set: { 'a.$': 9 } }, { a: [1, 9] }],
    [
      'a field of an element',
      {
        a: [
          { k: 1, v: 1 },
          { k: 2, v: 2 },
        ],
      },
      { 'a.k': 2 },
      { $inc: { 'a.$.v': 5 } },
      {
        a: [
          { k: 1, v: 1 },
          { k: 2, v: 7 },
        ],
      },
    ],
    [
      'an element by $elemMatch',
      {
        a: [
          { k: 1, v: 2 },
          { k: 1, v: 1 },
        ],
      },
      { a: { $elemMatch: { k: 1, v: 1 } } },
      { $set: { 'a.$.v': 0 } },
      {
        a: [
          { k: 1, v: 2 },
          { k: 1, v: 0 },
        ],
      },
    ],
    [
      'an element of an inner array named by position',
      { a: [{ b: [4, 5] }] },
      { 'a.0.b': 5 },
      { $set: { 'a.0.b.$': 9 } },
      { a: [{ b: [4, 9] }] },
    ],
    [
      'the outer element when the match lies in an inner array',
      { a: [{ b: [1] }, { b: [2] }] },
      { 'a.b': 2 },
      { $set: { 'a.$.c': 1 } },
      { a: [{ b: [1] }, { b: [2], c: 1 }] },
    ],
    [
      'in the branch of $or that matched',
      { a: [1, 5] },
      { $or: [{ x: 1 }, { a: 5 }] },
      { $unset: { 'a.$': 1 } },
      { a: [1, null] },
    ],
    [
      'by $in',
      { a: [1, 5] },
      { $and: [{ a: { $in: [5, 6] } }] },
      { $set: { 'a.$': 0 } },
      { a: [1, 0] },
    ],
  ])('finds %s with the positional $', (_what, doc, filter, update, expected) => {
    expect(apply(update, doc, filter)).toEqual(expected);
  });

  test('reaches elements by array filters', () => {
    const doc = {
      a: [
        { k: 1, v: [1, 8] },
        { k: 2, v: [9] },
      ],
    };
    expect(
      apply({ $set: { 'a.$[x].v.$[y]': 0 } }, doc, {}, [{ 'x.k': 1 }, { y: { $gt: 5 } }]),
    ).toEqual({
      a: [
        { k: 1, v: [1, 0] },
        { k: 2, v: [9] },
      ],
    });
  });
});

describe('an update is refused', () => {
  test.each<[number, Doc, Doc]>([
    [9, {}, { $foo: { a: 1 } }],
    [9, {}, { $set: { a: 1 }, b: 1 }],
    [9, {}, { $set: 1 }],
    [40, {}, { $set: { a: 1 }, $inc: { a: 1 } }],
    [40, {}, { $set: { a: 1, 'a.b': 1 } }],
    [40, {}, { $set: { 'a.b': 1 }, $unset: { a: 1 } }],
    [40, {}, { $set: { b: 1 }, $rename: { a: 'b' } }],
    [52, {}, { $set: { $a: 1 } }],
    [52, {}, { $set: { 'a.$b': 1 } }],
    [52, {}, { a: 1, $set: { b: 1 } }],
    [56, {}, { $set: { '': 1 } }],
    [56, {}, { $set: { 'a..b': 1 } }],
    [66, { _id: 1 }, { $set: { _id: 2 } }],
    [66, { _id: 1 }, { $unset: { _id: 1 } }],
    [66, { _id: 1 }, { _id: 2, a: 1 }],
    [66, { _id: { a: 1 } }, { $set: { '_id.a': 2 } }],
    [28, { a: 5 }, { $set: { 'a.b': 1 } }],
    [28, { a: null }, { $set: { 'a.b': 1 } }],
    [28, { a: [1] }, { $set: { 'a.b': 1 } }],
    [14, {}, { $inc: { a: 'x' } }],
    [14, { a: 'x' }, { $inc: { a: 1 } }],
    [14, { a: null }, { $inc: { a: 1 } }],
    [14, {}, { $mul: { a: 'x' } }],
    [14, { a: 'x' }, { $pop: { a: 1 } }],
    [9, {}, { $pop: { a: 2 } }],
    [2, { a: Long.MAX_VALUE }, { $inc: { a: 1 } }],
    [2, { a: 1 }, { $push: { a: 1 } }],
    [2, {}, { $push: { a: { $each: 1 } } }],
    [2, {}, { $push: { a: { $each: [], $foo: 1 } } }],
    [2, {}, { $push: { a: { $each: [], $slice: 'x' } } }],
    [2, {}, { $push: { a: { $each: [], $sort: 2 } } }],
    [2, { a: 1 }, { $addToSet: { a: 1 } }],
    [2, { a: 1 }, { $pull: { a: 1 } }],
    [2, { a: [] }, { $pull: { a: { $foo: 1 } } }],
    [2, {}, { $pullAll: { a: 1 } }],
    [2, {}, { $rename: { a: 'a' } }],
    [2, {}, { $rename: { a: 1 } }],
    [2, { a: [{ b: 1 }] }, { $rename: { 'a.b': 'c' } }],
    [2, {}, { $bit: { a: { nand: 1 } } }],
    [2, { a: 1.5 }, { $bit: { a: { or: 1 } } }],
    [2, {}, { $currentDate: { a: 'x' } }],
    [2, {}, { $currentDate: { a: { $type: 'x' } } }],
    [2, { a: [1] }, { $set: { 'a.$': 1 } }],
    [2, { a: [1] }, { $set: { 'a.$.b.$': 1 } }],
    [2, { a: [1] }, { $set: { 'a.$[x]': 1 } }],
    [2, { a: 1 }, { $set: { 'a.$[]': 1 } }],
    [2, {}, { $set: { 'a.$[]': 1 } }],
    [2, {}, { $set: { '$[].a': 1 } }],
    [2, { a: [] }, { $set: { 'a.1600000': 1 } }],
  ])('with code %d: %j by %j', (code, doc, update) => {
    expect(() => apply(update, doc)).toThrow(expect.objectContaining({ code }));
  });

  test.each<[number, Doc[]]>([
    [9, [{ x: 1 }, { y: 1 }]],
    [9, [{ x: 1 }, { 'x.b': 1 }]],
    [9, [{}]],
    [9, [{ x: 1, z: 1 }]],
    [2, [{ X: 1 }]],
  ])('with code %d for the array filters %j', (code, arrayFilters) => {
    expect(() => apply({ $set: { 'a.$[x]': 1 } }, { a: [] }, {}, arrayFilters)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

const upsert = (filter: Doc, update: Doc | Doc[]) =>
  compileUpdate(update, { filter, variables }).upsert();

describe('an upsert', () => {
  test.each<[Doc, Doc, Doc]>([
    [{ _id: 1, a: 2 }, { $set: { b: 3 } }, { _id: 1, a: 2, b: 3 }],
    [{ a: { $eq: 2 }, _id: 1 }, { $inc: { n: 1 } }, { _id: 1, a: 2, n: 1 }],
    [{ _id: 1, 'a.b': 2, c: { $gt: 3 } }, { $set: { 'a.c': 1 } }, { _id: 1, a: { b: 2, c: 1 } }],
    [{ $and: [{ _id: 1 }, { $or: [{ a: 1 }] }] }, { $set: { b: 1 } }, { _id: 1, a: 1, b: 1 }],
    [{ $or: [{ _id: 1 }, { _id: 2 }] }, { $set: { _id: 3 } }, { _id: 3 }],
    [{ a: { $in: [1] } }, { $setOnInsert: { _id: 7, x: 1 } }, { _id: 7, x: 1 }],
    [{ _id: 1, a: 5 }, { b: 1 }, { _id: 1, b: 1 }],
    [{ _id: 1, a: { $all: [5] } }, { $set: { b: 1 } }, { _id: 1, a: 5, b: 1 }],
    [{ _id: 1, a: new BSONRegExp('x') }, { $set: { b: 1 } }, { _id: 1, b: 1 }],
    [{ _id: null }, { $set: { b: 1 } }, { _id: null, b: 1 }],
  ])('of %j with %j inserts %j', (filter, update, expected) => {
    const result = upsert(filter, update);
    expect(result).toEqual(expected);
    expect(Object.keys(result)[0]).toBe('_id');
  });

  test('makes an ObjectId when nothing gives one', () => {
    expect(upsert({ a: 1 }, { $set: { b: 1 } })).toEqual({ _id: expect.any(ObjectId), a: 1, b: 1 });
    expect(upsert({ a: 1 }, { b: 1 })).toEqual({ _id: expect.any(ObjectId), b: 1 });
  });

  test.each<[number, Doc, Doc]>([
    [54, { a: 1, 'a.b': 2 }, { $set: { c: 1 } }],
    [54, { a: 1, $and: [{ a: 2 }] }, { $set: { c: 1 } }],
    [66, { _id: 1 }, { $set: { _id: 2 } }],
    [66, { _id: 1 }, { _id: 2 }],
    [53, {}, { _id: [1] }],
  ])('is refused with code %d: %j with %j', (code, filter, update) => {
    expect(() => upsert(filter, update)).toThrow(expect.objectContaining({ code }));
  });
});

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
}

const fieldPaths = fc.constantFrom(
  'a',
  'b',
  'a.b',
  'a.0',
  'a.1.b',
  'b.c.a',
  'c',
  '__proto__',
  'a.$[]',
);
const operands = fc.oneof(values, fc.constantFrom(1, -1, 'a', { $each: [1, 2] }));
const updates = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        '$set',
        '$unset',
        '$inc',
        '$mul',
        '$min',
        '$max',
        '$push',
        '$addToSet',
        '$pop',
        '$pull',
        '$rename',
        '$currentDate',
      ),
      fieldPaths,
      operands,
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) =>
    docOf(parts.map(([operator, path, operand]) => [operator, docOf([[path, operand]])])),
  );
const docs = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', '__proto__'), values), { maxLength: 4 })
  .map(docOf);

test('a path that ends at a NaN leaves the document as it is', () => {
  const doc = { b: Number.NaN, c: [Number.NaN] };
  for (const update of [{ $unset: { 'b.c.a': 1 } }, { $unset: { 'c.0.a': 1 } }]) {
    expect(compileUpdate(update, { filter: {} }).apply(doc)).toBe(doc);
  }
});

test('an update never changes its input and says truly whether anything changed', () => {
  let applied = 0;
  fc.assert(
    fc.property(docs, updates, (doc, update) => {
      freeze(doc);
      freeze(update);
      const before = Buffer.from(encode(doc)).toString('hex');
      let result: Doc;
      try {
        result = apply(update, doc);
      } catch (error) {
        expect(error).toHaveProperty('code');
        return;
      }
      applied += 1;
      expect(Buffer.from(encode(doc)).toString('hex')).toBe(before);
      expect(Object.prototype).not.toHaveProperty('a');
      if (result !== doc && !('$currentDate' in update)) expect(isSame(result, doc)).toBe(false);
    }),
    { numRuns: 4000 },
  );
  expect(applied).toBeGreaterThan(500);
});

test('an operator nobody knows always throws', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z]{1,12}$/), docs, (name, fields) => {
      expect(() => apply({ [`$${name}X0`]: fields }, {})).toThrow(/Unknown modifier/);
      expect(() => apply({ $set: { a: 1 }, [`$${name}X0`]: fields }, {})).toThrow(
        /Unknown modifier/,
      );
    }),
  );
});
