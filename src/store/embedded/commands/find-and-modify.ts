import { namespaceOf, type Call } from '../call.js';
import type { Command } from '../dispatch.js';
import { readBoolean, readDoc, refuseCollation } from '../fields.js';
import { failedToParse } from '../query/command-error.js';
import { compileProjection } from '../query/projection.js';
import type { Doc } from '../query/values.js';
import { done } from '../reply.js';
import { searchAll } from '../search.js';
import { keepResult, prepareCollection, readKept, runWrite, type Writer } from '../writing.js';
import { readQuery } from './find.js';
import { modifyOne, readModification } from './modify.js';

/** `findAndModify`: changes or deletes one document and answers with it. */
export const findAndModify: Command = {
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'arrayFilters',
    'hint',
    'collation',
    'let',
    'bypassDocumentValidation',
  ],
  transactional: true,
  async run(call) {
    const namespace = namespaceOf(call);
    const deletes = readBoolean(call.body, 'remove') ?? false;
    if (deletes === (call.body['update'] !== undefined)) {
      throw failedToParse('findAndModify needs either an update or remove: true.');
    }
    if (readBoolean(call.body, 'upsert') === true) await prepareCollection(call, namespace);
    const work = deletes ? readRemoval(call, namespace) : readChange(call, namespace);
    const result = await runWrite(call, (writer) => {
      const { attempt, engine, transaction } = call;
      if (!attempt || transaction) return work(writer);
      const kept = readKept(engine, attempt).get(0);
      if (kept) return kept;
      const made = work(writer);
      keepResult(engine, attempt, made, call.now);
      return made;
    });
    return done(result);
  },
};

function readRemoval(call: Call, namespace: string): (writer: Writer) => Doc {
  refuseCollation(call.body);
  const query = readQuery(call, 1, 'query');
  const project = compileProjection(readDoc(call.body, 'fields'), query.filter, query.variables);
  if (readBoolean(call.body, 'new') === true) {
    throw failedToParse('A document that is removed has no new state.');
  }
  return (writer) => {
    const collection = writer.find(namespace);
    const found = collection && searchAll(writer.view, collection, query)[0];
    if (!collection || !found) return { lastErrorObject: { n: 0 }, value: null };
    writer.write({ collection, key: found.key, before: found, after: undefined });
    return { lastErrorObject: { n: 1 }, value: project(found.doc) };
  };
}

function readChange(call: Call, namespace: string): (writer: Writer) => Doc {
  const modification = readModification(call, namespace, call.body, 'query', 'update');
  const { filter, variables } = modification.query;
  const project = compileProjection(readDoc(call.body, 'fields'), filter, variables);
  const wantsNew = readBoolean(call.body, 'new') ?? false;
  return (writer) => {
    const { before, after } = modifyOne(writer, modification);
    const shown = wantsNew ? after : before;
    const value = shown ? project(shown.doc) : null;
    if (!after) return { lastErrorObject: { n: 0, updatedExisting: false }, value };
    if (before) return { lastErrorObject: { n: 1, updatedExisting: true }, value };
    const upserted = after.doc['_id'] ?? null;
    return { lastErrorObject: { n: 1, updatedExisting: false, upserted }, value };
  };
}
