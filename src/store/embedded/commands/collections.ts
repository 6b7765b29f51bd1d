import { Binary } from 'bson';
import { createHash } from 'node:crypto';
import { namespaceIn, namespaceOf, type Call } from '../call.js';
import { databaseOf, type Collection } from '../catalog.js';
import { createCursor } from '../cursors.js';
import type { Command } from '../dispatch.js';
import {
  readBoolean,
  readCount,
  readDoc,
  readNumber,
  readString,
  refuseCollation,
} from '../fields.js';
import { badValue, CommandError } from '../query/command-error.js';
import { compileFilter } from '../query/filter.js';
import { encode, isDoc, type Doc } from '../query/values.js';
import { done, type Reply } from '../reply.js';

/** `create`: an empty collection; a plain one is all there is. */
export const create: Command = {
  fields: ['collation', 'capped', 'autoIndexId', 'validationLevel', 'validationAction'],
  async run(call) {
    refuseCollation(call.body);
    if (readBoolean(call.body, 'capped') === true) {
      throw new CommandError(72, 'InvalidOptions', 'The embedded store has no capped collections.');
    }
    const namespace = namespaceOf(call);
    const { catalog, commits } = call.engine;
    await commits.run(() => {
      if (catalog.find(namespace)) {
        throw new CommandError(
          48,
          'NamespaceExists',
          `The collection ${namespace} exists already.`,
        );
      }
      return catalog.add(namespace, {});
    });
    return done();
  },
};

/** `drop`: a collection with its indexes. */
export const drop: Command = {
  fields: [],
  async run(call) {
    const namespace = namespaceOf(call);
    const { catalog, commits } = call.engine;
    const indexes = await commits.run(() => {
      const collection = catalog.find(namespace);
      if (collection) catalog.remove(collection);
      return collection && collection.indexes.length + 1;
    });
    return done(indexes === undefined ? {} : { ns: namespace, nIndexesWas: indexes });
  },
};

/** `dropDatabase`: all its collections. */
export const dropDatabase: Command = {
  fields: [],
  async run(call) {
    const { catalog, commits } = call.engine;
    await commits.run(() => {
      for (const collection of inDatabase(call)) catalog.remove(collection);
    });
    return done({ dropped: call.database });
  },
};

/** `renameCollection`: within the store, never over another unless told to drop it. */
export const renameCollection: Command = {
  fields: ['to', 'dropTarget'],
  async run(call) {
    const from = readString(call.body, 'renameCollection') ?? '';
    const to = readString(call.body, 'to') ?? '';
    if (!to.includes('.')) {
      throw new CommandError(73, 'InvalidNamespace', `${to} names no database.`);
    }
    namespaceIn(databaseOf(to), to.slice(to.indexOf('.') + 1));
    const { catalog, commits } = call.engine;
    await commits.run(() => {
      const collection = catalog.find(from);
      if (!collection) throw missing(from);
      const target = catalog.find(to);
      if (target && readBoolean(call.body, 'dropTarget') !== true) {
        throw new CommandError(48, 'NamespaceExists', `The collection ${to} exists already.`);
      }
      if (target) catalog.remove(target);
      collection.namespace = to;
      catalog.save(collection);
    });
    return done();
  },
};

/** `listCollections`: what there is in a database. */
export const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run(call) {
    const matches = compileFilter(readDoc(call.body, 'filter') ?? {});
    const nameOnly = readBoolean(call.body, 'nameOnly') === true;
    const shown = inDatabase(call).map((collection) => describe(collection, nameOnly));
    return replyWithList(call, `${call.database}.$cmd.listCollections`, shown.filter(matches));
  },
};

/** `listDatabases`: every database with a collection. */
export const listDatabases: Command = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  run(call) {
    const { catalog, storage } = call.engine;
    const nameOnly = readBoolean(call.body, 'nameOnly') === true;
    const matches = compileFilter(readDoc(call.body, 'filter') ?? {});
    const databases = catalog.databases().map((name): Doc => {
      if (nameOnly) return { name };
      const sizeOnDisk = sumOf(
        catalog.all().filter(({ namespace }) => databaseOf(namespace) === name),
      );
      return { name, sizeOnDisk, empty: sizeOnDisk === 0 };
    });
    const shown = databases.filter(matches);
    return done(nameOnly ? { databases: shown } : { databases: shown, totalSize: storage.size() });
  },
};

/** `dbStats`: counts and sizes of a database. */
export const dbStats: Command = {
  fields: ['scale', 'freeStorage'],
  run(call) {
    const scale = readNumber(call.body, 'scale') ?? 1;
    const collections = inDatabase(call);
    const objects = collections.reduce((sum, { count }) => sum + count, 0);
    return done({
      db: call.database,
      collections: collections.length,
      views: 0,
      objects,
      avgObjSize: objects > 0 ? sumOf(collections) / objects : 0,
      dataSize: sumOf(collections) / scale,
      indexes: collections.reduce((sum, { indexes }) => sum + indexes.length + 1, 0),
      totalSize: call.engine.storage.size() / scale,
      scaleFactor: scale,
    });
  },
};

/** `collStats`: count and size of a collection. */
export const collStats: Command = {
  fields: ['scale'],
  run(call) {
    const namespace = namespaceOf(call);
    const scale = readNumber(call.body, 'scale') ?? 1;
    const collection = call.engine.catalog.find(namespace);
    const count = collection?.count ?? 0;
    const size = collection?.bytes ?? 0;
    return done({
      ns: namespace,
      count,
      size: size / scale,
      avgObjSize: count > 0 ? size / count : 0,
      nindexes: collection ? collection.indexes.length + 1 : 0,
      capped: false,
      scaleFactor: scale,
    });
  },
};

/** `collMod`: the lifetime and the visibility of an index. */
export const collMod: Command = {
  fields: ['index'],
  async run(call) {
    const namespace = namespaceOf(call);
    const change = readDoc(call.body, 'index');
    const { catalog, commits } = call.engine;
    return commits.run(() => {
      const collection = catalog.find(namespace);
      if (!collection) throw missing(namespace);
      if (!change) return done();
      const index = collection.indexes.find(
        ({ name, key }) =>
          name === change['name'] ||
          (isDoc(change['keyPattern']) && sameShape(key, change['keyPattern'])),
      );
      if (!index) throw new CommandError(27, 'IndexNotFound', 'There is no such index.');
      const reply: Doc = {};
      const seconds = readCount(change, 'expireAfterSeconds');
      if (seconds !== undefined) {
        if (index.expireAfterSeconds !== undefined) {
          reply['expireAfterSeconds_old'] = index.expireAfterSeconds;
        }
        index.expireAfterSeconds = seconds;
        reply['expireAfterSeconds_new'] = seconds;
      }
      const hidden = readBoolean(change, 'hidden');
      if (hidden !== undefined) {
        reply['hidden_old'] = index.hidden ?? false;
        index.hidden = hidden;
        reply['hidden_new'] = hidden;
      }
      if (Object.keys(reply).length === 0) throw badValue('collMod has nothing to change.');
      catalog.save(collection);
      return done(reply);
    });
  },
};

/** The error for a collection that is not there. */
export function missing(namespace: string): CommandError {
  return new CommandError(26, 'NamespaceNotFound', `The collection ${namespace} does not exist.`);
}

/** Answers with a short list as a cursor. */
export async function replyWithList(call: Call, namespace: string, list: Doc[]): Promise<Reply> {
  const cursor = createCursor(namespace, undefined, list.map(encode)[Symbol.iterator](), () => {
    // Nothing is held for a list in memory.
  });
  const { documents } = await cursor.batch(Number.POSITIVE_INFINITY, call.pace());
  return { type: 'cursor', batch: 'firstBatch', id: 0n, namespace, documents };
}

function inDatabase(call: Call): Collection[] {
  return call.engine.catalog
    .all()
    .filter(({ namespace }) => databaseOf(namespace) === call.database)
    .sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
}

function describe(collection: Collection, nameOnly: boolean): Doc {
  const name = collection.namespace.slice(collection.namespace.indexOf('.') + 1);
  if (nameOnly) return { name, type: 'collection' };
  const uuid = createHash('sha256').update(`collection ${collection.id}`).digest().subarray(0, 16);
  return {
    name,
    type: 'collection',
    options: collection.options,
    info: { readOnly: false, uuid: new Binary(uuid, Binary.SUBTYPE_UUID) },
    idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
  };
}

function sumOf(collections: readonly Collection[]): number {
  return collections.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Whether two index keys name the same fields in the same order and direction. */
export function sameShape(a: Doc, b: Doc): boolean {
  return Buffer.compare(encode(a), encode(b)) === 0;
}
