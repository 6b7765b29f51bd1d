import { location } from './command-error.js';
import { compileExpression } from './expressions.js';
import { compute, omit, pick, plant } from './field-tree.js';
import type { FieldNode, FieldTree } from './field-tree.js';
import { isNumeric } from './numbers.js';
import { isTruthy } from './truth.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

/** A projection under construction: the tree, and which way it goes. */
export type Projector = {
  /** Adds what the projection says of one field. */
  add(path: string, node: FieldNode): void;
  /** Which way the fields named so far go; "open" when none but an excluded _id was named. */
  mode(): 'inclusion' | 'exclusion' | 'open';
  /** Joins everything to one function; `includes` settles an open mode. */
  finish(includes?: boolean): (doc: Doc) => Doc;
};

/** Starts a projection. Mixing inclusion and exclusion throws a CommandError (31253, 31254). */
export function createProjector(): Projector {
  const tree: FieldTree = new Map();
  let includes = false;
  let excludes = false;
  let id: FieldNode['type'] | undefined;
  return {
    add(path, node) {
      if (path === '_id' && node.type !== 'compute') id = node.type;
      else if (node.type === 'exclude') {
        if (includes) {
          throw location(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
        }
        excludes = true;
      } else {
        if (excludes) {
          throw location(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
        }
        includes = true;
      }
      plant(tree, path, node);
    },
    mode() {
      if (includes || (id === 'include' && !excludes)) return 'inclusion';
      return excludes ? 'exclusion' : 'open';
    },
    finish(settled = false) {
      if (!settled && this.mode() !== 'inclusion') return (doc) => omit(doc, tree);
      if (!tree.has('_id')) tree.set('_id', { type: 'include' });
      const computes = [...tree.values()].some(
        (node) => node.type === 'compute' || (node.type === 'branch' && node.computes),
      );
      if (!computes) return (doc) => pick(doc, tree);
      return (doc) => compute(pick(doc, tree), tree, doc);
    },
  };
}

/** Reads what a projection says of one field: a flag, a nested projection or an expression. */
export function addField(
  projector: Projector,
  path: string,
  value: Value,
  variables: Variables,
): void {
  if (typeof value === 'boolean' || isNumeric(value)) {
    projector.add(path, { type: isTruthy(value) ? 'include' : 'exclude' });
    return;
  }
  if (isDoc(value)) {
    const names = Object.keys(value);
    if (names.length === 0) {
      throw location(
        51270,
        `An empty sub-projection is not a valid value. Found empty object at ${path}`,
      );
    }
    if (!names[0]?.startsWith('$')) {
      for (const name of names) {
        addField(projector, `${path}.${name}`, getField(value, name) ?? null, variables);
      }
      return;
    }
  }
  projector.add(path, { type: 'compute', expression: compileExpression(value, variables) });
}

/** Compiles `$project`. */
export function compileProject(spec: Value, variables: Variables): (doc: Doc) => Doc {
  if (!isDoc(spec)) throw location(15969, '$project specification must be an object');
  const names = Object.keys(spec);
  if (names.length === 0)
    throw location(51272, 'Invalid $project :: projection must have at least one field');
  const projector = createProjector();
  for (const name of names) addField(projector, name, getField(spec, name) ?? null, variables);
  return projector.finish();
}
