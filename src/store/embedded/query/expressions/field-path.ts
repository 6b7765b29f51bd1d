import { location } from '../command-error.js';
import { getField, isDoc } from '../values.js';
import type { Value } from '../values.js';
import type { Variables } from '../variables.js';
import type { Expression } from './operator.js';

/** Compiles "$field.path", "$$variable.path" and the variables MongoDB sets. */
export function compileFieldPath(text: string, variables: Variables): Expression {
  if (!text.startsWith('$$')) {
    const names = splitPath(text.slice(1));
    return (doc) => valueAt(doc, names, 0);
  }
  const [variable = '', ...names] = text.slice(2).split('.');
  if (names.length > 0) splitPath(names.join('.'));
  const start = compileVariable(variable, variables);
  return names.length === 0 ? start : (doc) => valueAt(start(doc), names, 0);
}

function splitPath(path: string): string[] {
  const names = path.split('.');
  for (const name of names) {
    if (name === '') throw location(15998, 'FieldPath field names may not be empty strings.');
    if (name.startsWith('$')) {
      throw location(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField.`,
      );
    }
  }
  return names;
}

function compileVariable(name: string, variables: Variables): Expression {
  const cell = variables.cells.get(name);
  if (cell) return () => cell.value;
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return (doc) => doc;
    case 'NOW':
      return () => variables.now;
    case 'REMOVE':
      return () => undefined;
    default:
      throw location(17276, `Use of undefined variable: ${name}`);
  }
}

/** Reads a path; through an array it gives the values of those elements that are documents. */
function valueAt(
  value: Value | undefined,
  names: readonly string[],
  at: number,
): Value | undefined {
  let current = value;
  for (let i = at; i < names.length; i++) {
    if (Array.isArray(current)) {
      const found: Value[] = [];
      for (const element of current) {
        const inner = isDoc(element) ? valueAt(element, names, i) : undefined;
        if (inner !== undefined) found.push(inner);
      }
      return found;
    }
    if (!isDoc(current)) return undefined;
    current = getField(current, names[i] ?? '');
  }
  return current;
}
