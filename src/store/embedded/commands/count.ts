import { namespaceOf, openView, type Call } from '../call.js';
import type { Command } from '../dispatch.js';
import { readCount, readNumber, refuseCollation } from '../fields.js';
import { done } from '../reply.js';
import { countByKeys } from '../count-by-keys.js';
import { search, type Query } from '../search.js';
import type { StoredDocument, View } from '../views.js';
import { readQuery } from './find.js';

/** `count`: how many match; without a filter, what the catalog knows. */
export const count: Command = {
  fields: ['query', 'limit', 'skip', 'hint', 'collation'],
  transactional: true,
  async run(call) {
    refuseCollation(call.body);
    const query = readQuery(call, undefined, 'query');
    const skip = readCount(call.body, 'skip') ?? 0;
    const limit = Math.abs(readNumber(call.body, 'limit') ?? 0) || Number.POSITIVE_INFINITY;
    const total = await countMatches(call, query, skip + limit);
    return done({ n: Math.min(limit, Math.max(0, total - skip)) });
  },
};

async function countMatches(call: Call, query: Query, enough: number): Promise<number> {
  const collection = call.engine.catalog.find(namespaceOf(call));
  if (!collection) return 0;
  if (Object.keys(query.filter).length === 0 && !call.transaction) return collection.count;
  const counted = withView(call, (view) => countByKeys(view, collection, query));
  if (counted !== undefined) return counted;
  let found = 0;
  await forEachFound(call, query, () => {
    found += 1;
    return found < enough;
  });
  return found;
}

function withView<T>(call: Call, read: (view: View) => T): T {
  const { view, release } = openView(call);
  try {
    return read(view);
  } finally {
    release();
  }
}

/** Walks through everything that a query finds, pausing now and then; `take` says whether to go on. */
export async function forEachFound(
  call: Call,
  query: Query,
  take: (document: StoredDocument) => boolean,
): Promise<void> {
  const collection = call.engine.catalog.find(namespaceOf(call));
  if (!collection) return;
  const pace = call.pace();
  const { view, release } = openView(call);
  try {
    for (const document of search(view, collection, query)) {
      if (document && !take(document)) return;
      if (pace.due()) await pace.pause();
    }
  } finally {
    release();
  }
}
