import { badValue } from './command-error.js';
import type { Modifier } from './modifier.js';
import type { UpdateSegment } from './update-path.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';

/** One end of a `$rename`. */
export type RenameEnd = { path: string; segments: readonly UpdateSegment[] };

/** Makes the two halves of `$rename`: the old field goes, the new one gets what it held. */
export function rename(from: RenameEnd, to: RenameEnd): Modifier[] {
  if (from.path === to.path) {
    throw badValue(`The source and target field for $rename must differ: ${from.path}`);
  }
  refuseDynamic('source', from);
  refuseDynamic('destination', to);
  const moved = (doc: Doc) => readThroughDocs('source', doc, from.path);
  return [
    {
      ...from,
      creates: false,
      change: () => undefined,
      applies: (doc) => moved(doc) !== undefined,
    },
    {
      ...to,
      creates: true,
      change: (_current, doc) => moved(doc),
      applies(doc) {
        if (moved(doc) === undefined) return false;
        readThroughDocs('destination', doc, to.path);
        return true;
      },
    },
  ];
}

function refuseDynamic(end: string, { path, segments }: RenameEnd): void {
  if (segments.some(({ type }) => type !== 'field')) {
    throw badValue(`The ${end} field for $rename may not be dynamic: ${path}`);
  }
}

function readThroughDocs(end: string, doc: Doc, path: string): Value | undefined {
  let value: Value | undefined = doc;
  for (const name of path.split('.')) {
    if (Array.isArray(value)) {
      throw badValue(`The ${end} field cannot be an array element, '${path}'`);
    }
    value = isDoc(value) ? getField(value, name) : undefined;
  }
  return value;
}
