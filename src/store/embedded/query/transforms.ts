import { location } from './command-error.js';
import type { Doc } from './values.js';
import type { Variables } from './variables.js';

/** Compiles the stages an update may be made of, joined to one function. */
export function compileTransforms(
  _stages: readonly Doc[],
  _variables: Variables,
): (doc: Doc) => Doc {
  throw location(238, 'later');
}
