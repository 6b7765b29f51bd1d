import { matchPath } from './match-path.js';
import type { Test } from './match-path.js';
import type { Doc, Value } from './values.js';

/** What is asked of the value of one field. */
export type Condition =
  | {
      type: 'test';
      test: Test;
      /** Whether an array passes by one of its elements. */ expand: boolean;
    }
  | { type: 'all'; of: Condition[] }
  | { type: 'not'; of: Condition };

/** Applies a condition to the field at a path. */
export function conditionAt(path: string, condition: Condition): (doc: Doc) => boolean {
  switch (condition.type) {
    case 'test':
      return matchPath(path, condition.test, condition.expand);
    case 'not': {
      const inner = conditionAt(path, condition.of);
      return (doc) => !inner(doc);
    }
    case 'all':
      return every(condition.of.map((part) => conditionAt(path, part)));
    default:
      return condition satisfies never;
  }
}

/** Applies a condition to a single value as it is: no element of an array passes for the array. */
export function conditionOn(condition: Condition): Test {
  switch (condition.type) {
    case 'test':
      return condition.test;
    case 'not': {
      const inner = conditionOn(condition.of);
      return (value) => !inner(value);
    }
    case 'all':
      return every(condition.of.map(conditionOn));
    default:
      return condition satisfies never;
  }
}

/** Joins tests: all must pass. */
export function every<T extends Doc | Value | undefined>(
  tests: readonly ((value: T) => boolean)[],
): (value: T) => boolean {
  const [first, second] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (tests.length === 2) return (value) => first(value) && second(value);
  return (value) => {
    for (let i = 0; i < tests.length; i++) if (!tests[i]?.(value)) return false;
    return true;
  };
}
