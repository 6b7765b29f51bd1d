import { isRefusal } from './refusal.js';
import type { Storage } from './storage.js';

/** Many commands, one transaction on disk: what is asked for while one commit runs shares the next. */
export type Commits = {
  /**
   * Runs `work` in the next transaction and resolves with its result once that is on disk.
   *
   * `work` reads and writes the store synchronously. It may throw before its first write, and only
   * it is refused then; after an error of the disk it is run again from the start, by itself.
   */
  run<T>(work: () => T): Promise<T>;
  /** Resolves when nothing is waiting to be written. */
  idle(): Promise<void>;
};

/** What has to happen around every transaction. */
export type CommitHooks = {
  /** In the transaction, before any work: throws when this process no longer owns the store. */
  begin(): void;
  /** In the transaction, after all work: writes what is kept once per transaction. */
  end(): void;
  /** After a failed transaction: brings memory back to what is on disk. */
  undo(): void;
};

type Job = { attempt(): void; settle(): void; fail(error: unknown): void };

/** Groups the writes of all commands into transactions, one at a time. */
export function createCommits(storage: Storage, hooks: CommitHooks): Commits {
  let waiting: Job[] = [];
  let pumping: Promise<void> | undefined;

  async function commit(take: () => Job[]): Promise<void> {
    let jobs: Job[] = [];
    try {
      await storage.commit(() => {
        jobs = take();
        hooks.begin();
        for (const job of jobs) job.attempt();
        hooks.end();
      });
    } catch (error) {
      hooks.undo();
      if (jobs.length === 0) jobs = take();
      if (jobs.length > 1) {
        for (const job of jobs) await commit(() => [job]);
      } else {
        for (const job of jobs) job.fail(error);
      }
      return;
    }
    for (const job of jobs) job.settle();
  }

  async function pump(): Promise<void> {
    while (waiting.length > 0) {
      await commit(() => {
        const jobs = waiting;
        waiting = [];
        return jobs;
      });
    }
    pumping = undefined;
  }

  return {
    run<T>(work: () => T) {
      return new Promise<T>((resolve, reject) => {
        let outcome: { type: 'done'; result: T } | { type: 'refused'; error: unknown } | undefined;
        waiting.push({
          attempt() {
            try {
              outcome = { type: 'done', result: work() };
            } catch (error) {
              if (!isRefusal(error)) throw error;
              outcome = { type: 'refused', error };
            }
          },
          settle() {
            if (outcome?.type === 'done') resolve(outcome.result);
            else reject(outcome?.error);
          },
          fail: reject,
        });
        pumping ??= pump();
      });
    },
    async idle() {
      for (let last = pumping; last; last = pumping) await last;
    },
  };
}
