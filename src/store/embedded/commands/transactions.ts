import { Binary } from 'bson';
import { textOf } from '../bytes.js';
import type { Call } from '../call.js';
import type { Command } from '../dispatch.js';
import { failedToParse } from '../query/command-error.js';
import { isDoc } from '../query/values.js';
import type { Attempt } from '../replies.js';
import { done } from '../reply.js';

/** `commitTransaction`: writes everything at once; repeated, it answers the same. */
export const commitTransaction: Command = {
  fields: ['recoveryToken'],
  async run(call) {
    await call.engine.sessions.commit(attemptOf(call));
    return done();
  },
};

/** `abortTransaction`: forgets everything. */
export const abortTransaction: Command = {
  fields: ['recoveryToken'],
  run(call) {
    call.engine.sessions.abort(attemptOf(call));
    return done();
  },
};

/** `endSessions`: closes what the sessions have open. */
export const endSessions: Command = {
  fields: [],
  run(call) {
    const sessions = call.body['endSessions'];
    if (!Array.isArray(sessions)) throw failedToParse('endSessions takes an array.');
    for (const session of sessions) {
      const id = isDoc(session) ? session['id'] : undefined;
      if (!(id instanceof Binary)) continue;
      const key = Buffer.from(id.buffer.subarray(0, id.position));
      call.engine.sessions.end(key);
      call.engine.cursors.killOwned(textOf(key));
      call.engine.snapshots.end(key);
    }
    return done();
  },
};

function attemptOf(call: Call): Attempt {
  if (!call.attempt) throw failedToParse('The command names no transaction.');
  return call.attempt;
}
