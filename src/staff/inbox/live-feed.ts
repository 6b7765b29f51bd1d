import type { LiveEvent } from '../api.js';
import type { Journal } from '../../supporters/journal.js';

/** How often what other processes did is looked for, while anybody listens. */
const LOOK_EVERY_MS = 1_000;
/** A turn may be journalled a little after it happened, and clocks of hosts differ a little. */
const OVERLAP_MS = 5_000;
/** Conversations told of in one look; more than these is a storm in which figures are enough. */
const MOST = 500;

export type LiveFeed = {
  /** Listens until the answer is called. */
  listen(tell: (event: LiveEvent) => void): () => void;
  /** Something that this process did, told at once. */
  tell(supporter: string): void;
  close(): void;
};

/** Tells browsers what happens in conversations, by whichever process: one indexed query a second. */
export function createLiveFeed(options: {
  readonly journal: Pick<Journal, 'table'>;
  report(error: unknown): void;
  now(): number;
}): LiveFeed {
  const { journal, now } = options;
  const listeners = new Set<(event: LiveEvent) => void>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let seen = new Set<string>();
  let from = now();

  const tellAll = (event: LiveEvent): void => {
    for (const tell of listeners) tell(event);
  };

  async function look(): Promise<void> {
    const before = now();
    const rows = journal.table.streamFields({ at: { $gte: new Date(from) } }, ['supporter'], {
      sort: { at: 1 },
      limit: MOST,
    });
    const found = new Set<string>();
    const fresh = new Set<string>();
    for await (const { _id, supporter } of rows) {
      found.add(_id);
      if (!seen.has(_id)) fresh.add(supporter);
    }
    seen = found;
    from = before - OVERLAP_MS;
    const at = new Date(before).toISOString();
    for (const supporter of fresh) tellAll({ type: 'conversation', supporter, at });
    if (fresh.size > 0) tellAll({ type: 'figures' });
  }

  function run(): void {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch(options.report)
      .finally(() => {
        isLooking = false;
      });
  }

  return {
    listen(tell) {
      if (listeners.size === 0) {
        from = now() - OVERLAP_MS;
        timer = setInterval(run, LOOK_EVERY_MS);
        timer.unref();
      }
      listeners.add(tell);
      return () => {
        listeners.delete(tell);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    tell(supporter) {
      tellAll({ type: 'conversation', supporter, at: new Date(now()).toISOString() });
    },
    close: () => clearInterval(timer),
  };
}
