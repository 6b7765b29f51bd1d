import { CommandError } from './command-error.js';
import type { Doc } from './values.js';
import type { Variables } from './variables.js';

/** Compiles a projection of `find`; the query is needed for the positional `$`. */
export function compileProjection(
  _spec: Doc | undefined,
  _query?: Doc,
  _variables?: Variables,
): (doc: Doc) => Doc {
  throw new CommandError(
    238,
    'NotImplemented',
    'projection is not supported by the embedded store',
  );
}
