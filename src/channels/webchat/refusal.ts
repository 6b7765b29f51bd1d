import type { ErrorCode, ErrorResponse } from './protocol.js';

const STATUS = {
  BadArgument: 400,
  Unauthorized: 401,
  // Microsoft's clients take a new token on 403 only.
  TokenExpired: 403,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  TooLarge: 413,
  NotSupported: 415,
  TooManyRequests: 429,
  ServiceError: 502,
} as const satisfies Record<ErrorCode, number>;

/** A request that is refused, with the sentence its sender reads. */
export class Refusal extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** When to try again, in milliseconds from now. */
    readonly retryInMs?: number,
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = STATUS[code];
  }

  /** The body of the answer, in Direct Line's shape. */
  get body(): ErrorResponse {
    return { error: { code: this.code, message: this.message } };
  }

  /** Headers that go with the answer. */
  get headers(): Readonly<Record<string, string>> {
    if (this.retryInMs !== undefined) {
      return { 'Retry-After': String(Math.max(1, Math.ceil(this.retryInMs / 1000))) };
    }
    return this.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {};
  }
}
