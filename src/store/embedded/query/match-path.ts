import { parsePath } from './path.js';
import type { Segment } from './path.js';
import { getField, isDoc } from './values.js';
import type { Doc, Value } from './values.js';

/** Tests one value; undefined is a missing field. */
export type Test = (value: Value | undefined) => boolean;

/**
 * Compiles a test of what stands at a dotted path: true when anything reached passes.
 * Arrays on the way are searched through; an array at the end is tested element by element and then
 * whole, or only whole when `expand` is false. As MongoDB does, a field missing from a document
 * counts as undefined, while elements that are no documents count as nothing.
 */
export function matchPath(path: string, test: Test, expand: boolean): (doc: Doc) => boolean {
  const leaf = expand ? expanding(test) : test;
  const segments = parsePath(path);
  const [first] = segments;
  if (segments.length === 1 && first) {
    const { name } = first;
    return (doc) => leaf(getField(doc, name));
  }
  return (doc) => inDoc(doc, segments, 0, leaf, test);
}

function expanding(test: Test): Test {
  return (value) => {
    if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) if (test(value[i])) return true;
    }
    return test(value);
  };
}

function inDoc(
  doc: Doc,
  segments: readonly Segment[],
  at: number,
  leaf: Test,
  element: Test,
): boolean {
  const segment = segments[at];
  if (segment === undefined) return leaf(doc);
  const value = getField(doc, segment.name);
  if (at + 1 === segments.length) return leaf(value);
  if (Array.isArray(value)) return inArray(value, segments, at + 1, leaf, element);
  if (isDoc(value)) return inDoc(value, segments, at + 1, leaf, element);
  return leaf(undefined);
}

function inArray(
  array: readonly Value[],
  segments: readonly Segment[],
  at: number,
  leaf: Test,
  element: Test,
): boolean {
  const position = segments[at]?.index;
  for (let i = 0; i < array.length; i++) {
    const value = array[i];
    if (isDoc(value) && inDoc(value, segments, at, leaf, element)) return true;
    if (i !== position) continue;
    if (at + 1 === segments.length) {
      // A position names its element as it is: an array there is not searched.
      if (element(value)) return true;
    } else if (isDoc(value)) {
      if (inDoc(value, segments, at + 1, leaf, element)) return true;
    } else if (Array.isArray(value) && inArray(value, segments, at + 1, leaf, element)) {
      return true;
    }
  }
  return false;
}
