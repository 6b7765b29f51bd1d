import { namespaceOf, type Call } from '../call.js';
import type { Command } from '../dispatch.js';
import {
  need,
  readBoolean,
  readDoc,
  readNumber,
  refuseCollation,
  refuseUnknown,
} from '../fields.js';
import { CommandError } from '../query/command-error.js';
import type { Doc } from '../query/values.js';
import { searchAll, type Query } from '../search.js';
import type { Writer } from '../writing.js';
import { readHint } from './find.js';
import { forEachMatch } from './many.js';
import { runInTurn } from './update.js';
import { readVariables } from './variables.js';
import { replyToWrites } from './write-reply.js';

const STATEMENT_FIELDS: ReadonlySet<string> = new Set(['q', 'limit', 'hint', 'collation']);

/** `delete`: the first or every match of each statement. */
export const remove: Command = {
  fields: ['deletes', 'ordered', 'let'],
  transactional: true,
  async run(call) {
    const namespace = namespaceOf(call);
    const ordered = readBoolean(call.body, 'ordered') ?? true;
    const parts = call.documents('deletes');
    if (parts.length === 0) throw new CommandError(16, 'InvalidLength', 'There is nothing to do.');
    for (const part of parts) refuseUnknown('delete.deletes', part, STATEMENT_FIELDS);
    const outcomes = await runInTurn(
      call,
      parts,
      ordered,
      (part) => need('limit', readNumber(part, 'limit')) === 0,
      (part) => {
        const query = readDeletion(call, part);
        return (writer) => ({ n: deleteOne(writer, namespace, query) ? 1 : 0 });
      },
      async (part) => ({ n: await deleteMany(call, namespace, readDeletion(call, part)) }),
    );
    return replyToWrites(outcomes, ['n']);
  },
};

/** Deletes the first match; returns whether there was one. */
export function deleteOne(writer: Writer, namespace: string, query: Query): boolean {
  const collection = writer.find(namespace);
  const found = collection && searchAll(writer.view, collection, query)[0];
  if (!collection || !found) return false;
  writer.write({ collection, key: found.key, before: found, after: undefined });
  return true;
}

/** Deletes every match; returns how many. */
export function deleteMany(call: Call, namespace: string, query: Query): Promise<number> {
  return forEachMatch(call, namespace, query, (writer, collection, document) => {
    writer.write({ collection, key: document.key, before: document, after: undefined });
  });
}

function readDeletion(call: Call, part: Doc): Query {
  refuseCollation(part);
  const filter = readDoc(part, 'q') ?? {};
  return { filter, hint: readHint(part), limit: 1, variables: readVariables(call) };
}
