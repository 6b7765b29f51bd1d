import { setTimeout } from 'node:timers/promises';
import { isAlive, prepareFolder, readOwner, type Owner } from './owner.js';
import { serveEmbedded } from './serve.js';
import { serveInThread, type ServedByThread } from './start-thread.js';
import { askStoreId } from './ask-store-id.js';

/** How an embedded store is opened. */
export type StartOptions = {
  dataDir: string;
  /** Leaves out fsync: for tests only. */
  noSync: boolean;
  /** A server, which stays: it waits for a short command that owns the store to end. */
  lasting: boolean;
  /** Serves in this thread rather than in one of its own: for tests only. */
  inProcess: boolean;
  report: (line: string) => void;
  /** Told when the store can no longer be served by this process. */
  fail: (error: Error) => void;
};

/** A store that can be connected to; `owned` by this process, or served by another. */
export type Started = {
  socket: string;
  storeId: string;
  owned: boolean;
  close(): Promise<void>;
};

const PATIENCE_MS = 30_000;
const PAUSE_MS = 50;

/** Joins the process that serves the store, or serves it. */
export async function startEmbedded(options: StartOptions): Promise<Started> {
  if (process.platform === 'win32') {
    throw new Error(
      'The embedded store does not run on Windows: set MONGODB_URI to a MongoDB replica set.',
    );
  }
  const folder = prepareFolder(options.dataDir);
  let patience = Date.now() + PATIENCE_MS;
  let told = false;
  for (;;) {
    const owner = readOwner(folder);
    if (owner) {
      const waits = options.lasting && !owner.lasting && isAlive(owner);
      if (!waits && (await answers(owner))) return joined(owner);
      if (waits) {
        patience = Date.now() + PATIENCE_MS;
        if (!told) options.report(`Waiting for the command of process ${owner.pid} to end.`);
        told = true;
      }
    }
    if (!owner || !isAlive(owner)) {
      const served = await serve(options);
      if (served) return { ...served, owned: true };
    }
    if (Date.now() > patience) {
      const whom = owner ? `process ${owner.pid}` : 'another process';
      throw new Error(
        `The embedded store in ${folder} is held by ${whom}, which does not answer: end it, then start again.`,
      );
    }
    await setTimeout(PAUSE_MS);
  }
}

function joined(owner: Owner): Started {
  const { socket, storeId } = owner;
  return { socket, storeId, owned: false, close: async () => undefined };
}

async function answers(owner: Owner): Promise<boolean> {
  return (await askStoreId(owner.socket)) === owner.storeId;
}

async function serve(options: StartOptions): Promise<ServedByThread | undefined> {
  const { dataDir, noSync, lasting, report, fail } = options;
  if (options.inProcess) return serveEmbedded({ dataDir, noSync, lasting, threads: false, report });
  return serveInThread({ dataDir, noSync, lasting }, report, fail);
}
