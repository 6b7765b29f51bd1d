import type { Garbage } from './catalog.js';
import type { Engine } from './engine.js';
import { rangeUnder } from './views.js';

// So many keys are cleared in one commit.
const CHUNK = 500;

// Drivers give a session up after 30 minutes; nobody can repeat a write after that.
const REPLY_LIFETIME_MS = 60 * 60_000;

/** Clears what dropped collections and indexes left behind, a little at a time. */
export async function clearGarbage(engine: Engine, stopped: () => boolean): Promise<void> {
  for (const item of engine.catalog.garbage()) {
    while (!stopped() && !(await clearChunk(engine, item))) {
      // Each round is a commit of its own, so that commands have their turn.
    }
  }
}

function clearChunk(engine: Engine, item: Garbage): Promise<boolean> {
  const { storage, catalog, commits } = engine;
  return commits.run(() => {
    const keys: Uint8Array[] = [];
    for (const key of storage.scanKeys(item.tree, rangeUnder(item.id, undefined))) {
      keys.push(key);
      if (keys.length === CHUNK) break;
    }
    for (const key of keys) storage.remove(item.tree, key);
    if (keys.length === CHUNK) return false;
    catalog.cleared(item);
    return true;
  });
}

/** Forgets replies that nobody can ask for again. */
export async function forgetOldReplies(engine: Engine): Promise<void> {
  const { replies, commits, now } = engine;
  const instant = new Date(now().getTime() - REPLY_LIFETIME_MS);
  for (;;) {
    const forgotten = await commits.run(() => {
      const old = replies.olderThan(instant, CHUNK);
      for (const session of old) replies.forget(session);
      return old.length;
    });
    if (forgotten < CHUNK) return;
  }
}
