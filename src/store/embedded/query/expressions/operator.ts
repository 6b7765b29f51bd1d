import { failedToParse, location } from '../command-error.js';
import { getField, isDoc, typeName } from '../values.js';
import type { Doc, Value } from '../values.js';
import type { Variables } from '../variables.js';

/** A compiled aggregation expression; undefined is "missing". */
export type Expression = (doc: Doc) => Value | undefined;

/** What an operator needs to compile its operands. */
export type Scope = {
  name: string;
  variables: Variables;
  compile(expression: Value, variables?: Variables): Expression;
};

/** Compiles the operand of one operator. Throws a CommandError when it is not as documented. */
export type Operator = (operand: Value, scope: Scope) => Expression;

export type Operators = Readonly<Record<string, Operator>>;

/** Makes an operator that takes a list of operands, all of which are computed first. */
export function listed(
  least: number,
  most: number,
  apply: (values: (Value | undefined)[], scope: Scope) => Value | undefined,
): Operator {
  return (operand, scope) => {
    const operands = compileList(operand, scope, least, most);
    return (doc) =>
      apply(
        operands.map((each) => each(doc)),
        scope,
      );
  };
}

/** Makes an operator of one operand. */
export function unary(
  apply: (value: Value | undefined, scope: Scope) => Value | undefined,
): Operator {
  return (operand, scope) => {
    const [inner] = compileList(operand, scope, 1, 1);
    return (doc) => apply(inner?.(doc), scope);
  };
}

/** Makes an operator of two operands. */
export function binary(
  apply: (a: Value | undefined, b: Value | undefined, scope: Scope) => Value | undefined,
): Operator {
  return (operand, scope) => {
    const [a, b] = compileList(operand, scope, 2, 2);
    return (doc) => apply(a?.(doc), b?.(doc), scope);
  };
}

/** Compiles a list of operands; a single one may stand without its brackets. */
export function compileList(
  operand: Value,
  scope: Scope,
  least: number,
  most: number,
): Expression[] {
  const list = Array.isArray(operand) ? operand : [operand];
  if (list.length < least || list.length > most) {
    const wanted = least === most ? `exactly ${least}` : `between ${least} and ${most}`;
    throw location(
      16020,
      `Expression ${scope.name} takes ${wanted} arguments. ${list.length} were passed in.`,
    );
  }
  return list.map((part) => scope.compile(part));
}

/** Reads an operand that is an object with known fields, not yet compiled. */
export function readFields<Name extends string>(
  operand: Value,
  scope: Scope,
  required: readonly Name[],
  optional: readonly Name[] = [],
): Partial<Record<Name, Value>> {
  if (!isDoc(operand)) {
    throw failedToParse(`${scope.name} only supports an object as its argument`);
  }
  const known: readonly string[] = [...required, ...optional];
  const stray = Object.keys(operand).find((name) => !known.includes(name));
  if (stray !== undefined) throw failedToParse(`Unrecognized argument to ${scope.name}: ${stray}`);
  const fields: Partial<Record<Name, Value>> = {};
  for (const name of [...required, ...optional]) {
    const value = getField(operand, name);
    if (value !== undefined) fields[name] = value;
    else if (required.includes(name)) {
      throw failedToParse(`Missing '${name}' parameter to ${scope.name}`);
    }
  }
  return fields;
}

/** Makes an operator that takes an object with known fields, all of which are computed first. */
export function fielded<Name extends string>(
  required: readonly Name[],
  optional: readonly Name[],
  apply: (values: Partial<Record<Name, Value>>, scope: Scope) => Value | undefined,
): Operator {
  return (operand, scope) => {
    const fields = readFields(operand, scope, required, optional);
    const names = [...required, ...optional].filter((name) => fields[name] !== undefined);
    const compiled = names.map((name) => scope.compile(fields[name] ?? null));
    return (doc) => {
      const values: Partial<Record<Name, Value>> = {};
      names.forEach((name, i) => {
        const value = compiled[i]?.(doc);
        if (value !== undefined) values[name] = value;
      });
      return apply(values, scope);
    };
  };
}

/** Whether a value is null or missing, which most operators pass on as null. */
export function isNullish(value: Value | undefined): value is null | undefined {
  return value === undefined || value === null;
}

/** Makes the error for an operand of a type an operator does not take. */
export function wrongType(
  scope: Scope,
  wanted: string,
  value: Value | undefined,
  code = 14,
): Error {
  return location(code, `${scope.name} only supports ${wanted}, not ${typeName(value)}`);
}
