import { compileFilter } from './filter.js';
import { isOperators } from './operands.js';
import { parsePath } from './path.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

/** Finds which element of the array at a path the query matched; undefined when none. */
export type Position = (doc: Doc, arrayPath: string) => number | undefined;

type Clause = { path: string; operand: Value };

/**
 * Compiles the finder behind the positional `$`. Every clause of the query on the array is asked of
 * one element at a time; the element that passes most of them counts. When the query names another
 * array only, the position in that one counts, as in MongoDB.
 */
export function compilePosition(query: Doc, variables: Variables): Position {
  return (doc, arrayPath) => {
    const clauses = clausesOf(query, doc, variables);
    const own = clauses.filter(
      ({ path }) => path === arrayPath || path.startsWith(`${arrayPath}.`),
    );
    const found = positionIn(doc, arrayPath, own, variables);
    if (found !== undefined) return found;
    for (const clause of clauses) {
      for (const path of prefixes(clause.path)) {
        const other = positionIn(doc, path, [clause], variables);
        if (other !== undefined) return other;
      }
    }
    return undefined;
  };
}

/** The clauses on fields that hold for a document: of `$or`, those of the branches that match. */
function clausesOf(query: Doc, doc: Doc, variables: Variables): Clause[] {
  return Object.keys(query).flatMap((name) => {
    const operand = getField(query, name);
    if (operand === undefined) return [];
    if (!name.startsWith('$')) return [{ path: name, operand }];
    if ((name !== '$and' && name !== '$or') || !Array.isArray(operand)) return [];
    return operand
      .filter(isDoc)
      .filter((branch) => name === '$and' || compileFilter(branch, variables)(doc))
      .flatMap((branch) => clausesOf(branch, doc, variables));
  });
}

function prefixes(path: string): string[] {
  const names = path.split('.');
  return names.map((_, i) => names.slice(0, i + 1).join('.'));
}

function positionIn(
  doc: Doc,
  arrayPath: string,
  clauses: readonly Clause[],
  variables: Variables,
): number | undefined {
  const array = valueAt(doc, arrayPath);
  if (!Array.isArray(array) || clauses.length === 0) return undefined;
  const tests = clauses.flatMap(({ path, operand }) => {
    const rest = path.slice(arrayPath.length);
    return isNegation(operand)
      ? []
      : [compileFilter({ [`e${rest}`]: loosened(operand) }, variables)];
  });
  let best: number | undefined;
  let most = 0;
  array.forEach((element, i) => {
    const alone = { e: [element] };
    const passed = tests.filter((test) => test(alone)).length;
    if (passed > most) [best, most] = [i, passed];
  });
  return best;
}

/** A single element cannot hold all of `$all`: any of them marks it. */
function loosened(operand: Value): Value {
  const all = isOperators(operand) ? getField(operand, '$all') : undefined;
  if (!isDoc(operand) || !Array.isArray(all)) return operand;
  const [first] = all;
  if (isOperators(first)) return first;
  const { $all: _, ...rest } = operand;
  return { ...rest, $in: all };
}

function isNegation(operand: Value): boolean {
  return (
    isOperators(operand) &&
    Object.keys(operand).every((name) => ['$ne', '$nin', '$not'].includes(name))
  );
}

function valueAt(doc: Doc, path: string): Value | undefined {
  let value: Value | undefined = doc;
  for (const { name, index } of parsePath(path)) {
    if (isDoc(value)) value = getField(value, name);
    else if (Array.isArray(value) && index !== undefined) value = value[index];
    else return undefined;
  }
  return value;
}
