import mongoose, { type Connection } from 'mongoose';
import { refuseUnfinishedRestore } from './backup/unfinished-restore.js';

/** How the store is opened. */
export type StoreOptions = {
  /** Where the embedded store lies; not looked at when `mongodbUri` is set. */
  dataDir: string;
  /** A MongoDB replica set or sharded cluster. */
  mongodbUri?: string | undefined;
  /** Embedded store: leaves out fsync, for tests only. */
  noSync?: boolean;
  /** Embedded store: serves it in this very thread, for tests only. */
  inProcess?: boolean;
  /** False for a short command: a server that starts meanwhile waits for it to end. */
  lasting?: boolean;
  /** Takes a line for the operator; nothing is said by default. */
  report?: (line: string) => void;
  /** Opens it although only a part of a backup is in it: for the restore itself. */
  unfinished?: boolean;
  /** Told when the embedded store died under its clients; by default the process ends. */
  fail?: (error: Error) => void;
};

/** An open store. */
export type Store = {
  connection: Connection;
  kind: 'embedded' | 'mongodb';
  /** Whether this process serves the embedded store; else it has joined one, or MongoDB. */
  owner: boolean;
  /** The folder of the embedded store, or the hosts of MongoDB without any credentials. */
  location: string;
  describe(): Promise<StoreSize>;
  close(): Promise<void>;
};

/** How much a store holds: documents of this program, and bytes on disk. */
export type StoreSize = { documents: number; bytes: number };

const DATABASE = 'portevoix';

// When the process that serves the store is killed and started again, its clients notice soon
// (by asking twice a second) and repeat themselves until then, instead of failing.
const BRIDGING = { heartbeatFrequencyMS: 500, maxAdaptiveRetries: 10 };

/** Opens MongoDB when an address is given, else the embedded store; throws with cause and cure. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = await (options.mongodbUri
    ? openMongodb(options.mongodbUri)
    : openEmbedded(options, { maxPoolSize: 32 }));
  if (options.unfinished === true) return store;
  try {
    await refuseUnfinishedRestore(store.connection);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Serves the embedded store for other processes of this host, until `close`. */
export async function serveStore(
  options: Omit<StoreOptions, 'mongodbUri' | 'lasting'>,
): Promise<Store> {
  const store = await openEmbedded({ ...options, lasting: true }, { maxPoolSize: 2 });
  if (store.owner) return store;
  await store.close();
  throw new Error(`Another process already serves the embedded store in ${store.location}.`);
}

async function openEmbedded(options: StoreOptions, pool: { maxPoolSize: number }): Promise<Store> {
  // Loaded here only, so that a process on MongoDB never has it in memory.
  const { startEmbedded } = await import('./embedded/start.js');
  const started = await startEmbedded({
    dataDir: options.dataDir,
    noSync: options.noSync ?? false,
    inProcess: options.inProcess ?? false,
    lasting: options.lasting ?? true,
    report: options.report ?? (() => undefined),
    fail: options.fail ?? endProcess,
  });
  // One address, whatever `hello` says of others: the socket in the lock file is the store.
  const uri = `mongodb://${encodeURIComponent(started.socket)}/?directConnection=true`;
  try {
    const connection = await connect(uri, { ...pool, ...BRIDGING, dbName: DATABASE });
    return {
      connection,
      kind: 'embedded',
      owner: started.owned,
      location: options.dataDir,
      describe: () => describe(connection),
      async close() {
        await connection.close();
        await started.close();
      },
    };
  } catch (error) {
    await started.close();
    throw error;
  }
}

async function openMongodb(uri: string): Promise<Store> {
  const connection = await connect(uri, namesDatabase(uri) ? {} : { dbName: DATABASE });
  try {
    await refuseStandalone(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    connection,
    kind: 'mongodb',
    owner: false,
    location: hostsOf(uri),
    describe: () => describe(connection),
    close: () => connection.close(),
  };
}

// Models make their indexes when they are told to, not when they are defined.
function connect(uri: string, options: mongoose.ConnectOptions): Promise<Connection> {
  return mongoose
    .createConnection(uri, { autoIndex: false, autoCreate: false, ...options })
    .asPromise();
}

async function refuseStandalone(connection: Connection): Promise<void> {
  const hello = await connection.db?.admin().command({ hello: 1 });
  if (hello?.['setName'] !== undefined || hello?.['msg'] === 'isdbgrid') return;
  throw new Error(
    'MONGODB_URI names a single MongoDB server without a replica set, which has no transactions. ' +
      'Start it with --replSet and run rs.initiate() once, or name a replica set.',
  );
}

async function describe(connection: Connection): Promise<StoreSize> {
  const stats = await connection.db?.command({ dbStats: 1 });
  return {
    documents: Number(stats?.['objects'] ?? 0),
    bytes: Number(stats?.['totalSize'] ?? 0),
  };
}

function namesDatabase(uri: string): boolean {
  return /^mongodb(\+srv)?:\/\/[^/]+\/[^?]+/.test(uri);
}

function hostsOf(uri: string): string {
  return uri
    .replace(/^mongodb(\+srv)?:\/\//, '')
    .replace(/^.*@/, '')
    .replace(/[/?].*$/, '');
}

function endProcess(error: Error): never {
  throw error;
}
