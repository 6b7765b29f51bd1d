import { compileArrayFilters } from './array-filters.js';
import { CommandError, failedToParse } from './command-error.js';
import { equalValues } from './compare.js';
import { applyModifier } from './modifier.js';
import type { Run } from './modifier.js';
import { compilePosition } from './position.js';
import type { Needed } from './needed-fields.js';
import { isSame } from './same.js';
import { compileTransforms } from './transforms.js';
import { compileOperators } from './update-operators.js';
import { equalities, withId } from './upsert.js';
import { getField, withoutField } from './values.js';
import type { Doc } from './values.js';
import { createVariables } from './variables.js';
import type { Variables } from './variables.js';

export type UpdateOptions = { arrayFilters?: Doc[]; filter: Doc; variables?: Variables };

export type Update = {
  /** Returns a new document, or the same reference when nothing changed. Never changes its input. */
  apply(doc: Doc): Doc;
  /** Builds the document to insert when none matched, with a fresh ObjectId as _id if it has none. */
  upsert(): Doc;
  isReplacement: boolean;
  /** The fields of a document that it reads. */
  needed: Needed;
};

/** Compiles operators, a replacement or a pipeline once for many documents. */
export function compileUpdate(update: Doc | Doc[], options: UpdateOptions): Update {
  const variables = options.variables ?? createVariables(new Date());
  if (Array.isArray(update)) {
    if (options.arrayFilters) {
      throw failedToParse('arrayFilters may not be specified for pipeline-style updates');
    }
    return compilePipelineUpdate(update, options.filter, variables);
  }
  const [first] = Object.keys(update);
  if (first !== undefined && first.startsWith('$')) {
    return compileOperatorUpdate(update, options, variables);
  }
  if (options.arrayFilters && options.arrayFilters.length > 0) {
    throw failedToParse('arrayFilters may not be specified for a replacement');
  }
  return compileReplacement(update, options.filter);
}

function compileOperatorUpdate(update: Doc, options: UpdateOptions, variables: Variables): Update {
  const arrayFilters = compileArrayFilters(options.arrayFilters ?? [], variables);
  const modifiers = compileOperators(update, { variables, arrayFilters: arrayFilters.find });
  arrayFilters.checkUsed();
  const position = compilePosition(options.filter, variables);
  const onUpdate = modifiers.filter(({ onInsert }) => !onInsert);
  const start = (doc: Doc): Run => ({
    doc,
    owned: new Set(),
    matchedAt: (arrayPath) => position(doc, arrayPath),
  });
  return {
    isReplacement: false,
    needed: 'all',
    apply(doc) {
      const run = start(doc);
      let result = doc;
      for (const modifier of onUpdate) result = applyModifier(modifier, result, run);
      if (result === doc) return doc;
      if (getField(result, '_id') === undefined && getField(doc, '_id') !== undefined)
        throw changedId();
      return keepId(doc, result);
    },
    upsert() {
      const base = equalities(options.filter);
      const run = start(base);
      let result = base;
      for (const modifier of modifiers) result = applyModifier(modifier, result, run);
      return withId(guardId(base, result));
    },
  };
}

function compileReplacement(replacement: Doc, filter: Doc): Update {
  for (const name of Object.keys(replacement)) {
    if (!name.startsWith('$')) continue;
    throw new CommandError(
      52,
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
  const rest = withoutField(replacement, '_id');
  return {
    isReplacement: true,
    needed: new Set(['_id']),
    apply(doc) {
      const result = keepId(doc, { ...idOf(replacement), ...rest });
      return isSame(result, doc) ? doc : result;
    },
    upsert: () =>
      withId(
        guardId(equalities(filter), { ...idOf(equalities(filter)), ...idOf(replacement), ...rest }),
      ),
  };
}

function compilePipelineUpdate(stages: Doc[], filter: Doc, variables: Variables): Update {
  const transform = compileTransforms(stages, variables);
  return {
    isReplacement: false,
    needed: 'all',
    apply(doc) {
      const result = keepId(doc, transform(doc));
      return isSame(result, doc) ? doc : result;
    },
    upsert() {
      const base = equalities(filter);
      return withId(guardId(base, transform(base)));
    },
  };
}

function idOf(doc: Doc): Doc {
  const id = getField(doc, '_id');
  return id === undefined ? {} : { _id: id };
}

/** Refuses a changed `_id`; a lost one comes back, in first place. */
function keepId(before: Doc, after: Doc): Doc {
  const id = getField(before, '_id');
  const current = getField(after, '_id');
  if (id === undefined || current === id) return after;
  if (current !== undefined && !equalValues(id, current)) throw changedId();
  return { _id: id, ...withoutField(after, '_id') };
}

/** The same for an upsert: what the query fixes as `_id` cannot become another. */
function guardId(before: Doc, after: Doc): Doc {
  return getField(before, '_id') === undefined ? after : keepId(before, after);
}

function changedId(): CommandError {
  return new CommandError(
    66,
    'ImmutableField',
    "Performing an update on the path '_id' would modify the immutable field '_id'",
  );
}
