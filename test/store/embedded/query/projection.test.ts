import { describe, expect, test } from '@jest/globals';
import { compileProjection } from '../../../../src/store/embedded/query/projection.js';
import type { Doc } from '../../../../src/store/embedded/query/values.js';

const doc: Doc = {
  _id: 1,
  a: 5,
  b: { c: 1, d: 2 },
  list: [{ k: 1, v: 'x' }, { k: 2, v: 'y' }, 7, [{ k: 3, v: 'z' }]],
  n: [1, 2, 3, 4],
};

describe('a projection', () => {
  test.each<[Doc | undefined, Doc]>([
    [undefined, doc],
    [{}, doc],
    [{ a: 1 }, { _id: 1, a: 5 }],
    [{ a: 1, _id: 0 }, { a: 5 }],
    [
      { a: true, b: 1.5 },
      { _id: 1, a: 5, b: { c: 1, d: 2 } },
    ],
    [{ _id: 1 }, { _id: 1 }],
    [
      { n: 0, list: 0 },
      { _id: 1, a: 5, b: { c: 1, d: 2 } },
    ],
    [{ _id: 0, b: 0, list: 0, n: false }, { a: 5 }],
    [{ 'b.c': 1 }, { _id: 1, b: { c: 1 } }],
    [{ b: { c: 1 } }, { _id: 1, b: { c: 1 } }],
    [
      { 'b.c': 0, list: 0, n: 0 },
      { _id: 1, a: 5, b: { d: 2 } },
    ],
    [{ 'a.x': 1 }, { _id: 1 }],
    [{ 'list.k': 1 }, { _id: 1, list: [{ k: 1 }, { k: 2 }, [{ k: 3 }]] }],
    [
      { 'list.k': 0, a: 0, b: 0, n: 0 },
      { _id: 1, list: [{ v: 'x' }, { v: 'y' }, 7, [{ v: 'z' }]] },
    ],
    [{ missing: 1 }, { _id: 1 }],
    [
      { n: { $slice: 2 }, list: 0, b: 0 },
      { _id: 1, a: 5, n: [1, 2] },
    ],
    [
      { n: { $slice: -1 }, a: 1 },
      { _id: 1, a: 5, n: [4] },
    ],
    [
      { n: { $slice: [1, 2] }, _id: 1 },
      { _id: 1, n: [2, 3] },
    ],
    [
      { n: { $slice: [-2, 1] }, a: 1 },
      { _id: 1, a: 5, n: [3] },
    ],
    [{ list: { $elemMatch: { k: 2 } } }, { _id: 1, list: [{ k: 2, v: 'y' }] }],
    [{ list: { $elemMatch: { k: 9 } }, _id: 0 }, {}],
    [
      { n: { $elemMatch: { $gt: 2 } }, a: 1 },
      { _id: 1, a: 5, n: [3] },
    ],
    [{ x: { $add: ['$a', 1] } }, { _id: 1, x: 6 }],
    [
      { a: 1, 'y.z': '$b.c' },
      { _id: 1, a: 5, y: { z: 1 } },
    ],
    [{ a: '$b.c', _id: 0 }, { a: 1 }],
    [{ x: { $slice: ['$n', 1, 2] } }, { _id: 1, x: [2, 3] }],
    [{ x: { $literal: 1 } }, { _id: 1, x: 1 }],
  ])('%j', (spec, expected) => {
    const result = compileProjection(spec)(doc);
    expect(result).toEqual(expected);
    expect(Object.keys(result)).toEqual(Object.keys(expected));
  });

  test('keeps the element a query matched for the positional $', () => {
    expect(compileProjection({ 'n.$': 1 }, { n: { $gt: 2 } })(doc)).toEqual({ _id: 1, n: [3] });
    expect(compileProjection({ 'list.$': 1, a: 1 }, { 'list.k': 2 })(doc)).toEqual({
      _id: 1,
      a: 5,
      list: [{ k: 2, v: 'y' }],
    });
    expect(() => compileProjection({ 'n.$': 1 }, { a: 5 })(doc)).toThrow(
      expect.objectContaining({ code: 51246 }),
    );
  });

  test.each<[number, Doc]>([
    [31254, { a: 1, b: 0 }],
    [31253, { a: 0, b: 1 }],
    [31253, { a: 0, x: { $add: [1, 2] } }],
    [31250, { 'a.b': 1, a: 1 }],
    [31249, { a: 1, 'a.b': 1 }],
    [51270, { a: {} }],
    [168, { a: { $foo: 1 } }],
    [2, { a: { $meta: 'textScore' } }],
    [2, { 'a.$': 0 }],
    [31275, { 'a.b': { $elemMatch: { c: 1 } } }],
    [2, { a: { $elemMatch: 5 } }],
    [2, { a: { $elemMatch: { b: { $foo: 1 } } } }],
    [28729, { n: { $slice: [1, 0] } }],
    [16410, { 'a.$b': 1 }],
  ])('is refused with code %d: %j', (code, spec) => {
    expect(() => compileProjection(spec)(doc)).toThrow(expect.objectContaining({ code }));
  });

  test('leaves the document as it was', () => {
    const before = structuredClone(doc);
    for (const spec of [{ n: { $slice: 1 } }, { 'b.c': 0 }, { 'list.k': 1 }, { 'b.c': '$a' }]) {
      compileProjection(spec)(doc);
    }
    expect(doc).toEqual(before);
  });
});
