import { isNumeric } from './numbers.js';
import { isTruthy } from './truth.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';

/** Fields at the top of a document that something reads; rather too many than too few. */
export type Needed = ReadonlySet<string> | 'all';

/** Nothing of the document: that it is there is enough. */
export const nothing: Needed = new Set();

/** Whether nothing of a document is needed. */
export function isNothing(needed: Needed): boolean {
  return needed !== 'all' && needed.size === 0;
}

/** All that any of several reads. */
export function joinNeeded(several: readonly Needed[]): Needed {
  const joined = new Set<string>();
  for (const needed of several) {
    if (needed === 'all') return 'all';
    for (const name of needed) joined.add(name);
  }
  return joined;
}

/** The field at the top that a dotted path begins with. */
export function rootOf(path: string): string {
  const dot = path.indexOf('.');
  return dot < 0 ? path : path.slice(0, dot);
}

const roots = (paths: readonly string[]): Needed => new Set(paths.map(rootOf));

/** What a filter reads. */
export function neededByFilter(query: Doc): Needed {
  return joinNeeded(
    Object.keys(query).map((name): Needed => {
      const operand = getField(query, name) ?? null;
      switch (name) {
        case '$comment':
          return nothing;
        case '$and':
        case '$or':
        case '$nor':
          return Array.isArray(operand) && operand.every(isDoc)
            ? joinNeeded(operand.filter(isDoc).map(neededByFilter))
            : 'all';
        case '$expr':
          return neededByExpression(operand);
        default:
          return name.startsWith('$') ? 'all' : roots([name]);
      }
    }),
  );
}

// What reads the whole document without naming it.
const READ_ALL: ReadonlySet<string> = new Set(['$getField', '$setField', '$unsetField']);

/** What an expression reads; a text that only looks like a path counts as well. */
export function neededByExpression(expression: Value): Needed {
  if (typeof expression === 'string') {
    if (/^\$\$(?:ROOT|CURRENT)(?:\.|$)/.test(expression)) return 'all';
    const isPath = expression.startsWith('$') && !expression.startsWith('$$');
    return isPath ? roots([expression.slice(1)]) : nothing;
  }
  if (Array.isArray(expression)) return joinNeeded(expression.map(neededByExpression));
  if (!isDoc(expression)) return nothing;
  return joinNeeded(
    Object.keys(expression).map((name) =>
      READ_ALL.has(name) ? 'all' : neededByExpression(getField(expression, name) ?? null),
    ),
  );
}

/** What a projection reads, its positional `$` what the query does. */
export function neededByProjection(spec: Doc, query: Doc = {}): Needed {
  const names = Object.keys(spec);
  const includes = names.some((name) => name !== '_id' && isIncluded(getField(spec, name) ?? null));
  const isOnlyId = names.length === 1 && isTruthy(spec['_id']) && !isDoc(spec['_id']);
  if (!includes && !isOnlyId) return 'all';
  return joinNeeded([
    roots(['_id', ...names]),
    neededByExpression(spec),
    names.some((name) => name.endsWith('.$')) ? neededByFilter(query) : nothing,
  ]);
}

function isIncluded(value: Value): boolean {
  if (typeof value === 'boolean' || isNumeric(value)) return isTruthy(value);
  return typeof value === 'string';
}

/** Whole fields at the top, when a projection asks for nothing else. */
export function wholeFields(spec: Doc): ReadonlySet<string> | undefined {
  const names = new Set(['_id']);
  for (const name of Object.keys(spec)) {
    const value = getField(spec, name) ?? null;
    if (typeof value !== 'boolean' && !isNumeric(value)) return undefined;
    if (name.includes('.') || name.startsWith('$')) return undefined;
    if (isTruthy(value)) names.add(name);
    else if (name === '_id') names.delete(name);
    else return undefined;
  }
  // An excluded _id alone leaves all the others.
  return Object.keys(spec).some((name) => isTruthy(spec[name])) ? names : undefined;
}

/** What a pipeline reads of the documents it is given. */
export function neededByStages(stages: readonly Doc[]): Needed {
  const needed: Needed[] = [];
  for (const stage of stages) {
    const [name = ''] = Object.keys(stage);
    const spec = getField(stage, name) ?? null;
    const { reads, makesAnew } = neededByStage(name, spec);
    needed.push(reads);
    if (makesAnew) return joinNeeded(needed);
  }
  return 'all';
}

type StageNeeds = {
  reads: Needed;
  /** Whether what goes on holds nothing but what was read. */
  makesAnew: boolean;
};

const goesOn = (reads: Needed): StageNeeds => ({ reads, makesAnew: false });
const makesAnew = (reads: Needed): StageNeeds => ({ reads, makesAnew: true });

function neededByStage(name: string, spec: Value): StageNeeds {
  switch (name) {
    case '$match':
      return goesOn(isDoc(spec) ? neededByFilter(spec) : 'all');
    case '$sort':
      return goesOn(isDoc(spec) ? roots(Object.keys(spec)) : 'all');
    case '$limit':
    case '$skip':
    case '$sample':
    case '$unset':
      return goesOn(nothing);
    case '$addFields':
    case '$set':
      return goesOn(
        isDoc(spec) ? joinNeeded([roots(Object.keys(spec)), neededByExpression(spec)]) : 'all',
      );
    case '$unwind': {
      const path = isDoc(spec) ? getField(spec, 'path') : spec;
      const index = isDoc(spec) ? getField(spec, 'includeArrayIndex') : undefined;
      return goesOn(
        joinNeeded([
          neededByExpression(path ?? null),
          typeof index === 'string' ? roots([index]) : nothing,
        ]),
      );
    }
    case '$project': {
      if (isDoc(spec) && Object.values(spec).every((value) => !isTruthy(value))) {
        return goesOn(nothing);
      }
      const reads = isDoc(spec) ? neededByProjection(spec) : 'all';
      return reads === 'all' ? goesOn('all') : makesAnew(reads);
    }
    case '$count':
      return makesAnew(nothing);
    case '$group':
    case '$sortByCount':
    case '$bucket':
    case '$replaceWith':
    case '$replaceRoot':
      return makesAnew(neededByExpression(spec));
    case '$facet':
      return makesAnew(
        isDoc(spec)
          ? joinNeeded(
              Object.values(spec).map((of) =>
                Array.isArray(of) ? neededByStages(of.filter(isDoc)) : 'all',
              ),
            )
          : 'all',
      );
    default:
      return goesOn('all');
  }
}
