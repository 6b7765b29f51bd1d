import { Timestamp } from 'bson';
import { textOf } from './bytes.js';
import type { Catalog } from './catalog.js';
import { CommandError } from './query/command-error.js';
import type { Peer } from './server.js';
import type { Storage } from './storage.js';
import { createSnapshotView, type View } from './views.js';

/**
 * What sessions read outside transactions with the read concern `snapshot`: the store as it was when the
 * session first asked, for as long as the session goes on reading.
 */
export type Snapshots = {
  /** Freezes the store for a session, and lets go of what it had frozen before. */
  begin(session: Buffer, peer: Peer): FrozenView;
  /** What the session froze at this time; throws 246 when it is no longer kept. */
  at(session: Buffer, at: Timestamp, peer: Peer): FrozenView;
  end(session: Buffer): void;
  /** Ends those whose last connection is over: the process that read them has died. */
  left(peer: Peer): void;
  /** Ends those that nobody has read for ten minutes: what they hold back cannot be used again on disk. */
  sweep(): void;
  closeAll(): void;
};

/** A frozen state, and the name of its instant for later commands. */
export type FrozenView = { readonly view: View; readonly at: Timestamp };

const IDLE_MS = 10 * 60_000;

type Open = {
  readonly view: View & { release(): void };
  readonly at: Timestamp;
  readonly peers: Set<Peer>;
  usedAt: number;
};

/** Keeps snapshots; `ending` is told before one goes, so that nothing reads it any more. */
export function createSnapshots(
  { storage, catalog }: { readonly storage: Storage; readonly catalog: Catalog },
  ending: (session: string) => void,
): Snapshots {
  const open = new Map<string, Open>();
  let begun = 0;

  function end(name: string): void {
    const entry = open.get(name);
    if (!entry) return;
    open.delete(name);
    ending(name);
    entry.view.release();
  }

  return {
    begin(session, peer) {
      const name = textOf(session);
      end(name);
      begun += 1;
      // Seconds would do for people; the count tells two of one second apart.
      const at = new Timestamp({ t: Math.floor(Date.now() / 1_000), i: begun });
      const view = createSnapshotView(storage, catalog);
      open.set(name, { view, at, peers: new Set([peer]), usedAt: performance.now() });
      return { view, at };
    },
    at(session, at, peer) {
      const entry = open.get(textOf(session));
      if (!entry?.at.equals(at)) {
        throw new CommandError(246, 'SnapshotUnavailable', 'This snapshot is no longer kept.');
      }
      entry.peers.add(peer);
      entry.usedAt = performance.now();
      return entry;
    },
    end: (session) => end(textOf(session)),
    left(peer) {
      for (const [name, { peers }] of open) if (peers.delete(peer) && peers.size === 0) end(name);
    },
    sweep() {
      const before = performance.now() - IDLE_MS;
      for (const [name, { usedAt }] of open) if (usedAt < before) end(name);
    },
    closeAll() {
      for (const name of open.keys()) end(name);
    },
  };
}
