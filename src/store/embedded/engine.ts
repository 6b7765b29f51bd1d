import type { Catalog } from './catalog.js';
import type { Commits } from './commits.js';
import type { Cursors } from './cursors.js';
import type { Locks } from './locks.js';
import type { Replies } from './replies.js';
import type { Sessions } from './sessions.js';
import type { Snapshots } from './snapshots.js';
import type { Storage } from './storage.js';
import type { View } from './views.js';

/** Everything that commands work with. */
export type Engine = {
  storage: Storage;
  catalog: Catalog;
  commits: Commits;
  locks: Locks;
  replies: Replies;
  cursors: Cursors;
  sessions: Sessions;
  snapshots: Snapshots;
  /** The store as committed; inside a commit, as being written. */
  live: View;
  /** Names this store, whoever serves it. */
  storeId: string;
  socketPath: string;
  /** When this process began to serve it. */
  startedAt: Date;
  connections: () => number;
  now: () => Date;
  /** A line for the operator about something that went wrong beside any command. */
  report: (line: string) => void;
};
