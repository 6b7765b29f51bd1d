import { CommandError } from './command-error.js';
import type { Doc } from './values.js';
import type { Variables } from './variables.js';

export type UpdateOptions = { arrayFilters?: Doc[]; filter: Doc; variables?: Variables };

export type Update = {
  /** Returns a new document, or the same reference when nothing changed. Never changes its input. */
  apply(doc: Doc): Doc;
  /** Builds the document to insert when none matched, with a fresh ObjectId as _id if it has none. */
  upsert(): Doc;
  isReplacement: boolean;
};

/** Compiles operators, a replacement or a pipeline once for many documents. */
export function compileUpdate(_update: Doc | Doc[], _options: UpdateOptions): Update {
  throw new CommandError(238, 'NotImplemented', 'update is not supported by the embedded store');
}
