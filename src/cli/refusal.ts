/** A fault the operator can mend; its message is the whole story. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}
