import { namespaceOf } from '../call.js';
import { describeIndex, type Collection, type Index } from '../catalog.js';
import type { Command } from '../dispatch.js';
import {
  need,
  readBoolean,
  readCount,
  readDoc,
  readDocs,
  readString,
  refuseCollation,
} from '../fields.js';
import { buildIndexes } from '../index-builds.js';
import { CommandError } from '../query/command-error.js';
import { compileIndex, type IndexSpec } from '../query/keys.js';
import { encode, isDoc, type Doc, type Value } from '../query/values.js';
import { done } from '../reply.js';
import { missing, replyWithList, sameShape } from './collections.js';

const SPEC_FIELDS: ReadonlySet<string> = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'hidden',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  // Every index is built in the background here, and in the second version.
  'background',
  'v',
  'ns',
]);

/** `createIndexes`: builds what is not there yet. */
export const createIndexes: Command = {
  fields: ['indexes', 'commitQuorum'],
  async run(call) {
    const namespace = namespaceOf(call);
    const specs = need('indexes', readDocs(call.body, 'indexes')).map(readWanted);
    const { catalog, commits } = call.engine;
    const existed = catalog.find(namespace) !== undefined;
    if (!existed) await commits.run(() => catalog.find(namespace) ?? catalog.add(namespace, {}));
    const before = (catalog.find(namespace)?.indexes.length ?? 0) + 1;
    const wanted = specs.filter(({ key }) => !isIdKey(key));
    const made = await buildIndexes(call.engine, namespace, wanted, isThere);
    const reply: Doc = {
      numIndexesBefore: before,
      numIndexesAfter: before + made,
      createdCollectionAutomatically: !existed,
    };
    if (made === 0) reply['note'] = 'all indexes already exist';
    return done(reply);
  },
};

/** `listIndexes`: the one on `_id` first. */
export const listIndexes: Command = {
  fields: ['cursor'],
  run(call) {
    const namespace = namespaceOf(call);
    const collection = call.engine.catalog.find(namespace);
    if (!collection) throw missing(namespace);
    const id: Doc = { v: 2, key: { _id: 1 }, name: '_id_' };
    const list = [id, ...collection.indexes.filter(({ ready }) => ready).map(describeIndex)];
    return replyWithList(call, namespace, list);
  },
};

/** `dropIndexes`: by name, by key, several, or all but the one on `_id`. */
export const dropIndexes: Command = {
  fields: ['index'],
  async run(call) {
    const namespace = namespaceOf(call);
    const { catalog, commits } = call.engine;
    const before = await commits.run(() => {
      const collection = catalog.find(namespace);
      if (!collection) throw missing(namespace);
      const count = collection.indexes.length + 1;
      for (const index of named(collection, call.body['index'])) {
        catalog.removeIndex(collection, index);
      }
      return count;
    });
    return done({ nIndexesWas: before });
  },
};

function named(collection: Collection, wanted: Value | undefined): Index[] {
  if (wanted === '*') return collection.indexes;
  const list = Array.isArray(wanted) ? wanted : [wanted];
  return list.map((name) => {
    if (name === '_id_' || (isDoc(name) && isIdKey(name))) {
      throw new CommandError(72, 'InvalidOptions', 'The index on _id cannot be dropped.');
    }
    const found = collection.indexes.find(
      (index) => index.name === name || (isDoc(name) && sameShape(index.key, name)),
    );
    if (found) return found;
    throw new CommandError(
      27,
      'IndexNotFound',
      `There is no such index on ${collection.namespace}.`,
    );
  });
}

function readWanted(doc: Doc): IndexSpec {
  refuseCollation(doc);
  for (const name of Object.keys(doc)) {
    if (SPEC_FIELDS.has(name)) continue;
    throw new CommandError(
      197,
      'InvalidIndexSpecificationOption',
      `The embedded store does not know the index option ${name}.`,
    );
  }
  const spec: IndexSpec = {
    name: need('name', readString(doc, 'name')),
    key: need('key', readDoc(doc, 'key')),
  };
  if (readBoolean(doc, 'unique')) spec.unique = true;
  if (readBoolean(doc, 'sparse')) spec.sparse = true;
  if (readBoolean(doc, 'hidden')) spec.hidden = true;
  const partial = readDoc(doc, 'partialFilterExpression');
  if (partial) spec.partialFilterExpression = partial;
  const seconds = readCount(doc, 'expireAfterSeconds');
  if (seconds !== undefined) spec.expireAfterSeconds = seconds;
  if (spec.name === '' || spec.name === '_id_') {
    throw new CommandError(67, 'CannotCreateIndex', 'This name is not free for an index.');
  }
  if (seconds !== undefined && Object.keys(spec.key).length !== 1) {
    throw new CommandError(67, 'CannotCreateIndex', 'Documents expire by an index of one field.');
  }
  compileIndex(spec);
  return spec;
}

// The same index again is no fault; the same name or key with other options is.
function isThere(indexes: readonly IndexSpec[], spec: IndexSpec): boolean {
  const wanted = encode(describeIndex(spec));
  for (const index of indexes) {
    if (Buffer.compare(encode(describeIndex(index)), wanted) === 0) return true;
    if (index.name === spec.name) {
      throw new CommandError(
        86,
        'IndexKeySpecsConflict',
        `An index named ${spec.name} exists already with another key or other options.`,
      );
    }
    const sameFilter =
      Buffer.compare(
        encode(index.partialFilterExpression ?? {}),
        encode(spec.partialFilterExpression ?? {}),
      ) === 0;
    if (sameShape(index.key, spec.key) && sameFilter) {
      throw new CommandError(
        85,
        'IndexOptionsConflict',
        `The index ${index.name} exists already on the same key with other options or name.`,
      );
    }
  }
  return false;
}

function isIdKey(key: Doc): boolean {
  return sameShape(key, { _id: 1 });
}
