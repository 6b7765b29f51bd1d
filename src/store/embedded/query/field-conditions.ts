import { BSONRegExp } from 'bson';
import { bitTest } from './bit-tests.js';
import { badValue } from './command-error.js';
import { conditionOn } from './conditions.js';
import type { Condition } from './conditions.js';
import { compileFilter } from './filter.js';
import type { Test } from './match-path.js';
import { isIntegral, isNumeric, numberOf, truncate } from './numbers.js';
import { isLogical, isOperators } from './operands.js';
import { isTruthy } from './truth.js';
import { readTypeNames } from './type-names.js';
import { equalTo, matching, oneOf, ordered } from './value-tests.js';
import { getField, isDoc, setField, typeName } from './values.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

/** Compiles what a query asks of one field: a value to equal, a pattern, or operators. */
export function compileCondition(operand: Value, variables: Variables): Condition {
  if (operand instanceof BSONRegExp) return anyElement(matching(operand));
  if (!isOperators(operand)) return anyElement(equalTo(operand));
  return compileOperators(operand, variables);
}

function compileOperators(operators: Doc, variables: Variables): Condition {
  const of: Condition[] = [];
  for (const name of Object.keys(operators)) {
    const operand = getField(operators, name);
    if (operand === undefined || name === '$comment') continue;
    if (name === '$options') {
      if (operators['$regex'] === undefined) throw badValue('$options needs a $regex');
      continue;
    }
    of.push(
      name === '$regex'
        ? anyElement(matching(readRegex(operand, operators['$options'])))
        : compileOperator(name, operand, variables),
    );
  }
  const [only] = of;
  return of.length === 1 && only ? only : { type: 'all', of };
}

function anyElement(test: Test): Condition {
  return { type: 'test', test, expand: true };
}

function whole(test: Test): Condition {
  return { type: 'test', test, expand: false };
}

function not(condition: Condition): Condition {
  return { type: 'not', of: condition };
}

function compileOperator(name: string, operand: Value, variables: Variables): Condition {
  switch (name) {
    case '$eq':
      return anyElement(equalTo(operand));
    case '$ne':
      if (operand instanceof BSONRegExp) throw badValue("Can't have regex as arg to $ne.");
      return not(anyElement(equalTo(operand)));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (operand instanceof BSONRegExp) {
        throw badValue(`Can't have RegEx as arg to predicate over field with ${name}.`);
      }
      return anyElement(ordered(name, operand));
    case '$in':
      return anyElement(oneOf(readList(name, operand)));
    case '$nin':
      return not(anyElement(oneOf(readList(name, operand))));
    case '$exists': {
      const exists = whole((value) => value !== undefined);
      return isTruthy(operand) ? exists : not(exists);
    }
    case '$type': {
      const names = readTypeNames(operand);
      return anyElement((value) => value !== undefined && names.has(typeName(value)));
    }
    case '$not':
      return compileNot(operand, variables);
    case '$mod':
      return anyElement(modTest(operand));
    case '$all':
      return compileAll(operand, variables);
    case '$elemMatch':
      return compileElemMatch(operand, variables);
    case '$size': {
      const size = readSize(operand);
      return whole((value) => Array.isArray(value) && value.length === size);
    }
    case '$bitsAllSet':
    case '$bitsAnySet':
    case '$bitsAllClear':
    case '$bitsAnyClear':
      return anyElement(bitTest(name, operand));
    case '$near':
    case '$nearSphere':
    case '$geoWithin':
    case '$geoIntersects':
    case '$within':
      throw badValue(`${name} is not supported by the embedded store`);
    default:
      throw badValue(`unknown operator: ${name}`);
  }
}

/** Joins a pattern and its options, which may stand in either place. */
export function readRegex(pattern: Value, options: Value | undefined): BSONRegExp {
  if (options !== undefined && typeof options !== 'string') {
    throw badValue('$options has to be a string');
  }
  if (typeof pattern === 'string') return new BSONRegExp(pattern, options ?? '');
  if (!(pattern instanceof BSONRegExp)) throw badValue('$regex has to be a string');
  if (options !== undefined && options !== '' && pattern.options !== '') {
    throw badValue('options set in both $regex and $options');
  }
  return new BSONRegExp(pattern.pattern, pattern.options || (options ?? ''));
}

function readList(name: string, operand: Value): Value[] {
  if (!Array.isArray(operand)) throw badValue(`${name} needs an array`);
  for (const element of operand) {
    if (isOperators(element)) throw badValue(`cannot nest $ under ${name}`);
  }
  return operand;
}

function compileNot(operand: Value, variables: Variables): Condition {
  if (operand instanceof BSONRegExp) return not(anyElement(matching(operand)));
  if (!isDoc(operand)) throw badValue('$not needs a regex or a document');
  if (Object.keys(operand).length === 0) throw badValue('$not cannot be empty');
  return not(compileOperators(operand, variables));
}

function modTest(operand: Value): Test {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length < 2) throw badValue('malformed mod, not enough elements');
  if (operand.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, remainder] = operand.map((part) =>
    isNumeric(part) ? truncate(part) : undefined,
  );
  if (divisor === undefined) throw badValue('malformed mod, divisor not a number');
  if (remainder === undefined) throw badValue('malformed mod, remainder not a number');
  if (divisor === 0n) throw badValue('divisor cannot be 0');
  return (value) => {
    if (!isNumeric(value)) return false;
    const dividend = truncate(value);
    return dividend !== undefined && dividend % divisor === remainder;
  };
}

function compileAll(operand: Value, variables: Variables): Condition {
  if (!Array.isArray(operand)) throw badValue('$all needs an array');
  if (operand.length === 0) return whole(() => false);
  const elemMatches = operand.filter((part) => isDoc(part) && '$elemMatch' in part);
  if (elemMatches.length > 0 && elemMatches.length < operand.length) {
    throw badValue('no $ expressions in $all');
  }
  return {
    type: 'all',
    of: operand.map((part) => {
      if (isOperators(part) && elemMatches.length === 0) throw badValue('no $ expressions in $all');
      return compileCondition(part, variables);
    }),
  };
}

function compileElemMatch(operand: Value, variables: Variables): Condition {
  if (!isDoc(operand)) throw badValue('$elemMatch needs an Object');
  const element = compileElementTest(operand, variables);
  return whole((value) => {
    if (!Array.isArray(value)) return false;
    for (let i = 0; i < value.length; i++) if (element(value[i])) return true;
    return false;
  });
}

/** Compiles what `$elemMatch` asks of one element: operators on it, or a query if it is a document. */
export function compileElementTest(operand: Doc, variables: Variables): Test {
  if (isOperators(operand) && !isLogical(operand)) {
    return conditionOn(compileOperators(operand, variables));
  }
  const filter = compileFilter(operand, variables);
  return (value) => {
    if (isDoc(value)) return filter(value);
    return Array.isArray(value) && filter(positions(value));
  };
}

/** An array seen as a document whose fields are its positions. */
function positions(array: readonly Value[]): Doc {
  const doc: Doc = {};
  array.forEach((value, i) => setField(doc, String(i), value));
  return doc;
}

function readSize(operand: Value): number {
  const size = numberOf(operand);
  if (size === undefined || !isNumeric(operand) || !isIntegral(operand)) {
    throw badValue(`Failed to parse $size. Expected an integer in: $size: ${typeName(operand)}`);
  }
  if (size < 0) throw badValue('Failed to parse $size. Expected a non-negative number');
  return size;
}
