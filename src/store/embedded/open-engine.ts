import { randomUUID } from 'node:crypto';
import { createCatalog } from './catalog.js';
import { createCommits } from './commits.js';
import { createCursors } from './cursors.js';
import type { Engine } from './engine.js';
import { createLocks } from './locks.js';
import { createReplies } from './replies.js';
import { createSessions } from './sessions.js';
import { createSnapshots } from './snapshots.js';
import type { Storage } from './storage.js';
import { createLiveView } from './views.js';

/** What an engine is told by whoever starts it. */
export type EngineOptions = {
  storage: Storage;
  storeId: string;
  socketPath: string;
  /** Inside every commit: throws when another process has taken the store over. */
  /** The numbers of cursors of this thread. */
  cursorsAre: 'even' | 'odd';
  checkOwner: () => void;
  connections: () => number;
  report: (line: string) => void;
};

/** Puts the parts of the store together over opened files. */
export function createEngine(options: EngineOptions): Engine {
  const { storage, storeId, socketPath, connections, report } = options;
  const catalog = createCatalog(storage);
  const locks = createLocks();
  const replies = createReplies(storage);
  const live = createLiveView(storage);
  const commits = createCommits(storage, {
    begin: options.checkOwner,
    end: () => catalog.flush(),
    undo: () => catalog.reload(),
  });
  const sessions = createSessions({ storage, catalog, commits, locks, replies, live, now });
  const cursors = createCursors(options.cursorsAre);
  return {
    storage,
    catalog,
    commits,
    locks,
    replies,
    cursors,
    sessions,
    snapshots: createSnapshots({ storage, catalog }, cursors.killOwned),
    live,
    storeId,
    socketPath,
    startedAt: now(),
    connections,
    now,
    report,
  };
}

const now = (): Date => new Date();

const STORE_ID = Buffer.from('storeId');

/** The name of this store, given when it is first opened and never changed. */
export async function readStoreId(storage: Storage): Promise<string> {
  await storage.commit(() => {
    if (!storage.get('meta', STORE_ID)) storage.put('meta', STORE_ID, Buffer.from(randomUUID()));
  });
  return Buffer.from(storage.get('meta', STORE_ID) ?? []).toString();
}
