import { namespaceOf, openView, ownerOf, type Call } from '../call.js';
import { createCursor, type Source } from '../cursors.js';
import type { Command } from '../dispatch.js';
import { readBoolean, readCount, readDoc, readNumber, refuseCollation } from '../fields.js';
import { CommandError, typeMismatch } from '../query/command-error.js';
import { pickFields } from '../query/bson-fields.js';
import { compileFilter } from '../query/filter.js';
import { neededByProjection, wholeFields } from '../query/needed-fields.js';
import { compileProjection } from '../query/projection.js';
import { encode, isDoc, type Doc } from '../query/values.js';
import type { Reply } from '../reply.js';
import { search, type Query } from '../search.js';
import type { StoredDocument } from '../views.js';
import { readVariables } from './variables.js';

const FIRST_BATCH = 101;

/** `find`: documents of a collection, in batches. */
export const find: Command = {
  fields: [
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'allowDiskUse',
    'allowPartialResults',
    'noCursorTimeout',
    'collation',
    'let',
  ],
  transactional: true,
  async run(call) {
    refuseCollation(call.body);
    const namespace = namespaceOf(call);
    const skip = readCount(call.body, 'skip') ?? 0;
    // A negative limit is the old way to ask for one batch only.
    const asked = readNumber(call.body, 'limit') ?? 0;
    const limit = asked === 0 ? Number.POSITIVE_INFINITY : Math.abs(asked);
    const query = readQuery(call, Number.isFinite(limit) ? skip + limit : undefined);
    const projection = readDoc(call.body, 'projection');
    const toBytes = readProjection(projection, query);
    const collection = call.engine.catalog.find(namespace);
    // A fault in the filter is a fault even when there is nothing to look through.
    if (!collection) compileFilter(query.filter, query.variables);
    const { view, release, at } = openView(call);
    const found = collection ? search(view, collection, query) : [][Symbol.iterator]();
    const source = cut(found, skip, limit, toBytes);
    const single = asked < 0 || readBoolean(call.body, 'singleBatch') === true;
    const reply = await replyWithCursor(call, namespace, source, release, FIRST_BATCH, single);
    return reply.type === 'cursor' && at ? { ...reply, at } : reply;
  },
};

function readProjection(
  projection: Doc | undefined,
  { filter, variables }: Query,
): (document: StoredDocument) => Uint8Array {
  if (!projection || Object.keys(projection).length === 0) return (document) => document.bytes;
  const project = compileProjection(projection, filter, variables);
  const whole = wholeFields(projection);
  if (whole) return (document) => pickFields(document.bytes, whole);
  const needed = neededByProjection(projection, filter);
  return (document) => encode(project(document.read(needed)));
}

/** Reads filter, sort and hint, wherever a command has them. */
export function readQuery(call: Call, limit: number | undefined, filterName = 'filter'): Query {
  return {
    filter: readDoc(call.body, filterName) ?? {},
    sort: readDoc(call.body, 'sort'),
    hint: readHint(call.body),
    limit,
    variables: readVariables(call),
  };
}

/** Reads a hint: the name or the key of an index. */
export function readHint(doc: Doc): string | Doc | undefined {
  const hint = doc['hint'];
  if (hint === undefined || hint === null || typeof hint === 'string') return hint ?? undefined;
  if (isDoc(hint)) return Object.keys(hint).length > 0 ? hint : undefined;
  throw typeMismatch('A hint is the name or the key of an index.');
}

function* cut(
  found: Iterator<StoredDocument | undefined>,
  skip: number,
  limit: number,
  toBytes: (document: StoredDocument) => Uint8Array,
): Generator<Uint8Array | undefined, void, undefined> {
  let passed = 0;
  try {
    for (let next = found.next(); next.done !== true; next = found.next()) {
      const document = next.value;
      if (!document) {
        yield undefined;
        continue;
      }
      passed += 1;
      if (passed > skip) yield toBytes(document);
      if (passed >= skip + limit) return;
    }
  } finally {
    found.return?.();
  }
}

/** Answers with the first batch of a source, and keeps a cursor when there is more. */
export async function replyWithCursor(
  call: Call,
  namespace: string,
  source: Source,
  release: () => void,
  usualSize: number,
  single: boolean,
  batchSize: number | undefined = readCount(call.body, 'batchSize'),
): Promise<Reply> {
  const cursor = createCursor(namespace, ownerOf(call), source, release);
  const size = single ? Number.POSITIVE_INFINITY : (batchSize ?? usualSize);
  const { documents, done } = await cursor.batch(size, call.pace());
  if (single && !done) {
    cursor.close();
    throw new CommandError(10334, 'BSONObjectTooLarge', 'The result does not fit one batch.');
  }
  const { cursors } = call.engine;
  const id = done ? 0n : cursors.keep(cursor);
  // It reads the frozen state of its transaction, so it ends with it.
  if (!done) void call.transaction?.ended.then(() => cursors.kill(id));
  return { type: 'cursor', batch: 'firstBatch', id, namespace, documents };
}
