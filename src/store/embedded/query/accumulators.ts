import { divide } from './arithmetic.js';
import { location } from './command-error.js';
import { compareValues } from './compare.js';
import { addFreely } from './expressions/arithmetic.js';
import { merge } from './expressions/objects.js';
import { isNullish } from './expressions/operator.js';
import { hashOf } from './expressions/sets.js';
import { compileExpression } from './expressions.js';
import type { Expression } from './expressions.js';
import { isNumeric } from './numbers.js';
import type { Numeric } from './numbers.js';
import { isDoc } from './values.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

/** What grows while the documents of one group go by. */
export type Accumulator = { add(value: Value | undefined): void; result(): Value };

/** A compiled field of `$group`: what to compute per document, and where it is gathered. */
export type GroupField = { create: () => Accumulator; expression: Expression };

const CREATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum: createSum,
  $avg: createAverage,
  $min: () => createExtreme(-1),
  $max: () => createExtreme(1),
  $first: createFirst,
  $last: createLast,
  $push: createList,
  $addToSet: createSet,
  $mergeObjects: createMerged,
};

/** Compiles one field of `$group`. Throws a CommandError for an unknown accumulator (15952). */
export function compileAccumulator(name: string, spec: Value, variables: Variables): GroupField {
  if (name.includes('.')) throw location(40235, `The field name '${name}' cannot contain '.'`);
  const [operator, ...others] = isDoc(spec) ? Object.keys(spec) : [];
  if (!isDoc(spec) || operator === undefined) {
    throw location(40234, `The field '${name}' must be an accumulator object`);
  }
  if (others.length > 0) throw location(40238, `The field '${name}' must specify one accumulator`);
  if (operator === '$count') return { create: createSum, expression: () => 1 };
  const create = Object.hasOwn(CREATORS, operator) ? CREATORS[operator] : undefined;
  if (!create) throw location(15952, `unknown group operator '${operator}'`);
  return { create, expression: compileExpression(spec[operator] ?? null, variables) };
}

function createSum(): Accumulator {
  let total: Numeric = 0;
  return {
    add(value) {
      if (isNumeric(value)) total = addFreely(total, value);
    },
    result: () => total,
  };
}

function createAverage(): Accumulator {
  let total: Numeric = 0;
  let count = 0;
  return {
    add(value) {
      if (!isNumeric(value)) return;
      total = addFreely(total, value);
      count += 1;
    },
    result: () => (count === 0 ? null : divide(total, count)),
  };
}

function createExtreme(sign: 1 | -1): Accumulator {
  let best: Value | undefined;
  return {
    add(value) {
      if (isNullish(value)) return;
      if (best === undefined || compareValues(value, best) === sign) best = value;
    },
    result: () => best ?? null,
  };
}

function createFirst(): Accumulator {
  let first: { value: Value } | undefined;
  return {
    add(value) {
      first ??= { value: value ?? null };
    },
    result: () => first?.value ?? null,
  };
}

function createLast(): Accumulator {
  let last: Value = null;
  return {
    add(value) {
      last = value ?? null;
    },
    result: () => last,
  };
}

function createList(): Accumulator {
  const list: Value[] = [];
  return {
    add(value) {
      if (value !== undefined) list.push(value);
    },
    result: () => list,
  };
}

function createSet(): Accumulator {
  const set = new Map<string, Value>();
  return {
    add(value) {
      if (value === undefined) return;
      const hash = hashOf(value);
      if (!set.has(hash)) set.set(hash, value);
    },
    result: () => [...set.values()],
  };
}

function createMerged(): Accumulator {
  let merged: Doc = {};
  return {
    add(value) {
      merged = merge([merged, value], { name: '$mergeObjects' });
    },
    result: () => merged,
  };
}
