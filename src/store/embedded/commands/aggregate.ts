import { namespaceIn, openView, type Call } from '../call.js';
import type { Command } from '../dispatch.js';
import { need, readCount, readDoc, readDocs, refuseCollation, refuseUnknown } from '../fields.js';
import { CommandError } from '../query/command-error.js';
import { isNothing, neededByStages, type Needed } from '../query/needed-fields.js';
import { compilePipeline, leadingMatch } from '../query/pipeline.js';
import { tallyIn } from '../query/tally.js';
import { encode, type Doc } from '../query/values.js';
import { countByKeys } from '../count-by-keys.js';
import { search, type Query } from '../search.js';
import type { StoredDocument, View } from '../views.js';
import { readHint, replyWithCursor } from './find.js';
import { readVariables } from './variables.js';

const FIRST_BATCH = 101;
const CURSOR_FIELDS: ReadonlySet<string> = new Set(['batchSize']);

/** `aggregate`: a pipeline over a collection; what its first stages ask is answered by indexes. */
export const aggregate: Command = {
  fields: [
    'pipeline',
    'cursor',
    'allowDiskUse',
    'bypassDocumentValidation',
    'collation',
    'hint',
    'let',
  ],
  transactional: true,
  async run(call) {
    refuseCollation(call.body);
    const name = call.body['aggregate'];
    if (typeof name !== 'string') {
      throw new CommandError(73, 'InvalidNamespace', 'Only a collection can be aggregated.');
    }
    const namespace = namespaceIn(call.database, name);
    const stages = need('pipeline', readDocs(call.body, 'pipeline'));
    const cursor = need('cursor', readDoc(call.body, 'cursor'));
    refuseUnknown('aggregate.cursor', cursor, CURSOR_FIELDS);
    const variables = readVariables(call);
    const { view, release } = openView(call);
    try {
      const { filter, sort, limit, rest } = leadingMatch(stages);
      const query: Query = { filter, sort, limit, hint: readHint(call.body), variables };
      const run = compilePipeline(rest, {
        now: call.now,
        variables,
        read: (other) => docs(call, view, other, { filter: {}, variables }, 'all'),
        find: (other, filtered) => docs(call, view, other, { filter: filtered, variables }, 'all'),
      });
      const counted = countAll(call, view, name, query, rest);
      const source = encoded(counted ?? run(docs(call, view, name, query, neededByStages(rest))));
      const size = readCount(cursor, 'batchSize');
      return await replyWithCursor(call, namespace, source, release, FIRST_BATCH, false, size);
    } catch (error) {
      release();
      throw error;
    }
  },
};

/** What a pipeline that only counts comes to, when the keys of an index tell it. */
function countAll(
  call: Call,
  view: View,
  name: string,
  query: Query,
  rest: readonly Doc[],
): readonly Doc[] | undefined {
  const tally = tallyIn(rest);
  const collection = call.engine.catalog.find(namespaceIn(call.database, name));
  if (!tally || !collection) return undefined;
  const counted = countByKeys(view, collection, query);
  if (counted === undefined) return undefined;
  const sum = Math.min(counted, query.limit ?? Number.POSITIVE_INFINITY);
  return sum === 0 ? [] : [{ _id: tally.id, [tally.field]: sum }];
}

function* docs(call: Call, view: View, name: string, query: Query, needed: Needed): Generator<Doc> {
  const collection = call.engine.catalog.find(namespaceIn(call.database, name));
  if (!collection) return;
  const limit = query.limit ?? Number.POSITIVE_INFINITY;
  const counted = isNothing(needed) ? countByKeys(view, collection, query) : undefined;
  for (let at = 0; counted !== undefined && at < Math.min(limit, counted); at += 1) yield {};
  if (counted !== undefined) return;
  let taken = 0;
  for (const document of found(search(view, collection, query))) {
    if (taken >= limit) return;
    taken += 1;
    yield document.read(needed);
  }
}

function* found(documents: Iterable<StoredDocument | undefined>): Generator<StoredDocument> {
  for (const document of documents) if (document) yield document;
}

function* encoded(documents: Iterable<Doc>): Generator<Uint8Array, void, undefined> {
  for (const document of documents) yield encode(document);
}
