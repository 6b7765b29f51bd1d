import { Long } from 'bson';
import { arch, cpus, platform, release, type } from 'node:os';
import type { Call } from '../call.js';
import type { Command } from '../dispatch.js';
import { badValue } from '../query/command-error.js';
import type { Doc } from '../query/values.js';
import { done, type Reply } from '../reply.js';
import { MAX_MESSAGE_BYTES } from '../wire.js';
import { LARGEST_DOCUMENT_BYTES } from './insert.js';

/** The name of the replica set of one that the store pretends to be. */
export const SET_NAME = 'portevoix';

/** The server version told to clients: its wire protocol is what the embedded store speaks. */
export const VERSION = '7.0.0';
const WIRE_VERSION = 21;
const LARGEST_BATCH = 100_000;

/**
 * `hello`: the store presents itself as a replica set of one, because drivers give transactions and
 * retryable writes to replica sets only. It promises no `topologyVersion`: it is polled.
 */
export const hello: Command = { fields: 'any', run: (call) => present(call, 'isWritablePrimary') };

/** The older name of `hello`. */
export const isMaster: Command = { fields: 'any', run: (call) => present(call, 'ismaster') };

function present(call: Call, primary: string): Reply {
  const { socketPath, storeId, now } = call.engine;
  const doc: Doc = {
    [primary]: true,
    helloOk: true,
    secondary: false,
    setName: SET_NAME,
    setVersion: 1,
    hosts: [socketPath],
    primary: socketPath,
    me: socketPath,
    maxBsonObjectSize: LARGEST_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: LARGEST_BATCH,
    localTime: now(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: call.peer.id,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
    portevoixStore: storeId,
  };
  return done(doc);
}

/** `ping`. */
export const ping: Command = { fields: [], run: () => done() };

/** `buildInfo`: which server this is. */
export const buildInfo: Command = {
  fields: [],
  run: () =>
    done({
      version: VERSION,
      versionArray: [...VERSION.split('.').map(Number), 0],
      gitVersion: 'embedded store, a MongoDB-compatible subset',
      modules: ['portevoix'],
      allocator: 'system',
      javascriptEngine: 'none',
      bits: 64,
      debug: false,
      maxBsonObjectSize: LARGEST_DOCUMENT_BYTES,
      storageEngines: ['lmdb'],
    }),
};

/** `connectionStatus`: nobody signs in here; who can open the socket is let in. */
export const connectionStatus: Command = {
  fields: ['showPrivileges'],
  run: () => done({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
};

/** `serverStatus`: what shells and monitors like to know. */
export const serverStatus: Command = {
  fields: 'any',
  run(call) {
    const { connections, cursors, sessions, now, startedAt } = call.engine;
    const uptime = (now().getTime() - startedAt.getTime()) / 1000;
    return done({
      version: VERSION,
      process: 'embedded store',
      pid: Long.fromNumber(process.pid),
      uptime,
      localTime: now(),
      connections: { current: connections() },
      metrics: { cursor: { open: { total: cursors.count() } } },
      transactions: { currentOpen: sessions.count() },
      storageEngine: { name: 'lmdb', persistent: true },
    });
  },
};

/** `getParameter`: the one that shells ask for when they connect. */
export const getParameter: Command = {
  fields: ['featureCompatibilityVersion'],
  run(call) {
    if (call.body['featureCompatibilityVersion'] === undefined) {
      throw badValue('The embedded store has no parameter but featureCompatibilityVersion.');
    }
    return done({ featureCompatibilityVersion: { version: VERSION.slice(0, 3) } });
  },
};

/** `getCmdLineOpts`: there are none. */
export const getCmdLineOpts: Command = { fields: [], run: () => done({ argv: [], parsed: {} }) };

/** `getLog`: nothing is kept here; the program writes its own log. */
export const getLog: Command = {
  fields: [],
  run: () => done({ totalLinesWritten: 0, log: [] }),
};

/** `hostInfo`: the machine, as far as a client may care. */
export const hostInfo: Command = {
  fields: [],
  run: () =>
    done({
      system: { currentTime: new Date(), cpuArch: arch(), numCores: cpus().length },
      os: { type: type(), name: platform(), version: release() },
      extra: {},
    }),
};
