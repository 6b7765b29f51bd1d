import { badValue, failedToParse } from './command-error.js';
import { compileFilter } from './filter.js';
import type { ArrayFilters } from './update-path.js';
import { getField, isDoc, setField } from './values.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

/**
 * Compiles the filters of `$[id]`. `checkUsed` throws a CommandError (9) when one was never asked
 * for, since that is how a misspelt identifier shows.
 */
export function compileArrayFilters(
  filters: readonly Doc[],
  variables: Variables,
): { find: ArrayFilters; checkUsed(): void } {
  const byId = new Map<string, (value: Value | undefined) => boolean>();
  const unused = new Set<string>();
  for (const filter of filters) {
    const id = identifierOf(filter);
    if (byId.has(id)) {
      throw failedToParse(`Found multiple array filters with the same top-level field name ${id}`);
    }
    const matches = compileFilter(filter, variables);
    unused.add(id);
    byId.set(id, (value) => {
      const wrapped: Doc = {};
      setField(wrapped, id, value ?? null);
      return matches(wrapped);
    });
  }
  return {
    find(id, path) {
      const test = byId.get(id);
      if (!test) throw badValue(`No array filter found for identifier '${id}' in path '${path}'`);
      unused.delete(id);
      return test;
    },
    checkUsed() {
      for (const id of unused) {
        throw failedToParse(`The array filter for identifier '${id}' was not used in the update`);
      }
    },
  };
}

function identifierOf(filter: Doc): string {
  const ids = new Set(rootsOf(filter));
  const [id] = ids;
  if (id === undefined) {
    throw failedToParse('Cannot use an expression without a top-level field name in arrayFilters');
  }
  if (ids.size > 1) {
    throw failedToParse(
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${[...ids].join("' and '")}'`,
    );
  }
  if (!/^[a-z][a-zA-Z0-9]*$/.test(id)) {
    throw badValue(
      `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${id}'`,
    );
  }
  return id;
}

function rootsOf(filter: Doc): string[] {
  return Object.keys(filter).flatMap((name) => {
    if (!name.startsWith('$')) return name.split('.', 1);
    const branches = getField(filter, name);
    return Array.isArray(branches) ? branches.filter(isDoc).flatMap(rootsOf) : [];
  });
}
