import { badValue, CommandError } from './command-error.js';
import type { Test } from './match-path.js';
import { arrayIndex } from './path.js';

/** One part of the path of an update. */
export type UpdateSegment =
  | { type: 'field'; name: string; index: number | undefined }
  /** `$`: the element that the query matched. */
  | { type: 'matched' }
  /** `$[]`: every element. */
  | { type: 'all' }
  /** `$[id]`: the elements that pass an array filter. */
  | { type: 'filtered'; test: Test };

/** Finds the test of an array filter by its identifier. */
export type ArrayFilters = (id: string, path: string) => Test;

const DBREF = ['$ref', '$id', '$db'];

/** Reads the dotted path of an update. Throws a CommandError (2, 52, 56) for an impossible one. */
export function parseUpdatePath(path: string, arrayFilters: ArrayFilters): UpdateSegment[] {
  if (path === '') throw emptyField('An empty update path is not valid.');
  const segments = path.split('.').map((name): UpdateSegment => {
    if (name === '') {
      throw emptyField(
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      );
    }
    if (name === '$') return { type: 'matched' };
    if (name === '$[]') return { type: 'all' };
    const id = /^\$\[(.+)\]$/.exec(name)?.[1];
    if (id !== undefined) return { type: 'filtered', test: arrayFilters(id, path) };
    if (name.startsWith('$') && !DBREF.includes(name)) {
      const message = `The dollar ($) prefixed field '${name}' in '${path}' is not valid for storage.`;
      throw new CommandError(52, 'DollarPrefixedFieldName', message);
    }
    return { type: 'field', name, index: arrayIndex(name) };
  });
  if (segments[0]?.type !== 'field') {
    throw badValue(`Cannot have an array operator in the first position in path '${path}'`);
  }
  if (segments.filter(({ type }) => type === 'matched').length > 1) {
    throw badValue(`Too many positional (i.e. '$') elements found in path '${path}'`);
  }
  return segments;
}

function emptyField(message: string): CommandError {
  return new CommandError(56, 'EmptyFieldName', message);
}
