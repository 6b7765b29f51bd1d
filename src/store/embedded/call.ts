import { Binary, Long, Timestamp } from 'bson';
import { textOf } from './bytes.js';
import type { Engine } from './engine.js';
import { numberOf, readBoolean, readDocs, readNumber, readString } from './fields.js';
import { createPace, type Pace } from './pace.js';
import { CommandError, failedToParse } from './query/command-error.js';
import { createVariables, type Variables } from './query/variables.js';
import { decode, encode, isDoc, type Doc } from './query/values.js';
import type { Attempt } from './replies.js';
import type { Peer } from './server.js';
import type { Transaction } from './transactions.js';
import type { FrozenView } from './snapshots.js';
import { createSnapshotView, type View } from './views.js';
import type { WireRequest } from './wire.js';

/** One command while it is being carried out. */
export type Call = {
  readonly engine: Engine;
  readonly name: string;
  readonly database: string;
  readonly body: Doc;
  readonly peer: Peer;
  /** The client's session and the number of its retryable write or transaction. */
  readonly attempt: Attempt | undefined;
  readonly session: Buffer | undefined;
  /** The open transaction that the command is part of. */
  readonly transaction: Transaction | undefined;
  readonly now: Date;
  readonly deadline: number | undefined;
  /** Documents of a field, sent in the body or beside it. */
  documents(field: string): Doc[];
  /** The same as BSON. */
  rawDocuments(field: string): Uint8Array[];
  pace(): Pace;
  variables(): Variables;
};

/** Reads what all commands have in common; throws a CommandError when it makes no sense. */
export function readCall(engine: Engine, request: WireRequest, peer: Peer): Call {
  const body = readBody(request.body);
  const name = Object.keys(body)[0] ?? '';
  const database = request.database ?? readString(body, '$db');
  if (!database) throw failedToParse('The command names no database.');
  if (database.includes('.') || database.length > 63) {
    throw new CommandError(73, 'InvalidNamespace', `${database} cannot be the name of a database.`);
  }
  const session = readSession(body);
  const attempt = readAttempt(body, session);
  const transactional = readBoolean(body, 'autocommit') === false;
  if (!transactional && (body['autocommit'] ?? body['startTransaction']) !== undefined) {
    throw failedToParse('A transaction is begun and continued with autocommit: false.');
  }
  const limit = readNumber(body, 'maxTimeMS') ?? 0;
  const deadline = limit > 0 ? performance.now() + limit : undefined;
  const now = engine.now();
  return {
    engine,
    name,
    database,
    body,
    peer,
    session,
    attempt,
    transaction: transactional ? openTransaction(engine, name, body, attempt, peer) : undefined,
    now,
    deadline,
    documents(field) {
      const beside = request.sequences.get(field);
      return beside ? beside.map(readBody) : (readDocs(body, field) ?? []);
    },
    rawDocuments(field) {
      return request.sequences.get(field) ?? (readDocs(body, field) ?? []).map(encode);
    },
    pace: () => createPace(deadline, () => peer.gone()),
    variables: () => createVariables(now),
  };
}

/** A view for reading; `at` names the instant of a session's snapshot. */
type LentView = { view: View; release: () => void; at?: Timestamp };

/**
 * Lends a view for reading: the transaction's, the one that the session's snapshot keeps, or a fresh
 * snapshot that is released at the end.
 */
export function openView(call: Call): LentView {
  if (call.transaction) return { view: call.transaction.view, release: () => undefined };
  if (readsSnapshot(call.body)) return { ...openSnapshot(call), release: () => undefined };
  const view = createSnapshotView(call.engine.storage, call.engine.catalog);
  return { view, release: () => view.release() };
}

function openSnapshot({ body, engine, name, session, peer }: Call): FrozenView {
  if (!session) throw failedToParse('A snapshot is read within a session.');
  const at = isDoc(body['readConcern']) ? body['readConcern']['atClusterTime'] : undefined;
  if (at instanceof Timestamp) return engine.snapshots.at(session, at, peer);
  // Only its reply tells the instant, without which the next command would read another one.
  if (name === 'find') return engine.snapshots.begin(session, peer);
  throw new CommandError(246, 'SnapshotUnavailable', 'Here a snapshot begins with find.');
}

/** Whether a command reads the one instant of its session, not the present. */
export function readsSnapshot(body: Doc): boolean {
  const concern = body['readConcern'];
  return isDoc(concern) && concern['level'] === 'snapshot';
}

/** `database.collection` of the collection that the command is about. */
export function namespaceOf(call: Call): string {
  return namespaceIn(call.database, readString(call.body, call.name));
}

/** Joins a database and a collection; throws 73 when the latter cannot be a name. */
export function namespaceIn(database: string, collection: string | undefined): string {
  if (!collection || collection.includes('\0') || collection.startsWith('.')) {
    throw new CommandError(73, 'InvalidNamespace', 'The command names no valid collection.');
  }
  return `${database}.${collection}`;
}

/** The owner of what a call leaves open: its transaction, its session, or nobody. */
export function ownerOf(call: Call): string | undefined {
  return call.session && textOf(call.session);
}

function readBody(bytes: Uint8Array): Doc {
  try {
    return decode(bytes);
  } catch {
    throw new CommandError(22, 'InvalidBSON', 'A document is not valid BSON.');
  }
}

function readSession(body: Doc): Buffer | undefined {
  const lsid = body['lsid'];
  if (lsid === undefined) return undefined;
  const id = isDoc(lsid) ? lsid['id'] : undefined;
  if (!(id instanceof Binary) || id.position !== 16) {
    throw failedToParse('The session is not named by a UUID.');
  }
  return Buffer.from(id.buffer.subarray(0, 16));
}

function readAttempt(body: Doc, session: Buffer | undefined): Attempt | undefined {
  const value = body['txnNumber'];
  if (value === undefined) return undefined;
  if (!session) throw failedToParse('A transaction number needs a session.');
  const number = value instanceof Long ? value.toBigInt() : BigInt(numberOf(value) ?? -1);
  if (number < 0n) throw failedToParse('A transaction number is a whole number.');
  return { session, number };
}

function openTransaction(
  engine: Engine,
  name: string,
  body: Doc,
  attempt: Attempt | undefined,
  peer: Peer,
): Transaction | undefined {
  if (!attempt) throw failedToParse('A transaction needs a number.');
  if (name === 'commitTransaction' || name === 'abortTransaction') return undefined;
  if (readBoolean(body, 'startTransaction') === true) return engine.sessions.begin(attempt, peer);
  return engine.sessions.current(attempt, peer);
}
