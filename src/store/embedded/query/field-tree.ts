import { location } from './command-error.js';
import type { Expression } from './expressions.js';
import { getField, isDoc, setField } from './values.js';
import type { Doc, Value } from './values.js';

/** What a projection says of one field. */
export type FieldNode =
  | { type: 'include' }
  | { type: 'exclude' }
  | { type: 'compute'; expression: Expression }
  | { type: 'branch'; fields: FieldTree; computes: boolean };

/** What it says of the fields of a document, by name. */
export type FieldTree = Map<string, FieldNode>;

/** Puts a node at a dotted path. Throws a CommandError (31250) when two paths collide. */
export function plant(tree: FieldTree, path: string, node: FieldNode): void {
  const names = path.split('.');
  let fields = tree;
  names.forEach((name, i) => {
    if (name === '') throw location(40353, `FieldPath '${path}' has an empty field name`);
    if (name.startsWith('$')) {
      throw location(16410, `FieldPath field names may not start with '$': '${path}'`);
    }
    const existing = fields.get(name);
    if (i === names.length - 1) {
      if (existing) throw location(31250, `Path collision at ${path}`);
      fields.set(name, node);
    } else if (existing && existing.type !== 'branch') {
      throw location(31249, `Path collision at ${path}`);
    } else {
      const branch = existing ?? { type: 'branch', fields: new Map(), computes: false };
      if (node.type === 'compute') branch.computes = true;
      fields.set(name, branch);
      fields = branch.fields;
    }
  });
}

/** Keeps only what the tree includes. */
export function pick(doc: Doc, tree: FieldTree): Doc {
  const kept: Doc = {};
  for (const name of Object.keys(doc)) {
    const node = tree.get(name);
    if (!node) continue;
    const value = getField(doc, name);
    const next = node.type === 'branch' ? pickFrom(value, node.fields) : value;
    if (next !== undefined && (node.type === 'include' || node.type === 'branch')) {
      setField(kept, name, next);
    }
  }
  return kept;
}

function pickFrom(value: Value | undefined, tree: FieldTree): Value | undefined {
  if (isDoc(value)) return pick(value, tree);
  if (!Array.isArray(value)) return undefined;
  return value.map((element) => pickFrom(element, tree)).filter((part) => part !== undefined);
}

/** Keeps all but what the tree excludes. */
export function omit(doc: Doc, tree: FieldTree): Doc {
  const kept: Doc = {};
  for (const name of Object.keys(doc)) {
    const value = getField(doc, name);
    const node = tree.get(name);
    if (value === undefined || node?.type === 'exclude') continue;
    setField(kept, name, node?.type === 'branch' ? omitFrom(value, node.fields) : value);
  }
  return kept;
}

function omitFrom(value: Value, tree: FieldTree): Value {
  if (isDoc(value)) return omit(value, tree);
  return Array.isArray(value) ? value.map((element) => omitFrom(element, tree)) : value;
}

/** Sets what the tree computes from the whole document; a missing result removes the field. */
export function compute(onto: Doc, tree: FieldTree, doc: Doc): Doc {
  const next = { ...onto };
  for (const [name, node] of tree) {
    if (node.type === 'compute') {
      const value = node.expression(doc);
      if (value === undefined) delete next[name];
      else setField(next, name, value);
    } else if (node.type === 'branch' && node.computes) {
      setField(next, name, computeIn(getField(next, name), node.fields, doc));
    }
  }
  return next;
}

function computeIn(value: Value | undefined, tree: FieldTree, doc: Doc): Value {
  if (Array.isArray(value)) return value.map((element) => computeIn(element, tree, doc));
  return compute(isDoc(value) ? value : {}, tree, doc);
}
