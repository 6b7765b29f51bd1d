import { CommandError } from './query/command-error.js';

/** Thrown by a write that meets a document held by an open transaction; try again when it `ended`. */
export class HeldByTransaction extends Error {
  readonly ended: Promise<void>;

  constructor(ended: Promise<void>) {
    super('A document is held by an open transaction.');
    this.ended = ended;
  }
}

/** Tells what a command may be refused with from what means that the store itself failed. */
export function isRefusal(error: unknown): boolean {
  return error instanceof CommandError || error instanceof HeldByTransaction;
}

/** Makes the error for a transaction that was never begun, or has ended. */
export function noSuchTransaction(): CommandError {
  return new CommandError(251, 'NoSuchTransaction', 'There is no such open transaction.', {
    errorLabels: ['TransientTransactionError'],
  });
}

/** Makes the error that a driver answers by running the whole transaction again. */
export function writeConflict(): CommandError {
  return new CommandError(
    112,
    'WriteConflict',
    'Another operation changed the same document at the same time; run the transaction again.',
    { errorLabels: ['TransientTransactionError'] },
  );
}
