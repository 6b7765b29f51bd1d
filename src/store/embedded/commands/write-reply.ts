import { done, type Reply } from '../reply.js';
import type { Doc } from '../query/values.js';
import type { Outcome } from '../writing.js';

/** Adds up what became of the statements of a write command, with its errors by statement. */
export function replyToWrites(outcomes: readonly Outcome[], sums: readonly string[]): Reply {
  const reply: Doc = Object.fromEntries(sums.map((name) => [name, 0]));
  const errors: Doc[] = [];
  const upserted: Doc[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.type === 'refused') {
      const { code, message, extra } = outcome.error;
      const error: Doc = { index, code, errmsg: message };
      if (extra.keyPattern) error['keyPattern'] = extra.keyPattern;
      if (extra.keyValue) error['keyValue'] = extra.keyValue;
      errors.push(error);
      continue;
    }
    for (const name of sums) {
      reply[name] = Number(reply[name]) + Number(outcome.result[name] ?? 0);
    }
    const id = outcome.result['upserted'];
    if (id !== undefined) upserted.push({ index, _id: id });
  }
  if (upserted.length > 0) reply['upserted'] = upserted;
  if (errors.length > 0) reply['writeErrors'] = errors;
  return done(reply);
}
