import { badValue, CommandError } from './command-error.js';
import type { UpdateSegment } from './update-path.js';
import { getField, isDoc, setField, typeName, withoutField } from './values.js';
import type { Doc, Value } from './values.js';

/** One change of one field. */
export type Modifier = {
  path: string;
  segments: readonly UpdateSegment[];
  /** Whether missing parts of the path are made; if not, a missing path means nothing to do. */
  creates: boolean;
  /** Returns the new value, undefined to remove the field, or the very same value for no change. */
  change(current: Value | undefined, doc: Doc): Value | undefined;
  /** Whether there is anything to do for a document. */
  applies?(doc: Doc): boolean;
  onInsert?: boolean;
};

/** One run of an update over one document. */
export type Run = {
  doc: Doc;
  /** What was already copied in this run and may be written to. */
  owned: Set<Value>;
  /** Which element of the array at a path the query matched. */
  matchedAt(arrayPath: string): number | undefined;
};

const MAX_PADDING = 1_500_000;

/** Applies a modifier, copying only along its path; returns the same document if nothing changed. */
export function applyModifier(modifier: Modifier, doc: Doc, run: Run): Doc {
  if (modifier.applies && !modifier.applies(run.doc)) return doc;
  return changeDoc(modifier, doc, 0, run);
}

function changeDoc(modifier: Modifier, doc: Doc, at: number, run: Run): Doc {
  const segment = modifier.segments[at];
  if (segment?.type !== 'field') throw notAnArray(modifier, at, doc);
  const current = getField(doc, segment.name);
  const next = changeValue(modifier, current, at + 1, run);
  if (isVerySame(next, current)) return doc;
  if (next === undefined) {
    const copy = withoutField(doc, segment.name);
    run.owned.add(copy);
    return copy;
  }
  const target = run.owned.has(doc) ? doc : { ...doc };
  run.owned.add(target);
  setField(target, segment.name, next);
  return target;
}

/** NaN is no reason to call a document changed: it is the one value that differs from itself. */
function isVerySame(a: Value | undefined, b: Value | undefined): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}

function changeValue(
  modifier: Modifier,
  current: Value | undefined,
  at: number,
  run: Run,
): Value | undefined {
  const segment = modifier.segments[at];
  if (segment === undefined) return modifier.change(current, run.doc);
  if (isDoc(current)) return changeDoc(modifier, current, at, run);
  if (Array.isArray(current)) return changeArray(modifier, current, at, run);
  if (segment.type !== 'field') throw notAnArray(modifier, at, current);
  if (!modifier.creates) return current;
  if (current !== undefined) throw notViable(modifier, at, current);
  const inner = changeValue(modifier, undefined, at + 1, run);
  if (inner === undefined) return undefined;
  const made: Doc = {};
  setField(made, segment.name, inner);
  run.owned.add(made);
  return made;
}

function changeArray(modifier: Modifier, array: Value[], at: number, run: Run): Value[] {
  let target = array;
  for (const i of positionsOf(modifier, array, at, run)) {
    const current = target[i];
    // An element is never taken out by its position: it becomes null, as in MongoDB.
    const next = changeValue(modifier, current, at + 1, run) ?? null;
    if (isVerySame(next, current) || (current === undefined && !modifier.creates)) continue;
    if (!run.owned.has(target)) {
      target = target.slice();
      run.owned.add(target);
    }
    if (i > target.length + MAX_PADDING) {
      throw badValue(`can't backfill more than ${MAX_PADDING} elements`);
    }
    while (target.length < i) target.push(null);
    target[i] = next;
  }
  return target;
}

function positionsOf(
  modifier: Modifier,
  array: readonly Value[],
  at: number,
  run: Run,
): readonly number[] {
  const segment = modifier.segments[at];
  switch (segment?.type) {
    case 'all':
      return [...array.keys()];
    case 'filtered':
      return [...array.keys()].filter((i) => segment.test(array[i]));
    case 'matched': {
      const index = run.matchedAt(pathBefore(modifier, at));
      if (index === undefined) {
        throw badValue('The positional operator did not find the match needed from the query.');
      }
      return [index];
    }
    case 'field':
      if (segment.index !== undefined) return [segment.index];
      if (modifier.creates) throw notViable(modifier, at, array.slice());
      return [];
    case undefined:
      return [];
    default:
      return segment satisfies never;
  }
}

function pathBefore(modifier: Modifier, at: number): string {
  return modifier.path.split('.').slice(0, at).join('.');
}

function notViable(modifier: Modifier, at: number, current: Value): CommandError {
  const names = modifier.path.split('.');
  return new CommandError(
    28,
    'PathNotViable',
    `Cannot create field '${names[at]}' in element '${names[at - 1]}' of type ${typeName(current)}`,
  );
}

function notAnArray(modifier: Modifier, at: number, current: Value | undefined): CommandError {
  const path = pathBefore(modifier, at);
  if (modifier.segments[at]?.type === 'matched') {
    return badValue('The positional operator did not find the match needed from the query.');
  }
  return badValue(
    current === undefined
      ? `The path '${path}' must exist in the document in order to apply array updates.`
      : `Cannot apply array updates to non-array element '${path}' of type ${typeName(current)}`,
  );
}
