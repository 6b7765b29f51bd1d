import { CommandError, location } from './command-error.js';
import { arithmeticOperators } from './expressions/arithmetic.js';
import { arrayOperators } from './expressions/arrays.js';
import { comparisonOperators } from './expressions/comparison.js';
import { controlOperators } from './expressions/control.js';
import { conversionOperators } from './expressions/conversions.js';
import { dateOperators } from './expressions/dates.js';
import { compileFieldPath } from './expressions/field-path.js';
import { objectOperators } from './expressions/objects.js';
import type { Expression, Operator } from './expressions/operator.js';
import { setOperators } from './expressions/sets.js';
import { stringOperators } from './expressions/strings.js';
import { totalOperators } from './expressions/totals.js';
import { getField, isDoc, setField } from './values.js';
import type { Doc, Value } from './values.js';
import { createVariables } from './variables.js';
import type { Variables } from './variables.js';

export type { Expression } from './expressions/operator.js';

const operators: ReadonlyMap<string, Operator> = new Map(
  [
    arithmeticOperators,
    arrayOperators,
    comparisonOperators,
    controlOperators,
    conversionOperators,
    dateOperators,
    objectOperators,
    setOperators,
    stringOperators,
    totalOperators,
  ].flatMap((group) => Object.entries(group)),
);

/** Compiles an aggregation expression. Throws a CommandError on any unknown operator or variable. */
export function compileExpression(expression: Value, variables?: Variables): Expression {
  const scope = variables ?? createVariables(new Date());
  if (typeof expression === 'string' && expression.startsWith('$')) {
    return compileFieldPath(expression, scope);
  }
  if (Array.isArray(expression)) {
    const parts = expression.map((part) => compileExpression(part, scope));
    return (doc) => parts.map((part) => part(doc) ?? null);
  }
  if (!isDoc(expression)) return () => expression;
  const names = Object.keys(expression);
  const [first] = names;
  if (first?.startsWith('$')) {
    if (names.length > 1) {
      throw location(
        15983,
        `An object representing an expression must have exactly one field: ${names.join(', ')}`,
      );
    }
    return compileOperator(first, getField(expression, first) ?? null, scope);
  }
  return compileObject(expression, scope);
}

function compileOperator(name: string, operand: Value, variables: Variables): Expression {
  const operator = operators.get(name);
  if (!operator)
    throw new CommandError(168, 'InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  return operator(operand, {
    name,
    variables,
    compile: (inner, other) => compileExpression(inner, other ?? variables),
  });
}

function compileObject(expression: Doc, variables: Variables): Expression {
  const fields = Object.keys(expression).map((name) => {
    if (name.includes('.')) {
      throw location(16412, `FieldPath field names may not contain '.': '${name}'`);
    }
    return { name, value: compileExpression(getField(expression, name) ?? null, variables) };
  });
  return (doc) => {
    const made: Doc = {};
    for (const { name, value } of fields) {
      const computed = value(doc);
      if (computed !== undefined) setField(made, name, computed);
    }
    return made;
  };
}
