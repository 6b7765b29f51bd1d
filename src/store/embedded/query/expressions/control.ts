import { location } from '../command-error.js';
import { isTruthy } from '../truth.js';
import { getField, isDoc } from '../values.js';
import { bindVariables } from '../variables.js';
import type { Cell } from '../variables.js';
import { compileList, isNullish, readFields } from './operator.js';
import type { Expression, Operator, Operators } from './operator.js';

const cond: Operator = (operand, scope) => {
  let parts: Expression[];
  if (isDoc(operand)) {
    const fields = readFields(operand, scope, ['if', 'then', 'else']);
    parts = [fields.if, fields.then, fields.else].map((part) => scope.compile(part ?? null));
  } else parts = compileList(operand, scope, 3, 3);
  const [test, then, otherwise] = parts;
  return (doc) => (isTruthy(test?.(doc)) ? then?.(doc) : otherwise?.(doc));
};

const ifNull: Operator = (operand, scope) => {
  const parts = compileList(operand, scope, 2, Infinity);
  return (doc) => {
    let value;
    for (const part of parts) {
      value = part(doc);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

const switchCase: Operator = (operand, scope) => {
  const fields = readFields(operand, scope, ['branches'], ['default']);
  const list = Array.isArray(fields.branches) ? fields.branches : [];
  if (list.length === 0) throw location(40068, '$switch requires at least one branch.');
  const branches = list.map((branch) => {
    const parts = readFields(branch, scope, ['case', 'then']);
    return { test: scope.compile(parts.case ?? null), result: scope.compile(parts.then ?? null) };
  });
  const otherwise = fields.default === undefined ? undefined : scope.compile(fields.default);
  return (doc) => {
    for (const { test, result } of branches) if (isTruthy(test(doc))) return result(doc);
    if (otherwise) return otherwise(doc);
    throw location(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

const letIn: Operator = (operand, scope) => {
  const fields = readFields(operand, scope, ['vars', 'in']);
  const vars = isDoc(fields.vars) ? fields.vars : {};
  const cells: Record<string, Cell> = {};
  const bindings = Object.keys(vars).map((name) => {
    checkVariableName(name);
    const cell: Cell = { value: undefined };
    cells[name] = cell;
    return { cell, value: scope.compile(getField(vars, name) ?? null) };
  });
  const body = scope.compile(fields.in ?? null, bindVariables(scope.variables, cells));
  return (doc) => {
    const values = bindings.map(({ value }) => value(doc));
    bindings.forEach(({ cell }, i) => {
      cell.value = values[i];
    });
    return body(doc);
  };
};

/** Refuses a variable whose name MongoDB would refuse. */
export function checkVariableName(name: string): void {
  if (!/^[a-z\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*$/u.test(name)) {
    throw location(16867, `'${name}' starts with an invalid character for a user variable name`);
  }
}

/** Choice and binding. */
export const controlOperators: Operators = {
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchCase,
  $let: letIn,
  $literal: (operand) => () => operand,
};
