import { BSONRegExp, ObjectId } from 'bson';
import { CommandError } from './command-error.js';
import { isOperators } from './operands.js';

import { getField, isDoc, setField, withoutField } from './values.js';
import type { Doc, Value } from './values.js';

/** The document an upsert starts from: every field the query asks to equal a value. */
export function equalities(query: Doc): Doc {
  const doc: Doc = {};
  const taken: string[] = [];
  for (const [path, value] of equalFields(query)) {
    const clash = taken.find((other) => overlaps(path, other));
    if (clash !== undefined) {
      throw new CommandError(
        54,
        'NotSingleValueField',
        `cannot infer query fields to set, path '${path}' is matched twice`,
      );
    }
    taken.push(path);
    setPath(doc, path.split('.'), value);
  }
  return doc;
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

function equalFields(query: Doc): [path: string, value: Value][] {
  return Object.keys(query).flatMap((name): [string, Value][] => {
    const operand = getField(query, name);
    if (operand === undefined) return [];
    if (name === '$and' || name === '$or') {
      const branches = Array.isArray(operand) ? operand.filter(isDoc) : [];
      return name === '$and' || branches.length === 1 ? branches.flatMap(equalFields) : [];
    }
    if (name.startsWith('$') || operand instanceof BSONRegExp) return [];
    if (!isOperators(operand)) return [[name, operand]];
    const equal = getField(operand, '$eq');
    if (equal !== undefined) return [[name, equal]];
    const all = getField(operand, '$all');
    const [only] = Array.isArray(all) && all.length === 1 ? all : [];
    return only === undefined || isOperators(only) ? [] : [[name, only]];
  });
}

function setPath(doc: Doc, names: readonly string[], value: Value): void {
  const [name, ...rest] = names;
  if (name === undefined) return;
  if (rest.length === 0) {
    setField(doc, name, value);
    return;
  }
  const existing = getField(doc, name);
  const inner = isDoc(existing) ? existing : {};
  setField(doc, name, inner);
  setPath(inner, rest, value);
}

/** Puts `_id` first, making an ObjectId when there is none. */
export function withId(doc: Doc): Doc {
  const id = getField(doc, '_id');
  if (Array.isArray(id) || id instanceof BSONRegExp) {
    const kind = Array.isArray(id) ? 'an array' : 'a regex';
    throw new CommandError(53, 'InvalidIdField', `The '_id' value cannot be of type ${kind}`);
  }
  return { _id: id ?? (id === null ? null : new ObjectId()), ...withoutField(doc, '_id') };
}
