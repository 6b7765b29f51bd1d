import { Long } from 'bson';
import { namespaceIn, ownerOf } from '../call.js';
import { readCursorId } from '../cursors.js';
import type { Command } from '../dispatch.js';
import { need, readCount, readString } from '../fields.js';
import { failedToParse } from '../query/command-error.js';
import { done } from '../reply.js';

/** `getMore`: the next batch of a cursor. */
export const getMore: Command = {
  fields: ['collection', 'batchSize'],
  transactional: true,
  async run(call) {
    const id = readCursorId(call.body['getMore']);
    const namespace = namespaceIn(
      call.database,
      need('collection', readString(call.body, 'collection')),
    );
    const { cursors } = call.engine;
    const cursor = cursors.take(id, namespace, ownerOf(call));
    const asked = readCount(call.body, 'batchSize') ?? 0;
    const size = asked > 0 ? asked : Number.POSITIVE_INFINITY;
    const batch = await cursor.batch(size, call.pace());
    if (batch.done) cursors.kill(id);
    return {
      type: 'cursor',
      batch: 'nextBatch',
      id: batch.done ? 0n : id,
      namespace,
      documents: batch.documents,
    };
  },
};

/** `killCursors`: closes cursors before they are read to the end. */
export const killCursors: Command = {
  fields: ['cursors'],
  transactional: true,
  run(call) {
    const ids = call.body['cursors'];
    if (!Array.isArray(ids)) throw failedToParse('The field cursors must be an array.');
    const killed: Long[] = [];
    const missing: Long[] = [];
    for (const id of ids.map(readCursorId)) {
      (call.engine.cursors.kill(id) ? killed : missing).push(Long.fromBigInt(id));
    }
    return done({
      cursorsKilled: killed,
      cursorsNotFound: missing,
      cursorsAlive: [],
      cursorsUnknown: [],
    });
  },
};
