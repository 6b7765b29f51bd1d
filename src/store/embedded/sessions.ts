import { textOf } from './bytes.js';
import { CommandError } from './query/command-error.js';
import { noSuchTransaction } from './refusal.js';
import type { Attempt, Replies } from './replies.js';
import type { Peer } from './server.js';
import { createTransaction, type Transaction, type TransactionGround } from './transactions.js';

/** The open transaction of every session. */
export type Sessions = {
  /** Begins a transaction, ending an older one of the session. */
  begin(attempt: Attempt, peer: Peer): Transaction;
  /** The open transaction; throws 251 when there is none with this number. */
  current(attempt: Attempt, peer: Peer): Transaction;
  commit(attempt: Attempt): Promise<void>;
  abort(attempt: Attempt): void;
  /** Ends what the session has open. */
  end(session: Buffer): void;
  /** Ends transactions whose last connection is over: the process that began them has died. */
  left(peer: Peer): void;
  count(): number;
  closeAll(): void;
};

// MongoDB's transactionLifetimeLimitSeconds.
const LIFETIME_MS = 60_000;

type Open = { transaction: Transaction; timer: NodeJS.Timeout; peers: Set<Peer> };

/** Keeps transactions; each is aborted after a minute. */
export function createSessions(ground: TransactionGround & { replies: Replies }): Sessions {
  const open = new Map<string, Open>();
  const committing = new Map<string, { number: bigint; done: Promise<void> }>();

  function drop(session: Buffer): Transaction | undefined {
    const name = textOf(session);
    const entry = open.get(name);
    if (!entry) return undefined;
    clearTimeout(entry.timer);
    open.delete(name);
    return entry.transaction;
  }

  function find(attempt: Attempt): Open {
    const entry = open.get(textOf(attempt.session));
    if (entry?.transaction.attempt.number !== attempt.number) throw noSuchTransaction();
    return entry;
  }

  return {
    begin(attempt, peer) {
      const known = open.get(textOf(attempt.session))?.transaction;
      if (known && known.attempt.number > attempt.number) throw tooOld();
      const kept = ground.replies.read(attempt);
      if (kept?.type === 'committed' || known?.attempt.number === attempt.number) {
        throw new CommandError(
          117,
          'ConflictingOperationInProgress',
          'A transaction with this number was begun before.',
        );
      }
      drop(attempt.session)?.abort();
      const transaction = createTransaction(ground, attempt);
      const timer = setTimeout(() => drop(attempt.session)?.abort(), LIFETIME_MS);
      timer.unref();
      open.set(textOf(attempt.session), { transaction, timer, peers: new Set([peer]) });
      return transaction;
    },
    current(attempt, peer) {
      const { transaction, peers } = find(attempt);
      peers.add(peer);
      return transaction;
    },
    async commit(attempt) {
      // A repeated commit, after a lost reply or a crash, is answered from what is kept.
      const name = textOf(attempt.session);
      const begun = committing.get(name);
      if (begun?.number === attempt.number) return begun.done;
      const known = open.get(name)?.transaction;
      if (known?.attempt.number !== attempt.number) {
        if (ground.replies.read(attempt)?.type === 'committed') return undefined;
        throw noSuchTransaction();
      }
      drop(attempt.session);
      const done = known.commit().finally(() => committing.delete(name));
      committing.set(name, { number: attempt.number, done });
      return done;
    },
    abort(attempt) {
      find(attempt);
      drop(attempt.session)?.abort();
    },
    end: (session) => drop(session)?.abort(),
    left(peer) {
      for (const { transaction, peers } of open.values()) {
        if (peers.delete(peer) && peers.size === 0) drop(transaction.attempt.session)?.abort();
      }
    },
    count: () => open.size,
    closeAll() {
      for (const { transaction, timer } of open.values()) {
        clearTimeout(timer);
        transaction.abort();
      }
      open.clear();
    },
  };
}

function tooOld(): CommandError {
  return new CommandError(225, 'TransactionTooOld', 'The session has begun a later transaction.');
}
