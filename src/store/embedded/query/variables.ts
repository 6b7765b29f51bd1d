import type { Doc, Value } from './values.js';

/** A place where the value of one variable stands while an expression runs. */
export type Cell = { value: Value | undefined };

/** What expressions see beside the document: `$$NOW` and the variables of `let`. */
export type Variables = { now: Date; cells: ReadonlyMap<string, Cell> };

/** Makes the variables of a command from its `let` (values already computed) and its instant. */
export function createVariables(now: Date, values: Doc = {}): Variables {
  const cells = new Map<string, Cell>();
  for (const [name, value] of Object.entries(values)) cells.set(name, { value });
  return { now, cells };
}

/** Adds variables that an expression binds while it runs. */
export function bindVariables(
  variables: Variables,
  added: Readonly<Record<string, Cell>>,
): Variables {
  return {
    now: variables.now,
    cells: new Map([...variables.cells, ...Object.entries(added)]),
  };
}
