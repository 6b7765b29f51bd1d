import { location } from './command-error.js';
import { withPath } from './join.js';
import { makeLong } from './numbers.js';
import type { Stage } from './stage.js';
import { getField, isDoc, withoutField } from './values.js';
import type { Doc, Value } from './values.js';

/** Compiles `$unwind`. */
export function compileUnwind(spec: Value): Stage {
  const options = isDoc(spec) ? spec : { path: spec };
  const stray = Object.keys(options).find(
    (name) => !['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name),
  );
  if (stray !== undefined) throw location(28811, `unrecognized option to $unwind stage: ${stray}`);
  const { path, includeArrayIndex, preserveNullAndEmptyArrays: keeps } = options;
  if (typeof path !== 'string' || !path.startsWith('$') || path.length < 2) {
    throw location(28818, "path option to $unwind stage should be prefixed with a '$'");
  }
  if (
    includeArrayIndex !== undefined &&
    (typeof includeArrayIndex !== 'string' || includeArrayIndex === '')
  ) {
    throw location(
      28810,
      'expected a non-empty string for the includeArrayIndex option to $unwind stage',
    );
  }
  if (keeps !== undefined && typeof keeps !== 'boolean') {
    throw location(
      28809,
      'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
    );
  }
  const names = path.slice(1).split('.');
  const numbered = (doc: Doc, index: number | null) =>
    typeof includeArrayIndex === 'string'
      ? withPath(doc, includeArrayIndex.split('.'), index === null ? null : makeLong(BigInt(index)))
      : doc;
  return function* unwind(input) {
    for (const doc of input) {
      const value = valueAt(doc, names);
      if (Array.isArray(value) && value.length > 0) {
        for (let i = 0; i < value.length; i++) {
          yield numbered(withPath(doc, names, value[i] ?? null), i);
        }
      } else if (Array.isArray(value)) {
        if (keeps) yield numbered(without(doc, names), null);
      } else if (value === undefined || value === null) {
        if (keeps) yield numbered(doc, null);
      } else yield numbered(doc, null);
    }
  };
}

function valueAt(doc: Doc, names: readonly string[]): Value | undefined {
  let value: Value | undefined = doc;
  for (const name of names) value = isDoc(value) ? getField(value, name) : undefined;
  return value;
}

function without(doc: Doc, names: readonly string[]): Doc {
  const [name = '', ...rest] = names;
  const inner = getField(doc, name);
  if (rest.length === 0 || !isDoc(inner)) return withoutField(doc, name);
  return withPath(doc, [name], without(inner, rest));
}
