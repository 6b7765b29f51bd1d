import type { Doc } from './values.js';

/** What a reply carries beside code and message. */
export type CommandErrorExtra = {
  keyPattern?: Doc;
  keyValue?: Doc;
  errorLabels?: string[];
};

/**
 * An error a client sees, with MongoDB's number and name for it.
 * Codes: https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
 */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: number;
  readonly codeName: string;
  readonly extra: CommandErrorExtra;

  constructor(code: number, codeName: string, message: string, extra: CommandErrorExtra = {}) {
    super(message);
    this.code = code;
    this.codeName = codeName;
    this.extra = extra;
  }
}

/** Makes the commonest error: a value that means nothing here (code 2). */
export function badValue(message: string): CommandError {
  return new CommandError(2, 'BadValue', message);
}

/** Makes the error for a request that cannot be read (code 9). */
export function failedToParse(message: string): CommandError {
  return new CommandError(9, 'FailedToParse', message);
}

/** Makes the error for a value of the wrong type (code 14). */
export function typeMismatch(message: string): CommandError {
  return new CommandError(14, 'TypeMismatch', message);
}

/** Makes an error that MongoDB numbers by place instead of naming it, as `Location40324`. */
export function location(code: number, message: string): CommandError {
  return new CommandError(code, `Location${code}`, message);
}
