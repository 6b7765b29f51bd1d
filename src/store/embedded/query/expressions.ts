import { CommandError } from './command-error.js';
import type { Doc, Value } from './values.js';
import type { Variables } from './variables.js';

/** A compiled aggregation expression; undefined is "missing". */
export type Expression = (doc: Doc) => Value | undefined;

/** Compiles an aggregation expression. Throws a CommandError on any unknown operator or variable. */
export function compileExpression(_expression: Value, _variables?: Variables): Expression {
  throw new CommandError(
    238,
    'NotImplemented',
    'expression is not supported by the embedded store',
  );
}
