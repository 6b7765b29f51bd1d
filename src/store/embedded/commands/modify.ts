import type { Call } from '../call.js';
import { readBoolean, readDoc, readDocs, refuseCollation } from '../fields.js';
import { CommandError, failedToParse } from '../query/command-error.js';
import { compileUpdate, type Update } from '../query/update.js';
import { isDoc, type Doc, type Value } from '../query/values.js';
import { sameBytes } from '../bytes.js';
import { searchAll, type Query } from '../search.js';
import type { Collection } from '../catalog.js';
import type { StoredDocument } from '../views.js';
import type { Writer } from '../writing.js';
import { readHint } from './find.js';
import { insertOne, toStored } from './insert.js';
import { readVariables } from './variables.js';

/** What an update command or a statement of it asks for. */
export type Modification = {
  namespace: string;
  query: Query;
  upsert: boolean;
  /** Compiled when first needed, so that a fault is told of the statement that has it. */
  update(): Update;
};

/** What became of one document. */
export type Modified = {
  before: StoredDocument | undefined;
  after: StoredDocument | undefined;
  changed: boolean;
};

/** Reads the parts that `update` statements and `findAndModify` share. */
export function readModification(
  call: Call,
  namespace: string,
  part: Doc,
  filterName: 'q' | 'query',
  updateName: 'u' | 'update',
): Modification {
  refuseCollation(part);
  const filter = readDoc(part, filterName) ?? {};
  const variables = readVariables(call);
  const change = readUpdate(part[updateName]);
  const arrayFilters = readDocs(part, 'arrayFilters');
  let compiled: Update | undefined;
  return {
    namespace,
    query: { filter, sort: readDoc(part, 'sort'), hint: readHint(part), limit: 1, variables },
    upsert: readBoolean(part, 'upsert') ?? false,
    update() {
      compiled ??= compileUpdate(change, {
        filter,
        variables,
        ...(arrayFilters ? { arrayFilters } : {}),
      });
      return compiled;
    },
  };
}

/** Changes the first document that matches, or inserts one when asked to. */
export function modifyOne(writer: Writer, modification: Modification): Modified {
  const { namespace, query } = modification;
  const update = modification.update();
  const collection = writer.find(namespace);
  const found = collection && searchAll(writer.view, collection, query)[0];
  if (collection && found) return modifyFound(writer, collection, found, update);
  if (!modification.upsert) return { before: undefined, after: undefined, changed: false };
  const after = toStored(update.upsert());
  insertOne(writer, namespace, after);
  return { before: undefined, after, changed: true };
}

/** Changes a document that was found; writes nothing when nothing would change. */
export function modifyFound(
  writer: Writer,
  collection: Collection,
  found: StoredDocument,
  update: Update,
): Modified {
  const known = found.read(update.needed);
  const doc = update.apply(known);
  if (doc === known && update.needed === 'all') {
    return { before: found, after: found, changed: false };
  }
  const after = toStored(doc);
  if (sameBytes(after.bytes, found.bytes)) return { before: found, after: found, changed: false };
  if (!sameBytes(after.key, found.key)) {
    throw new CommandError(66, 'ImmutableField', 'The _id of a document cannot be changed.');
  }
  writer.write({ collection, key: found.key, before: found, after });
  return { before: found, after, changed: true };
}

function readUpdate(value: Value | undefined): Doc | Doc[] {
  if (isDoc(value)) return value;
  if (Array.isArray(value) && value.every((stage) => isDoc(stage))) return value.filter(isDoc);
  throw failedToParse('An update is a document or an array of stages.');
}
