import { badValue } from './command-error.js';
import { conditionAt, every } from './conditions.js';
import { compileExpression } from './expressions.js';
import { compileCondition } from './field-conditions.js';
import { isTruthy } from './truth.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';
import { createVariables } from './variables.js';
import type { Variables } from './variables.js';

/** Tells whether a document matches. */
export type Filter = (doc: Doc) => boolean;

/** Compiles a query once for many documents. Throws a CommandError on any unknown operator. */
export function compileFilter(query: Doc, variables?: Variables): Filter {
  const scope = variables ?? createVariables(new Date());
  const clauses: Filter[] = [];
  for (const name of Object.keys(query)) {
    const operand = getField(query, name);
    if (operand === undefined) continue;
    if (name === '$comment') continue;
    clauses.push(
      name.startsWith('$')
        ? compileLogical(name, operand, scope)
        : conditionAt(name, compileCondition(operand, scope)),
    );
  }
  return every(clauses);
}

function compileLogical(name: string, operand: Value, variables: Variables): Filter {
  switch (name) {
    case '$and':
      return every(compileBranches(name, operand, variables));
    case '$or':
      return some(compileBranches(name, operand, variables));
    case '$nor': {
      const any = some(compileBranches(name, operand, variables));
      return (doc) => !any(doc);
    }
    case '$expr': {
      const expression = compileExpression(operand, variables);
      return (doc) => isTruthy(expression(doc));
    }
    case '$where':
    case '$text':
    case '$jsonSchema':
      throw badValue(`${name} is not supported by the embedded store`);
    default:
      throw badValue(`unknown top level operator: ${name}`);
  }
}

function compileBranches(name: string, operand: Value, variables: Variables): Filter[] {
  if (!Array.isArray(operand)) throw badValue(`${name} must be an array`);
  if (operand.length === 0) throw badValue(`${name} argument must be a non-empty array`);
  return operand.map((branch) => {
    if (!isDoc(branch)) throw badValue(`${name} argument's entries must be objects`);
    return compileFilter(branch, variables);
  });
}

function some(branches: readonly Filter[]): Filter {
  return (doc) => {
    for (let i = 0; i < branches.length; i++) if (branches[i]?.(doc)) return true;
    return false;
  };
}
