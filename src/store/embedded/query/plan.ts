import { CommandError } from './command-error.js';
import type { IndexSpec } from './keys.js';
import type { Doc } from './values.js';

/** A range of keys; the upper end is exclusive. */
export type Bounds = { lower: Uint8Array; upper: Uint8Array };

export type Plan =
  | {
      type: 'index';
      index: IndexSpec;
      /** Disjoint and ascending; to be walked from the last to the first when `reverse`. */
      bounds: Bounds[];
      reverse: boolean;
      /** Whether the order of the index is the order asked for. */
      sorted: boolean;
    }
  | { type: 'scan' };

/** Chooses how to find what matches; the storage applies the full filter again to what it reads. */
export function planQuery(
  _filter: Doc,
  _sort: Doc | undefined,
  _indexes: readonly (IndexSpec & { multikey: boolean })[],
  _hint?: string | Doc,
): Plan {
  throw new CommandError(238, 'NotImplemented', 'plan is not supported by the embedded store');
}
