import { textOf } from '../bytes.js';
import type { Command } from '../dispatch.js';
import { need, readString, refuseCollation } from '../fields.js';
import { compareValues } from '../query/compare.js';
import { encodeKey } from '../query/keys.js';
import { getField, isDoc, type Value } from '../query/values.js';
import { done } from '../reply.js';
import { forEachFound } from './count.js';
import { readQuery } from './find.js';

/** `distinct`: the different values of a field, each element of an array for itself. */
export const distinct: Command = {
  fields: ['key', 'query', 'hint', 'collation'],
  transactional: true,
  async run(call) {
    refuseCollation(call.body);
    const path = need('key', readString(call.body, 'key')).split('.');
    const values: Value[] = [];
    const known = new Map<string, Value[]>();
    const needed = new Set(path.slice(0, 1));
    await forEachFound(call, readQuery(call, undefined, 'query'), (document) => {
      for (const value of valuesAt(document.read(needed), path)) {
        // Keys are cut when they are long, so values with the same key may still differ.
        const name = textOf(encodeKey([value], [1]));
        const alike = known.get(name) ?? [];
        if (alike.some((other) => compareValues(other, value) === 0)) continue;
        known.set(name, [...alike, value]);
        values.push(value);
      }
      return true;
    });
    return done({ values: values.sort(compareValues) });
  },
};

function valuesAt(at: Value | undefined, path: readonly string[]): Value[] {
  const [name, ...rest] = path;
  if (name === undefined) {
    if (at === undefined) return [];
    return Array.isArray(at) ? at : [at];
  }
  if (isDoc(at)) return valuesAt(getField(at, name), rest);
  if (!Array.isArray(at)) return [];
  const elements = at.filter(isDoc).flatMap((element) => valuesAt(element, path));
  return /^\d+$/.test(name) ? [...elements, ...valuesAt(at[Number(name)], rest)] : elements;
}
