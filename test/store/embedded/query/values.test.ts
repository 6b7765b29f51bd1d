import { describe, expect, test } from '@jest/globals';
import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  deserialize,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import * as fc from 'fast-check';
import { isSame } from '../../../../src/store/embedded/query/same.js';
import {
  decode,
  encode,
  getField,
  setField,
  typeName,
  withoutField,
} from '../../../../src/store/embedded/query/values.js';
import type { Doc, Value } from '../../../../src/store/embedded/query/values.js';
import { docOf, values } from './arbitraries.js';

const names = fc.oneof(
  fc.constantFrom('a', 'é', '__proto__', 'constructor', '', 'x'.repeat(50)),
  fc.string({ unit: 'binary' }).map((name) => name.replaceAll('\0', '')),
);
const docs = fc.array(fc.tuple(names, values), { maxLength: 6 }).map(docOf);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('documents as bytes', () => {
  test('are those the bson library writes', () => {
    fc.assert(
      fc.property(docs, (doc) => {
        expect(hex(encode(doc))).toBe(hex(serialize(doc)));
      }),
      { numRuns: 2000 },
    );
  });

  test('come back with every type', () => {
    fc.assert(
      fc.property(docs, (doc) => {
        const back = decode(encode(doc));
        expect(isSame(back, doc)).toBe(true);
        expect(Object.keys(back)).toEqual(Object.keys(doc));
      }),
      { numRuns: 2000 },
    );
  });

  test('are read from within a larger buffer without sharing its memory', () => {
    const bytes = encode({ b: new Binary(new Uint8Array([1, 2])), i: new ObjectId() });
    const larger = new Uint8Array(bytes.length + 10);
    larger.set(bytes, 5);
    const doc = decode(larger.subarray(5, 5 + bytes.length));
    larger.fill(0);
    expect(hex(encode(doc))).toBe(hex(bytes));
  });

  test('may be damaged without harm: either a document comes out or a BSONError', () => {
    let refused = 0;
    fc.assert(
      fc.property(docs, fc.nat(), fc.nat(255), (doc, place, byte) => {
        const bytes = encode(doc);
        bytes[place % bytes.length] = byte;
        try {
          expect(typeof decode(bytes)).toBe('object');
        } catch (error) {
          refused += 1;
          expect(error).toHaveProperty('name', 'BSONError');
        }
      }),
      { numRuns: 5000 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['too little', new Uint8Array([5, 0, 0, 0])],
    ['too much', new Uint8Array([5, 0, 0, 0, 0, 0])],
    [
      'a string longer than the document',
      new Uint8Array([14, 0, 0, 0, 2, 97, 0, 99, 0, 0, 0, 98, 0, 0]),
    ],
  ])('are refused: %s', (_what, bytes) => {
    expect(() => decode(bytes)).toThrow(expect.objectContaining({ name: 'BSONError' }));
  });

  test('cannot be made of what BSON lacks', () => {
    let deep: Doc = {};
    for (let i = 0; i < 300; i++) deep = { deep };
    for (const doc of [{ 'a\0b': 1 }, { a: new Date(NaN) }, deep]) {
      expect(() => encode(doc)).toThrow(expect.objectContaining({ name: 'BSONError' }));
    }
    expect(() => deserialize(encode({ a: 1 }))).not.toThrow();
  });

  test('leave a field out that is undefined', () => {
    const doc: Doc = { a: 1 };
    Object.assign(doc, { b: undefined });
    expect(decode(encode(doc))).toEqual({ a: 1 });
  });
});

test.each<[Value | undefined, string]>([
  [undefined, 'missing'],
  [null, 'null'],
  [1, 'int'],
  [new Int32(1), 'int'],
  [1.5, 'double'],
  [-0, 'double'],
  [2 ** 31, 'double'],
  [NaN, 'double'],
  [new Double(1), 'double'],
  [1n, 'long'],
  [Long.fromNumber(1), 'long'],
  [Decimal128.fromString('1'), 'decimal'],
  ['x', 'string'],
  [true, 'bool'],
  [new Date(), 'date'],
  [new ObjectId(), 'objectId'],
  [new Timestamp({ t: 1, i: 1 }), 'timestamp'],
  [new Binary(new Uint8Array()), 'binData'],
  [new BSONRegExp('x'), 'regex'],
  [new BSONSymbol('x'), 'symbol'],
  [new Code('x'), 'javascript'],
  [new Code('x', {}), 'javascriptWithScope'],
  [new MinKey(), 'minKey'],
  [new MaxKey(), 'maxKey'],
  [[], 'array'],
  [{}, 'object'],
])('the type of %p is %s', (value, name) => {
  expect(typeName(value)).toBe(name);
});

test('fields are never those that every object inherits', () => {
  const doc: Doc = {};
  for (const name of ['__proto__', 'constructor', 'toString']) {
    expect(getField(doc, name)).toBeUndefined();
    setField(doc, name, 5);
    expect(getField(doc, name)).toBe(5);
  }
  expect(Object.keys(doc)).toEqual(['__proto__', 'constructor', 'toString']);
  expect(getField({}, 'constructor')).toBeUndefined();
  expect(Object.keys(withoutField(doc, 'constructor'))).toEqual(['__proto__', 'toString']);
});
