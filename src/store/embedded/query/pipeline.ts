import { CommandError } from './command-error.js';
import type { Doc } from './values.js';
import type { Variables } from './variables.js';

/** What stages reach outside their input. */
export type PipelineContext = {
  /** Every document of a collection; none when there is no such collection. */
  read(collection: string): Iterable<Doc>;
  /** The same with a filter, when the storage can use its indexes; `read` serves otherwise. */
  find?(collection: string, filter: Doc): Iterable<Doc>;
  now: Date;
  variables?: Variables;
};

/** Compiles an aggregation pipeline. Throws a CommandError (40324) on any unknown stage. */
export function compilePipeline(
  _stages: Doc[],
  _context: PipelineContext,
): (input: Iterable<Doc>) => Iterable<Doc> {
  throw new CommandError(238, 'NotImplemented', 'pipeline is not supported by the embedded store');
}

export type LeadingMatch = { filter: Doc; sort?: Doc; limit?: number; rest: Doc[] };

/**
 * Splits off what the storage answers as a `find` (filter, then sort, then limit);
 * `rest` are the stages left to run on its result.
 */
export function leadingMatch(_stages: Doc[]): LeadingMatch {
  throw new CommandError(238, 'NotImplemented', 'pipeline is not supported by the embedded store');
}
