import { location } from '../command-error.js';
import { encodeComponent } from '../key-encoding.js';
import { isTruthy } from '../truth.js';
import { typeName } from '../values.js';
import type { Value } from '../values.js';
import { binary, isNullish, listed, unary } from './operator.js';
import type { Operators, Scope } from './operator.js';

/** A text that equal values share, for finding them by hash. */
export function hashOf(value: Value | undefined): string {
  const bytes = encodeComponent(value);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

function toSet(value: Value | undefined, scope: Scope): Map<string, Value> {
  if (!Array.isArray(value)) {
    throw location(
      17043,
      `All operands of ${scope.name} must be arrays. One is of type ${typeName(value)}`,
    );
  }
  return new Map(value.map((element) => [hashOf(element), element]));
}

function union(values: readonly (Value | undefined)[], scope: Scope): Value {
  if (values.some(isNullish)) return null;
  return [...new Map(values.flatMap((value) => [...toSet(value, scope)])).values()];
}

function intersection(values: readonly (Value | undefined)[], scope: Scope): Value {
  if (values.some(isNullish)) return null;
  const [first, ...rest] = values.map((value) => toSet(value, scope));
  const kept = [...(first ?? [])].filter(([hash]) => rest.every((set) => set.has(hash)));
  return kept.map(([, value]) => value);
}

function difference(a: Value | undefined, b: Value | undefined, scope: Scope): Value {
  if (isNullish(a) || isNullish(b)) return null;
  const away = toSet(b, scope);
  return [...toSet(a, scope)].filter(([hash]) => !away.has(hash)).map(([, value]) => value);
}

function isSubset(a: Map<string, Value>, b: Map<string, Value>): boolean {
  return [...a.keys()].every((hash) => b.has(hash));
}

function equals(values: readonly (Value | undefined)[], scope: Scope): Value {
  const [first, ...rest] = values.map((value) => toSet(value, scope));
  return rest.every(
    (set) => first !== undefined && set.size === first.size && isSubset(first, set),
  );
}

/** Sets: arrays without regard to order and repetition. */
export const setOperators: Operators = {
  $setUnion: listed(0, Infinity, union),
  $setIntersection: listed(0, Infinity, intersection),
  $setDifference: binary(difference),
  $setEquals: listed(2, Infinity, equals),
  $setIsSubset: binary((a, b, scope) => isSubset(toSet(a, scope), toSet(b, scope))),
  $anyElementTrue: unary((value, scope) => [...toSet(value, scope).values()].some(isTruthy)),
  $allElementsTrue: unary((value, scope) => [...toSet(value, scope).values()].every(isTruthy)),
};
