import { setTimeout } from 'node:timers/promises';
import { createAnswer } from './dispatch.js';
import { startHousekeeping } from './housekeeping.js';
import { dropHalfBuilt } from './index-builds.js';
import { createEngine, readStoreId } from './open-engine.js';
import { announceOwner, checkOwner, claimStore, prepareFolder, releaseStore } from './owner.js';
import { createReader } from './reader.js';
import { routeAside } from './route.js';
import { listenOnSocket, type WireServer } from './server.js';
import { openStorage } from './storage.js';

const PAUSE_MS = 50;

/** What the thread or process that serves a store is told. */
export type ServeOptions = {
  dataDir: string;
  noSync: boolean;
  lasting: boolean;
  /** Whether a second thread may be started for what takes long. */
  threads: boolean;
  report: (line: string) => void;
};

/** A store being served by this process. */
export type Served = {
  socket: string;
  storeId: string;
  /** Clients connected now. */
  clients(): number;
  /** Finishes what is being written, then gives the store up. */
  close(): Promise<void>;
};

/** Serves the store of a data folder; undefined when another living process owns it. */
export async function serveEmbedded(options: ServeOptions): Promise<Served | undefined> {
  const folder = prepareFolder(options.dataDir);
  const storage = openStorage(folder, { noSync: options.noSync });
  try {
    const storeId = await readStoreId(storage);
    const owner = await claimStore(storage, folder, storeId, options.lasting);
    if (!owner) {
      await storage.close();
      return undefined;
    }
    let server: WireServer | undefined;
    const clients = (): number => server?.connections() ?? 0;
    const engine = createEngine({
      storage,
      storeId,
      socketPath: owner.socket,
      checkOwner: () => checkOwner(storage, owner),
      cursorsAre: 'even',
      connections: clients,
      report: options.report,
    });
    await dropHalfBuilt(engine);
    const answer = createAnswer(engine);
    const reader = options.threads
      ? createReader({ folder, noSync: options.noSync, storeId, socketPath: owner.socket })
      : undefined;
    const listening = await listenOnSocket(owner.socket, {
      answer: reader ? routeAside(answer, reader, engine) : answer,
      left(peer) {
        engine.sessions.left(peer);
        engine.snapshots.left(peer);
      },
    });
    server = listening;
    const housekeeping = startHousekeeping(engine);
    announceOwner(folder, owner);
    return {
      socket: owner.socket,
      storeId,
      clients,
      async close() {
        // Other short commands that have joined this one may finish first.
        while (!options.lasting && clients() > 0) await setTimeout(PAUSE_MS);
        const clientsLeft = clients() > 0;
        await housekeeping.stop();
        await listening.close();
        await reader?.close();
        engine.sessions.closeAll();
        engine.cursors.closeAll();
        engine.snapshots.closeAll();
        await engine.commits.idle();
        await releaseStore(storage, folder, owner, clientsLeft);
        await storage.close();
      },
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
