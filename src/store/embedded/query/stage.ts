import type { Doc } from './values.js';
import type { Variables } from './variables.js';

/** One step of a pipeline, or several joined. */
export type Stage = (input: Iterable<Doc>) => Iterable<Doc>;

/** What stages reach outside their input. */
export type PipelineContext = {
  /** Every document of a collection; none when there is no such collection. */
  read(collection: string): Iterable<Doc>;
  /** The same with a filter, when the storage can use its indexes; `read` serves otherwise. */
  find?(this: void, collection: string, filter: Doc): Iterable<Doc>;
  now: Date;
  variables?: Variables;
};
