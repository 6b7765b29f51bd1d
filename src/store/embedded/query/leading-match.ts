import { numberOf } from './numbers.js';
import { getField, isDoc } from './values.js';
import type { Doc } from './values.js';

export type LeadingMatch = { filter: Doc; sort?: Doc; limit?: number; rest: Doc[] };

/**
 * Splits off what the storage answers as a `find` (filter, then sort, then limit);
 * `rest` are the stages left to run on its result. Stages that are not well formed stay in `rest`,
 * where compiling them tells what is wrong.
 */
export function leadingMatch(stages: Doc[]): LeadingMatch {
  const filters: Doc[] = [];
  let at = 0;
  for (; at < stages.length; at++) {
    const filter = onlyField(stages[at], '$match');
    if (!isDoc(filter)) break;
    filters.push(filter);
  }
  const [first] = filters;
  const result: LeadingMatch = {
    filter: filters.length > 1 ? { $and: filters } : (first ?? {}),
    rest: [],
  };
  const sort = onlyField(stages[at], '$sort');
  if (isDoc(sort) && Object.keys(sort).length > 0) {
    result.sort = sort;
    at += 1;
  }
  const limit = numberOf(onlyField(stages[at], '$limit'));
  if (limit !== undefined && Number.isInteger(limit) && limit > 0) {
    result.limit = limit;
    at += 1;
  }
  result.rest = stages.slice(at);
  return result;
}

function onlyField(stage: Doc | undefined, name: string) {
  return stage && Object.keys(stage).length === 1 ? getField(stage, name) : undefined;
}
