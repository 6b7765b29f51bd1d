import { namespaceOf, type Call } from '../call.js';
import type { Command } from '../dispatch.js';
import { readBoolean, refuseUnknown } from '../fields.js';
import { badValue, CommandError } from '../query/command-error.js';
import type { Doc } from '../query/values.js';
import {
  endsTransaction,
  prepareCollection,
  runStatements,
  runWrite,
  type Outcome,
} from '../writing.js';
import { forEachMatch } from './many.js';
import { modifyFound, modifyOne, readModification, type Modification } from './modify.js';
import { replyToWrites } from './write-reply.js';

const STATEMENT_FIELDS: ReadonlySet<string> = new Set([
  'q',
  'u',
  'multi',
  'upsert',
  'arrayFilters',
  'hint',
  'collation',
  'sort',
]);

/** `update`: changes the first or every match of each statement, or inserts what is missing. */
export const update: Command = {
  fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let'],
  transactional: true,
  async run(call) {
    const namespace = namespaceOf(call);
    const ordered = readBoolean(call.body, 'ordered') ?? true;
    const parts = call.documents('updates');
    if (parts.length === 0) throw new CommandError(16, 'InvalidLength', 'There is nothing to do.');
    for (const part of parts) refuseUnknown('update.updates', part, STATEMENT_FIELDS);
    if (parts.some((part) => readBoolean(part, 'upsert') === true)) {
      await prepareCollection(call, namespace);
    }
    const outcomes = await runInTurn(
      call,
      parts,
      ordered,
      (part) => readBoolean(part, 'multi') === true,
      (part) => {
        const modification = readModification(call, namespace, part, 'q', 'u');
        return (writer) => describe(modifyOne(writer, modification));
      },
      (part) => updateMany(call, readModification(call, namespace, part, 'q', 'u')),
    );
    return replyToWrites(outcomes, ['n', 'nModified']);
  },
};

function describe({ before, after, changed }: ReturnType<typeof modifyOne>): Doc {
  if (!after) return { n: 0, nModified: 0 };
  if (!before) return { n: 1, nModified: 0, upserted: after.doc['_id'] ?? null };
  return { n: 1, nModified: changed ? 1 : 0 };
}

async function updateMany(call: Call, modification: Modification): Promise<Doc> {
  const { namespace, query } = modification;
  if (query.sort) throw badValue('A sort makes no sense when every match is changed.');
  const compiled = modification.update();
  if (compiled.isReplacement) {
    throw new CommandError(9, 'FailedToParse', 'Only operators can change more than one document.');
  }
  let modified = 0;
  const matched = await forEachMatch(call, namespace, query, (writer, collection, document) => {
    if (modifyFound(writer, collection, document, compiled).changed) modified += 1;
  });
  if (matched > 0 || !modification.upsert) return { n: matched, nModified: modified };
  return describe(await runWrite(call, (writer) => modifyOne(writer, modification)));
}

/**
 * Carries out statements in order: neighbours that concern one document share a commit, those that
 * concern many are worked through one by one.
 */
export async function runInTurn(
  call: Call,
  parts: readonly Doc[],
  ordered: boolean,
  concernsMany: (part: Doc) => boolean,
  one: (part: Doc) => Parameters<typeof runStatements>[1][number],
  many: (part: Doc) => Promise<Doc>,
): Promise<Outcome[]> {
  if (call.attempt && !call.transaction && parts.some(concernsMany)) {
    throw new CommandError(
      72,
      'InvalidOptions',
      'A write of every match cannot be repeated safely: it takes no transaction number.',
    );
  }
  if (!parts.some(concernsMany)) return runStatements(call, parts.map(deferred(one)), ordered);
  const outcomes: Outcome[] = [];
  for (const part of parts) {
    const [outcome] = concernsMany(part)
      ? [await attempt(() => many(part))]
      : await runStatements(call, [deferred(one)(part)], ordered);
    if (outcome) outcomes.push(outcome);
    if (outcome?.type !== 'refused') continue;
    const { transaction, engine } = call;
    if (transaction) {
      if (endsTransaction(outcome.error)) throw outcome.error;
      engine.sessions.end(transaction.attempt.session);
      break;
    }
    if (ordered) break;
  }
  return outcomes;
}

// What a statement says is read inside it, so that a fault is told of that statement alone.
function deferred(one: (part: Doc) => Parameters<typeof runStatements>[1][number]) {
  return (part: Doc): Parameters<typeof runStatements>[1][number] => {
    let statement: ReturnType<typeof one> | undefined;
    return (writer) => {
      statement ??= one(part);
      return statement(writer);
    };
  };
}

async function attempt(run: () => Promise<Doc>): Promise<Outcome> {
  try {
    return { type: 'written', result: await run() };
  } catch (error) {
    if (error instanceof CommandError) return { type: 'refused', error };
    throw error;
  }
}
