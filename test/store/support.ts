import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MongoClient } from 'mongodb';
import { openStore, type Store, type StoreOptions } from '../../src/store/connection.js';

/** A fresh folder for one test, removed by `removeFolder`. */
export function makeFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `portevoix-${name}-`));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Opens an embedded store in this very process, in a folder of its own unless one is given. */
export async function openHere(options: Partial<StoreOptions> = {}): Promise<{
  store: Store;
  client: MongoClient;
  dataDir: string;
  close: () => Promise<void>;
}> {
  const dataDir = options.dataDir ?? makeFolder('store');
  const store = await openStore({ dataDir, inProcess: true, noSync: true, ...options });
  return {
    store,
    client: clientOf(store),
    dataDir,
    async close() {
      await store.close();
      if (options.dataDir === undefined) removeFolder(dataDir);
    },
  };
}

/** The driver's own client beneath mongoose. */
export function clientOf(store: Store): MongoClient {
  return store.connection.getClient();
}

/** Runs something that should fail, and returns the error with the fields a server gives it. */
export async function refusalOf(run: () => Promise<unknown>): Promise<{
  code: number | undefined;
  message: string;
  keyPattern: unknown;
  keyValue: unknown;
  labels: string[];
}> {
  try {
    await run();
  } catch (error) {
    const fields = new Map<string, unknown>(error instanceof Error ? Object.entries(error) : []);
    const code = fields.get('code');
    const labels = fields.get('errorLabelSet');
    return {
      code: typeof code === 'number' ? code : undefined,
      message: error instanceof Error ? error.message : String(error),
      keyPattern: fields.get('keyPattern'),
      keyValue: fields.get('keyValue'),
      labels: labels instanceof Set ? [...labels].map(String) : [],
    };
  }
  throw new Error('It was not refused.');
}
