import { CommandError } from './command-error.js';
import type { Doc } from './values.js';
import type { Variables } from './variables.js';

/** Tells whether a document matches. */
export type Filter = (doc: Doc) => boolean;

/** Compiles a query once for many documents. Throws a CommandError on any unknown operator. */
export function compileFilter(_query: Doc, _variables?: Variables): Filter {
  throw new CommandError(238, 'NotImplemented', 'filter is not supported by the embedded store');
}
