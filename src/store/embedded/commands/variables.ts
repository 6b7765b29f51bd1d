import type { Call } from '../call.js';
import { readDoc } from '../fields.js';
import { compileExpression } from '../query/expressions.js';
import type { Doc } from '../query/values.js';
import { createVariables, type Variables } from '../query/variables.js';

/** The variables of a command: its instant, and what its `let` computes. */
export function readVariables(call: Call): Variables {
  const given = readDoc(call.body, 'let');
  const plain = createVariables(call.now);
  if (!given) return plain;
  const values: Doc = {};
  for (const [name, expression] of Object.entries(given)) {
    const value = compileExpression(expression, plain)({});
    if (value !== undefined) values[name] = value;
  }
  return createVariables(call.now, values);
}
