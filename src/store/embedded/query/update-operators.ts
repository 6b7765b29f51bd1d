import { addToSet, pop, pull, pullAll, push } from './array-operators.js';
import { badValue, CommandError, failedToParse } from './command-error.js';
import {
  changeBits,
  increment,
  multiplyBy,
  setTo,
  setToExtreme,
  setToNow,
} from './field-operators.js';
import type { Change } from './field-operators.js';
import type { Modifier } from './modifier.js';
import { arrayIndex } from './path.js';
import { rename } from './rename.js';
import { parseUpdatePath } from './update-path.js';
import type { ArrayFilters } from './update-path.js';
import { getField, isDoc, typeName } from './values.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

type Scope = { variables: Variables; arrayFilters: ArrayFilters };

/**
 * Compiles update operators into modifiers, in the order MongoDB applies them (by path).
 * Throws a CommandError for an unknown operator (9) and for paths in each other's way (40).
 */
export function compileOperators(update: Doc, scope: Scope): Modifier[] {
  const modifiers: Modifier[] = [];
  for (const operator of Object.keys(update)) {
    const operands = getField(update, operator);
    if (!operator.startsWith('$') || !OPERATORS.has(operator)) {
      throw failedToParse(
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isDoc(operands)) {
      throw failedToParse(
        `Modifiers operate on fields but we found type ${typeName(operands)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${typeName(operands)}}`,
      );
    }
    for (const path of Object.keys(operands)) {
      const operand = getField(operands, path);
      if (operand !== undefined) modifiers.push(...compileModifier(operator, path, operand, scope));
    }
  }
  modifiers.sort((a, b) => comparePaths(a.path, b.path));
  refuseConflicts(modifiers.map(({ path }) => path));
  return modifiers;
}

const OPERATORS: ReadonlySet<string> = new Set([
  '$set',
  '$setOnInsert',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$currentDate',
  '$bit',
  '$push',
  '$addToSet',
  '$pop',
  '$pull',
  '$pullAll',
]);

function compileModifier(operator: string, path: string, operand: Value, scope: Scope): Modifier[] {
  const segments = parseUpdatePath(path, scope.arrayFilters);
  if (operator === '$rename') {
    if (typeof operand !== 'string') {
      throw badValue(`The 'to' field for $rename must be a string: ${path}: ${typeName(operand)}`);
    }
    const target = parseUpdatePath(operand, scope.arrayFilters);
    return rename({ path, segments }, { path: operand, segments: target });
  }
  const change = compileChange(operator, path, operand, scope.variables);
  const creates = !REMOVING.has(operator);
  const modifier: Modifier = { path, segments, creates, change };
  return [operator === '$setOnInsert' ? { ...modifier, onInsert: true } : modifier];
}

const REMOVING: ReadonlySet<string> = new Set(['$unset', '$pop', '$pull', '$pullAll']);

function compileChange(
  operator: string,
  path: string,
  operand: Value,
  variables: Variables,
): Change {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return setTo(operand);
    case '$unset':
      return () => undefined;
    case '$inc':
      return increment(path, operand);
    case '$mul':
      return multiplyBy(path, operand);
    case '$min':
      return setToExtreme(operand, -1);
    case '$max':
      return setToExtreme(operand, 1);
    case '$currentDate':
      return setToNow(operand, variables.now);
    case '$bit':
      return changeBits(path, operand);
    case '$push':
      return push(path, operand);
    case '$addToSet':
      return addToSet(path, operand);
    case '$pop':
      return pop(path, operand);
    case '$pull':
      return pull(operand, variables);
    case '$pullAll':
      return pullAll(operand);
    default:
      throw badValue(`Unknown modifier: ${operator}`);
  }
}

/** Compares part by part, numbers as numbers, so that new fields appear in MongoDB's order. */
function comparePaths(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const x = left[i] ?? '';
    const y = right[i] ?? '';
    if (x === y) continue;
    const [m, n] = [arrayIndex(x), arrayIndex(y)];
    if (m !== undefined && n !== undefined) return m - n;
    return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

function refuseConflicts(paths: readonly string[]): void {
  const taken = new Set<string>();
  const parents = new Set<string>();
  for (const path of paths) {
    const names = path.split('.');
    const above = names.slice(1).map((_, i) => names.slice(0, i + 1).join('.'));
    const at =
      [...above, path].find((prefix) => taken.has(prefix)) ??
      (parents.has(path) ? path : undefined);
    if (at !== undefined) {
      throw new CommandError(
        40,
        'ConflictingUpdateOperators',
        `Updating the path '${path}' would create a conflict at '${at}'`,
      );
    }
    taken.add(path);
    for (const prefix of above) parents.add(prefix);
  }
}
