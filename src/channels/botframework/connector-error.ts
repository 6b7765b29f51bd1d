/** A call to a network's connector that was refused, or that nobody answered. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  constructor(
    /** HTTP status; undefined: no answer came. */
    readonly status: number | undefined,
    /** The connector's own word for what is wrong. */
    readonly code: string | undefined,
    readonly retryAfterMs: number | undefined,
    options?: ErrorOptions,
  ) {
    // Never the words of the connector, nor the address called: both may name people.
    super(status === undefined ? 'The connector did not answer.' : `The connector said ${status}.`);
    this.cause = options?.cause;
  }
}
