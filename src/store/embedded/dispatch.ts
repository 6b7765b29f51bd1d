import { readCall, type Call } from './call.js';
import { commands } from './commands/table.js';
import type { Engine } from './engine.js';
import { CommandError } from './query/command-error.js';
import { HeldByTransaction, writeConflict } from './refusal.js';
import { encodeError, encodeReply, type Reply } from './reply.js';
import type { Answer } from './server.js';

/** A command: the fields it knows, and what it does. */
export type Command = {
  /** Fields beside those of every command; a field outside both is refused. */
  fields: readonly string[] | 'any';
  /** Whether it may be part of a transaction. */
  transactional?: boolean;
  run(call: Call): Reply | Promise<Reply>;
};

// What any command may carry. These say how to route, to wait or to remark: nothing is lost by
// leaving them aside, since one server has everything and always writes to disk. Of the read concerns
// only `snapshot` means anything here (`openView`).
const COMMON_FIELDS: ReadonlySet<string> = new Set([
  'lsid',
  '$clusterTime',
  '$db',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'txnNumber',
  'autocommit',
  'startTransaction',
]);

/** Makes the function that answers every request with BSON. */
export function createAnswer(engine: Engine): Answer {
  return async (request, peer) => {
    try {
      const call = readCall(engine, request, peer);
      return encodeReply(await carryOut(call));
    } catch (error) {
      return encodeError(error instanceof HeldByTransaction ? writeConflict() : error);
    }
  };
}

async function carryOut(call: Call): Promise<Reply> {
  const command = commands.get(call.name);
  if (!command) {
    throw new CommandError(
      59,
      'CommandNotFound',
      `The embedded store, a MongoDB-compatible subset, has no command ${call.name}.`,
    );
  }
  try {
    refuseUnknownFields(call, command);
    if (call.transaction && !command.transactional) {
      throw new CommandError(
        263,
        'OperationNotSupportedInTransaction',
        `${call.name} cannot be part of a transaction.`,
      );
    }
    return await command.run(call);
  } catch (error) {
    // As in MongoDB, whatever goes wrong in a transaction ends it.
    if (call.transaction) call.engine.sessions.end(call.transaction.attempt.session);
    throw error;
  }
}

function refuseUnknownFields(call: Call, command: Command): void {
  if (command.fields === 'any') return;
  const names = Object.keys(call.body);
  for (const name of names.slice(1)) {
    if (COMMON_FIELDS.has(name) || command.fields.includes(name)) continue;
    throw new CommandError(
      40415,
      'Location40415',
      `The embedded store does not know the field ${call.name}.${name}.`,
    );
  }
}
