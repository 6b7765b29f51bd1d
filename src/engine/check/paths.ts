import type { CelNode, ScopeShape, Shape, ValueType } from '../cel.js';
import { didYouMean } from '../parse/suggest.js';
import { say, type Sentence } from '../sentence.js';

const ROOTS = ['supporter', 'answers', 'consents', 'session', 'campaign', 'now'] as const;

/** What an expression names: one of the roots, and the names below it. */
export type Path = { readonly root: string; readonly names: readonly string[] };

/** Reads a chain of names such as `answers.email`, or `answers["email"]`. */
export function pathOf(node: CelNode): Path | undefined {
  if (node.op === 'id') return { root: node.args, names: [] };
  if (node.op === '.') {
    const [target, name] = node.args;
    const base = pathOf(target);
    return base === undefined ? undefined : { root: base.root, names: [...base.names, name] };
  }
  if (node.op === '[]') {
    const [target, index] = node.args;
    const base = pathOf(target);
    if (base === undefined || index.op !== 'value' || typeof index.args !== 'string') {
      return undefined;
    }
    return { root: base.root, names: [...base.names, index.args] };
  }
  return undefined;
}

/** The part of a path that is there or absent as a whole: an answer, or a field of the profile. */
export function unitOf({ root, names }: Path): string {
  const deep = root === 'supporter' && (names[0] === 'fields' || names[0] === 'preferences');
  return [root, ...names.slice(0, deep ? 2 : 1)].join('.');
}

/** The type of what a path names, or a sentence about what it names in vain. */
export function resolvePath(
  { root, names }: Path,
  shape: ScopeShape,
): { readonly type: ValueType | Shape } | { readonly problem: Sentence } {
  if (!isRoot(root)) {
    const owner = (['answers', 'supporter', 'session'] as const).find((name) =>
      Object.hasOwn(shape[name], root),
    );
    const cure = owner === undefined ? didYouMean(root, ROOTS) : say`write ${owner}.${root}`;
    const text =
      owner === undefined && names.length === 0 ? say`; a text is written '"${root}"'` : '';
    return { problem: say`"${root}" means nothing in a condition; ${cure}${text}` };
  }
  if (root === 'now') return { type: 'date' };
  let at: ValueType | Shape = shape[root];
  let seen: string = root;
  for (const name of names) {
    if (typeof at === 'string') {
      if (at === 'map' || at === 'any') return { type: 'any' };
      return {
        problem: say`"${seen}" is a ${at} and has no part "${name}"; take ".${name}" away`,
      };
    }
    const next: ValueType | Shape | undefined = Object.hasOwn(at, name) ? at[name] : undefined;
    if (next === undefined) {
      return { problem: say`"${seen}" has no "${name}"; ${didYouMean(name, Object.keys(at))}` };
    }
    seen = `${seen}.${name}`;
    at = next;
  }
  return { type: at };
}

function isRoot(name: string): name is (typeof ROOTS)[number] {
  return ROOTS.some((root) => root === name);
}
