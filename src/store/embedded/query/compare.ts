import { CommandError } from './command-error.js';
import type { Value } from './values.js';

/** Orders two values as MongoDB does across and within types. */
export function compareValues(_a: Value | undefined, _b: Value | undefined): number {
  throw new CommandError(238, 'NotImplemented', 'compare is not supported by the embedded store');
}
