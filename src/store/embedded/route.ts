import { Long } from 'bson';
import { readsSnapshot } from './call.js';
import type { Engine } from './engine.js';
import { readCursorId } from './cursors.js';
import { decode, type Doc } from './query/values.js';
import type { Reader } from './reader.js';
import type { Answer } from './server.js';
import type { WireRequest } from './wire.js';

// Fewer documents than this are worked through faster than another thread is told about them.
const FEW_DOCUMENTS = 1_000;

/**
 * Sends what may take long and cannot be interrupted to the reading thread, with all that follows
 * from it; everything else, and whatever is part of a transaction, is answered here.
 */
export function routeAside(here: Answer, reader: Reader, engine: Engine): Answer {
  return (request, peer) =>
    goesAside(request, engine) ? reader.ask(request.frame) : here(request, peer);
}

function goesAside(request: WireRequest, engine: Engine): boolean {
  switch (commandName(request.body)) {
    case 'aggregate':
      return isLong(request.body, engine);
    case 'getMore':
      return isCursorAside(readBody(request.body)['getMore']);
    case 'killCursors': {
      const ids = readBody(request.body)['cursors'];
      return Array.isArray(ids) && ids.length > 0 && ids.every(isCursorAside);
    }
    default:
      return false;
  }
}

function isLong(bytes: Uint8Array, engine: Engine): boolean {
  const body = readBody(bytes);
  // The snapshots of sessions are kept here.
  if (body['autocommit'] !== undefined || readsSnapshot(body)) return false;
  const name = body['aggregate'];
  const database = body['$db'];
  if (typeof name !== 'string' || typeof database !== 'string') return false;
  // A lookup may read any collection any number of times.
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('$lookup')) return true;
  return (engine.catalog.find(`${database}.${name}`)?.count ?? 0) >= FEW_DOCUMENTS;
}

function isCursorAside(id: Doc[string] | undefined): boolean {
  return id instanceof Long && readCursorId(id) % 2n === 1n;
}

// What cannot be read is answered here, with an error.
function readBody(bytes: Uint8Array): Doc {
  try {
    return decode(bytes);
  } catch {
    return {};
  }
}

// The name of the first field, right after the length and its type.
function commandName(body: Uint8Array): string {
  const end = body.indexOf(0, 5);
  return end < 0 ? '' : Buffer.from(body.buffer, body.byteOffset + 5, end - 5).toString('latin1');
}
