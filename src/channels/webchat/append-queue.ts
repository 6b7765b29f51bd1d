import { setImmediate } from 'node:timers/promises';
import type { ActivityLog, StoredActivity } from './activity-log.js';

type Entry = {
  readonly activity: StoredActivity;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Appends to the log, one write at a time for each conversation. */
export type AppendQueue = {
  /** Resolves when the activity is stored. */
  append(conversation: string, activity: StoredActivity): Promise<void>;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
};

/**
 * Gathers what is appended to one conversation in the same tick, or while its last write is under
 * way, into one write. When a write fails, all that waits behind it fails with it: order is kept.
 */
export function createAppendQueue(
  log: Pick<ActivityLog, 'append'>,
  onAppended: (conversation: string) => void,
): AppendQueue {
  const waiting = new Map<string, Entry[]>();
  const flushing = new Set<Promise<void>>();

  async function flush(conversation: string): Promise<void> {
    for (;;) {
      const entries = waiting.get(conversation) ?? [];
      if (entries.length === 0) break;
      waiting.set(conversation, []);
      try {
        await log.append(
          conversation,
          entries.map((entry) => entry.activity),
        );
      } catch (error) {
        const behind = waiting.get(conversation) ?? [];
        waiting.set(conversation, []);
        for (const entry of [...entries, ...behind]) entry.reject(error);
        continue;
      }
      for (const entry of entries) entry.resolve();
      onAppended(conversation);
    }
    waiting.delete(conversation);
  }

  async function start(conversation: string): Promise<void> {
    await setImmediate();
    await flush(conversation);
  }

  return {
    append: (conversation, activity) =>
      new Promise((resolve, reject) => {
        const entries = waiting.get(conversation);
        if (entries === undefined) {
          waiting.set(conversation, [{ activity, resolve, reject }]);
          const done = start(conversation).finally(() => flushing.delete(done));
          flushing.add(done);
        } else entries.push({ activity, resolve, reject });
      }),
    async drain() {
      while (flushing.size > 0) await Promise.all(flushing);
    },
  };
}
