import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  changedFields,
  pickFields,
  readFields,
} from '../../../../src/store/embedded/query/bson-fields.js';
import { isSame } from '../../../../src/store/embedded/query/same.js';
import { decode, encode, getField } from '../../../../src/store/embedded/query/values.js';
import { docOf, values } from './arbitraries.js';

const names = fc.constantFrom<string>(
  '_id',
  'a',
  'b',
  'é',
  '',
  '__proto__',
  'a longer name of a field',
);
const docs = fc
  .uniqueArray(fc.tuple(names, values), { maxLength: 6, selector: ([name]) => name })
  .map(docOf);

test('reads the fields asked for as the whole document has them, and no others', () => {
  fc.assert(
    fc.property(docs, fc.uniqueArray(names), (doc, asked) => {
      const whole = decode(encode(doc));
      const wanted = Object.keys(whole).filter((name) => asked.includes(name));
      const expected = docOf(wanted.map((name) => [name, getField(whole, name) ?? null]));
      const part = readFields(encode(doc), new Set(asked));
      expect(Object.keys(part)).toEqual(wanted);
      expect(isSame(part, expected)).toBe(true);
      expect(Buffer.from(pickFields(encode(doc), new Set(asked)))).toEqual(
        Buffer.from(encode(expected)),
      );
    }),
    { numRuns: 200 },
  );
});

test('names the fields that differ between two documents', () => {
  fc.assert(
    fc.property(docs, docs, (a, b) => {
      const all = new Set([...Object.keys(a), ...Object.keys(b)]);
      const differing = [...all].filter((name) => !isSame(getField(a, name), getField(b, name)));
      const changed = changedFields(encode(a), encode(b));
      for (const name of differing) expect(changed).toContain(name);
      expect(changedFields(encode(a), encode(a)).size).toBe(0);
      for (const name of changed) expect(all).toContain(name);
    }),
    { numRuns: 200 },
  );
});

test('refuses bytes that are no document', () => {
  const bytes = Buffer.from(encode({ a: 'text', b: { c: [1, 2] }, d: 5 }));
  for (let at = 0; at < bytes.length; at += 1) {
    expect(() => readFields(bytes.subarray(0, at), new Set(['a']))).toThrow();
  }
  bytes.writeInt32LE(-1, 7);
  expect(() => readFields(bytes, new Set(['d']))).toThrow('corrupt');
});
