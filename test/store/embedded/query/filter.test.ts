import { describe, expect, test } from '@jest/globals';
import {
  Binary,
  BSONRegExp,
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
import { compileFilter } from '../../../../src/store/embedded/query/filter.js';
import type { Doc, Value } from '../../../../src/store/embedded/query/values.js';
import { values } from './arbitraries.js';

const matches = (query: Doc, doc: Doc) => compileFilter(query)(doc);
const id = new ObjectId('64b7f1f0c0ffee0000000001');
const re = (pattern: string, options = '') => new BSONRegExp(pattern, options);

describe('a query matches', () => {
  test.each<[Doc, Doc]>([
    [{}, { a: 1 }],
    [{ a: 1 }, { a: 1 }],
    [{ a: 1 }, { a: new Double(1) }],
    [{ a: 1 }, { a: Long.fromNumber(1) }],
    [{ a: new Int32(1) }, { a: Decimal128.fromString('1.0') }],
    [{ a: 0 }, { a: -0 }],
    [{ a: NaN }, { a: NaN }],
    [{ a: id }, { a: new ObjectId(id.toHexString()) }],
    [{ a: null }, {}],
    [{ a: null }, { a: null }],
    [{ a: null }, { a: [1, null] }],
    [{ 'a.b': null }, { a: {} }],
    [{ 'a.b': null }, { a: 4 }],
    [{ 'a.b': null }, { a: null }],
    [{ 'a.b': null }, { a: [{ b: 1 }, {}] }],
    [{ a: 1 }, { a: [3, 1] }],
    [{ a: [3, 1] }, { a: [3, 1] }],
    [{ a: [3, 1] }, { a: [[3, 1], 2] }],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 2 } }],
    [{ 'a.b': 1 }, { a: { b: 1 } }],
    [{ 'a.b': 1 }, { a: [{ b: 0 }, { b: 1 }] }],
    [{ 'a.b.c': 1 }, { a: [{ b: [{ c: 0 }, { c: 1 }] }] }],
    [{ 'a.0': 3 }, { a: [3, 1] }],
    [{ 'a.1.b': 1 }, { a: [{ b: 0 }, { b: 1 }] }],
    [{ 'a.0.b': 1 }, { a: [[{ b: 1 }]] }],
    [{ 'a.1': 4 }, { a: [5, { 1: 4 }] }],
    [{ 'a.1': [2, 4] }, { a: [5, [2, 4]] }],
    [{ a: { $eq: re('x') } }, { a: re('x') }],
    [{ a: re('^AB', 'i') }, { a: ['x', 'abc'] }],
    [{ a: { $regex: 'b$' } }, { a: 'ab' }],
    [{ a: { $regex: 'B', $options: 'i' } }, { a: 'abc' }],
    [{ a: { $in: [re('^a'), 5] } }, { a: 'abc' }],
    [{ a: { $in: [1, null] } }, {}],
    [{ a: { $in: ['x', 'y'] } }, { a: ['y'] }],
    [{ a: { $in: [1, 2] } }, { a: new Double(2) }],
    [{ a: { $in: [[1]] } }, { a: [1] }],
    [{ a: { $in: [id, 'x'] } }, { a: new ObjectId(id.toHexString()) }],
    [{ a: { $ne: 1 } }, {}],
    [{ a: { $ne: 1 } }, { a: [2] }],
    [{ a: { $nin: [1, 2] } }, { a: 3 }],
    [{ a: { $gt: 1 } }, { a: 2 }],
    [{ a: { $gt: 1 } }, { a: Decimal128.fromString('1.0000001') }],
    [{ a: { $gt: 2 ** 53 } }, { a: Long.fromString('9007199254740993') }],
    [{ a: { $gte: null } }, {}],
    [{ a: { $lte: null } }, { a: null }],
    [{ a: { $gte: NaN } }, { a: NaN }],
    [{ a: { $gt: 1, $lt: 3 } }, { a: [0, 5] }],
    [{ a: { $gt: [1] } }, { a: [2] }],
    [{ a: { $gt: new MinKey() } }, { a: 'x' }],
    [{ a: { $lt: new MaxKey() } }, { a: 'x' }],
    [{ a: { $lt: new Date(5) } }, { a: new Date(4) }],
    [{ a: { $gt: new Timestamp({ t: 1, i: 1 }) } }, { a: new Timestamp({ t: 1, i: 2 }) }],
    [{ a: { $exists: true } }, { a: null }],
    [{ a: { $exists: false } }, {}],
    [{ 'a.b': { $exists: false } }, { a: [1, {}] }],
    [{ a: { $exists: true } }, { a: [] }],
    [{ a: { $type: 'string' } }, { a: [1, 'x'] }],
    [{ a: { $type: 'array' } }, { a: [] }],
    [{ a: { $type: ['int', 2] } }, { a: 'x' }],
    [{ a: { $type: 'number' } }, { a: Long.fromNumber(1) }],
    [{ a: { $type: 1 } }, { a: new Double(1) }],
    [{ a: { $type: 16 } }, { a: 1 }],
    [{ a: { $not: { $gt: 1 } } }, {}],
    [{ a: { $not: { $gt: 1, $lt: 0 } } }, { a: 2 }],
    [{ a: { $not: re('x') } }, { a: 'y' }],
    [{ a: { $mod: [4, 0] } }, { a: 8 }],
    [{ a: { $mod: [4, -3] } }, { a: -7 }],
    [{ a: { $mod: [4, 1] } }, { a: 5.9 }],
    [{ a: { $all: [1, 2] } }, { a: [2, 3, 1] }],
    [{ a: { $all: [1] } }, { a: 1 }],
    [{ a: { $all: [[1, 2]] } }, { a: [1, 2] }],
    [
      { a: { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { c: 2 } }] } },
      { a: [{ b: 1 }, { c: 2 }] },
    ],
    [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [0, 2] }],
    [{ a: { $elemMatch: { b: 1, c: 2 } } }, { a: [{ b: 1 }, { b: 1, c: 2 }] }],
    [{ a: { $elemMatch: { $or: [{ b: 1 }, { c: 1 }] } } }, { a: [{ c: 1 }] }],
    [{ a: { $elemMatch: { 0: 7 } } }, { a: [[7]] }],
    [{ a: { $elemMatch: { $elemMatch: { $gt: 1 } } } }, { a: [[1, 2]] }],
    [{ 'a.b': { $elemMatch: { c: 1 } } }, { a: [{ b: [{ c: 1 }] }] }],
    [{ a: { $size: 2 } }, { a: [1, 2] }],
    [{ a: { $size: Long.fromNumber(0) } }, { a: [] }],
    [{ $and: [{ a: 1 }, { b: 2 }] }, { a: 1, b: 2 }],
    [{ $or: [{ a: 1 }, { b: 2 }] }, { b: 2 }],
    [{ $nor: [{ a: 1 }, { b: 2 }] }, {}],
    [{ a: { $bitsAllSet: [0, 2] } }, { a: 5 }],
    [{ a: { $bitsAnySet: 6 } }, { a: 2 }],
    [{ a: { $bitsAllClear: 10 } }, { a: 5 }],
    [{ a: { $bitsAnyClear: 5 } }, { a: 4 }],
    [{ a: { $bitsAllSet: [200] } }, { a: -1 }],
    [{ a: { $bitsAllSet: new Binary(new Uint8Array([0, 1])) } }, { a: 256 }],
    [{ a: 1, $comment: 'why' }, { a: 1 }],
    [{ a: { $gt: 0, $comment: 'why' } }, { a: 1 }],
    [{ a: { $ref: 'c', $id: 1 } }, { a: { $ref: 'c', $id: 1 } }],
    [{ a: {} }, { a: {} }],
    [{ constructor: null }, {}],
    [{ 'a.__proto__': { $exists: false } }, { a: {} }],
  ])('%j: %j', (query, doc) => {
    expect(matches(query, doc)).toBe(true);
  });
});

describe('a query does not match', () => {
  test.each<[Doc, Doc]>([
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, { a: true }],
    [{ a: 0.1 }, { a: Decimal128.fromString('0.1') }],
    [{ a: NaN }, { a: 1 }],
    [{ 'a.b': null }, { a: [] }],
    [{ 'a.b': null }, { a: [1, 2] }],
    [{ 'a.b': null }, { a: [{ b: 1 }] }],
    [{ a: null }, { a: [] }],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }],
    [{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }],
    [{ 'a.b': 1 }, { a: [[{ b: 1 }]] }],
    [{ 'a.1': 2 }, { a: [5, [2, 4]] }],
    [{ a: { $eq: re('x') } }, { a: 'x' }],
    [{ a: re('^AB') }, { a: 'abc' }],
    [{ a: { $in: [] } }, { a: 1 }],
    [{ a: { $ne: 1 } }, { a: [2, 1] }],
    [{ a: { $nin: [1, null] } }, {}],
    [{ a: { $gt: 1 } }, { a: 'z' }],
    [{ a: { $gt: 1 } }, {}],
    [{ a: { $lt: 5 } }, { a: NaN }],
    [{ a: { $lt: 5 } }, { a: Decimal128.fromString('NaN') }],
    [{ a: { $gt: null } }, { a: 1 }],
    [{ a: { $gte: 1 } }, { a: true }],
    [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [0, 5] }],
    [{ a: { $elemMatch: { b: 1, c: 2 } } }, { a: [{ b: 1 }, { c: 2 }] }],
    [{ a: { $elemMatch: { b: 1 } } }, { a: { b: 1 } }],
    [{ 'a.b': { $exists: true } }, { a: [1] }],
    [{ a: { $type: 'int' } }, { a: new Double(1) }],
    [{ a: { $type: 'object' } }, {}],
    [{ a: { $not: { $gt: 1 } } }, { a: 2 }],
    [{ a: { $mod: [4, 0] } }, { a: 'x' }],
    [{ a: { $mod: [4, 0] } }, { a: Infinity }],
    [{ a: { $all: [] } }, { a: [] }],
    [{ a: { $all: [1, 2] } }, { a: [1] }],
    [{ a: { $size: 1 } }, { a: 1 }],
    [{ a: { $size: 2 } }, { a: [[1, 2]] }],
    [{ $nor: [{ a: 1 }] }, { a: 1 }],
    [{ a: { $bitsAllSet: 1 } }, { a: 1.5 }],
    [{ toString: { $exists: true } }, {}],
  ])('%j: %j', (query, doc) => {
    expect(matches(query, doc)).toBe(false);
  });
});

describe('a query is refused', () => {
  test.each<Doc>([
    { $foo: 1 },
    { a: { $foo: 1 } },
    { a: { $gt: 1, b: 2 } },
    { a: { $not: {} } },
    { a: { $not: 5 } },
    { a: { $not: { b: 1 } } },
    { $and: [] },
    { $or: { a: 1 } },
    { $nor: [1] },
    { a: { $in: 1 } },
    { a: { $in: [{ $gt: 1 }] } },
    { a: { $ne: re('x') } },
    { a: { $gt: re('x') } },
    { a: { $all: 1 } },
    { a: { $all: [{ $gt: 1 }] } },
    { a: { $all: [{ $elemMatch: { b: 1 } }, 1] } },
    { a: { $elemMatch: 1 } },
    { a: { $elemMatch: { b: { $foo: 1 } } } },
    { a: { $size: -1 } },
    { a: { $size: 1.5 } },
    { a: { $size: 'x' } },
    { a: { $type: 'foo' } },
    { a: { $type: 99 } },
    { a: { $type: [] } },
    { a: { $mod: [0, 1] } },
    { a: { $mod: [1] } },
    { a: { $mod: 1 } },
    { a: { $options: 'i' } },
    { a: { $regex: 5 } },
    { a: { $bitsAllSet: -1 } },
    { a: { $bitsAllSet: ['x'] } },
    { $where: 'true' },
    { $text: { $search: 'x' } },
    { $jsonSchema: {} },
    { a: { $near: [0, 0] } },
    { a: { $geoWithin: {} } },
  ])('%j', (query) => {
    expect(() => compileFilter(query)).toThrow(expect.objectContaining({ code: 2 }));
  });
});

const parts = (value: Value): Value[] => (Array.isArray(value) ? [...value, value] : [value]);

test('equality and order are those of the comparison of values', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      fc.pre(!(b instanceof BSONRegExp));
      const equal = parts(a).some((part) => compareValues(part, b) === 0);
      expect(matches({ x: { $eq: b } }, { x: a })).toBe(equal);
      expect(matches({ x: { $in: [b, 'never'] } }, { x: a })).toBe(equal);
      expect(matches({ x: { $ne: b } }, { x: a })).toBe(!equal);
      const above = matches({ x: { $gt: b } }, { x: a });
      if (above) expect(parts(a).some((part) => compareValues(part, b) > 0)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('an operator nobody knows always throws', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z]{1,12}$/), values, (name, operand) => {
      const unknown = `$${name}X0`;
      expect(() => compileFilter({ [unknown]: operand })).toThrow(/unknown top level operator/);
      expect(() => compileFilter({ a: { [unknown]: operand } })).toThrow(/unknown operator/);
      expect(() => compileFilter({ a: { $elemMatch: { [unknown]: operand } } })).toThrow(/unknown/);
    }),
  );
});
