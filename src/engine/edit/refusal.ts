/**
 * Why an edit cannot be made; the console has a sentence for each.
 *
 * - `broken`: the file has a mistake of syntax, which is mended in its text
 * - `in_brackets`: the steps are written in brackets, so that no line is one step's own
 * - `no_step`, `no_way`: there is no such step, or no such way on from it
 * - `bad_name`, `name_taken`: the name cannot be one, or another step has it
 * - `last_step`: a flow has at least one step
 * - `last_way`: a list of ways ends with the one that is taken when no condition holds
 */
export type EditRefusal =
  | 'broken'
  | 'in_brackets'
  | 'no_step'
  | 'no_way'
  | 'bad_name'
  | 'name_taken'
  | 'last_step'
  | 'last_way';

/** Thrown within an edit, and answered as a value by `editFlow`. */
export class RefusedEdit extends Error {
  constructor(readonly reason: EditRefusal) {
    super(reason);
  }
}

/** Gives up an edit. */
export function refuse(reason: EditRefusal): never {
  throw new RefusedEdit(reason);
}
