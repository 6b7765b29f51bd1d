import { location } from './command-error.js';
import { compileExpression } from './expressions.js';
import { compute, omit, plant } from './field-tree.js';
import type { FieldTree } from './field-tree.js';
import { compileProject } from './project.js';
import { getField, isDoc, typeName } from './values.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

/** A stage that turns one document into one document. */
export type Transform = (doc: Doc) => Doc;

/** Compiles a stage that turns one document into one; undefined when it is of another kind. */
export function compileTransform(
  name: string,
  spec: Value,
  variables: Variables,
): Transform | undefined {
  switch (name) {
    case '$addFields':
    case '$set':
      return compileAddFields(name, spec, variables);
    case '$unset':
      return compileUnset(spec);
    case '$project':
      return compileProject(spec, variables);
    case '$replaceRoot': {
      const root = isDoc(spec) ? getField(spec, 'newRoot') : undefined;
      if (root === undefined)
        throw location(40231, 'no newRoot specified for the $replaceRoot stage');
      return compileReplace(root, variables);
    }
    case '$replaceWith':
      return compileReplace(spec, variables);
    default:
      return undefined;
  }
}

/** Compiles the stages an update may be made of, joined to one function. */
export function compileTransforms(stages: readonly Doc[], variables: Variables): Transform {
  const transforms = stages.map((stage) => {
    const { name, spec } = readStage(stage);
    const transform = compileTransform(name, spec, variables);
    if (transform) return transform;
    throw location(72, `${name} is not allowed to be used within an update`);
  });
  return (doc) => transforms.reduce((current, transform) => transform(current), doc);
}

/** Takes a stage apart. Throws a CommandError (40323) unless it has exactly one field. */
export function readStage(stage: Value): { name: string; spec: Value } {
  const names = isDoc(stage) ? Object.keys(stage) : [];
  const [name] = names;
  if (!isDoc(stage) || name === undefined || names.length > 1) {
    throw location(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return { name, spec: getField(stage, name) ?? null };
}

function compileAddFields(stage: string, spec: Value, variables: Variables): Transform {
  if (!isDoc(spec) || Object.keys(spec).length === 0) {
    throw location(40272, `${stage} specification stage must be an object with at least one field`);
  }
  const tree: FieldTree = new Map();
  plantAll(tree, '', spec, variables);
  return (doc) => compute(doc, tree, doc);
}

function plantAll(tree: FieldTree, prefix: string, spec: Doc, variables: Variables): void {
  for (const name of Object.keys(spec)) {
    const value = getField(spec, name) ?? null;
    const [first] = isDoc(value) ? Object.keys(value) : [];
    const isNested = isDoc(value) && first !== undefined && !first.startsWith('$');
    if (isNested) plantAll(tree, `${prefix}${name}.`, value, variables);
    else {
      const expression = compileExpression(value, variables);
      plant(tree, `${prefix}${name}`, { type: 'compute', expression });
    }
  }
}

function compileUnset(spec: Value): Transform {
  const paths = Array.isArray(spec) ? spec : [spec];
  const tree: FieldTree = new Map();
  for (const path of paths) {
    if (typeof path !== 'string' || path === '') {
      throw location(
        31120,
        '$unset specification must be a string or an array containing only string fields',
      );
    }
    plant(tree, path, { type: 'exclude' });
  }
  if (paths.length === 0)
    throw location(31119, '$unset specification must have at least one field');
  return (doc) => omit(doc, tree);
}

function compileReplace(root: Value, variables: Variables): Transform {
  const expression = compileExpression(root, variables);
  return (doc) => {
    const next = expression(doc);
    if (isDoc(next)) return next;
    throw location(
      40228,
      `'newRoot' expression must evaluate to an object, but resulting value was of type: ${typeName(next)}`,
    );
  };
}
