import { createWriteStream } from 'node:fs';
import { link, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomBytes } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Connection, mongo } from 'mongoose';
import { errorCode } from '../../error-code.js';
import { BackupFault } from './backup-fault.js';
import { encodeFrames, type BackupHeader, type Frame } from './frames.js';
import type { BackupProgress } from './read-backup.js';
import { UNFINISHED } from './unfinished-restore.js';

/** What was written. */
export type Written = {
  readonly collections: number;
  readonly documents: number;
  /** Of the file. */
  readonly bytes: number;
  readonly at: Date;
};

/** MongoDB keeps the past for five minutes unless it is told otherwise. */
const SNAPSHOT_TOO_OLD = 239;
/** Documents are mostly text: the higher levels cost much time for little room. */
const GZIP_LEVEL = 3;

/**
 * Writes all collections as they are at one instant into one file, while others read and write. The file
 * is there once it is whole and on disk; one of that name is never replaced.
 */
export async function writeBackup(
  connection: Connection,
  path: string,
  header: Omit<BackupHeader, 'at'>,
  progress: BackupProgress = () => undefined,
): Promise<Written> {
  if (await exists(path)) {
    throw new BackupFault(`There is a file ${path} already: name another, or remove it first.`);
  }
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`;
  const session = connection.getClient().startSession({ snapshot: true });
  const counted = { collections: 0, documents: 0, at: new Date() };
  try {
    const frames = framesOf(connection, session, header, counted, progress);
    const file = createWriteStream(draft, { mode: 0o600, flush: true });
    await pipeline(encodeFrames(frames), createGzip({ level: GZIP_LEVEL }), file);
    // Never over a file that came meanwhile.
    await link(draft, path);
    await syncFolder(dirname(path));
    const { bytesWritten: bytes } = file;
    return { ...counted, bytes };
  } catch (error) {
    throw explained(error, path);
  } finally {
    await session.endSession();
    await rm(draft, { force: true });
  }
}

async function* framesOf(
  connection: Connection,
  session: mongo.ClientSession,
  header: Omit<BackupHeader, 'at'>,
  counted: { collections: number; documents: number; at: Date },
  progress: BackupProgress,
): AsyncGenerator<Exclude<Frame, { readonly type: 'end' }>> {
  const { db } = connection;
  if (db === undefined) throw new Error('The store is not open.');
  // The first read fixes the instant; what is listed later is there at least as of it.
  await db.collection('supporters').findOne({}, { session, projection: { _id: 1 } });
  counted.at = new Date();
  yield { type: 'header', header: { at: counted.at, ...header } };
  const names = (await db.listCollections({}, { nameOnly: true }).toArray())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.') && name !== UNFINISHED)
    .sort();
  const total = await estimate(db, names);
  for (const name of names) {
    const collection = db.collection(name);
    yield { type: 'collection', name, indexes: await collection.indexes() };
    counted.collections += 1;
    // As bytes: what is kept is what was there, to the last bit.
    for await (const document of collection.find({}, { session, raw: true, batchSize: 1_000 })) {
      if (!(document instanceof Uint8Array)) throw new Error('The store answered no BSON.');
      counted.documents += 1;
      if (counted.documents % 500 === 0) progress(counted.documents / total, counted.documents);
      yield { type: 'document', bson: document };
    }
  }
}

async function estimate(db: mongo.Db, names: readonly string[]): Promise<number> {
  let total = 1;
  for (const name of names) total += await db.collection(name).estimatedDocumentCount();
  return total;
}

function explained(error: unknown, path: string): unknown {
  const sentence = REASONS.get(errorCode(error));
  return sentence === undefined ? error : new BackupFault(sentence(path));
}

const REASONS = new Map<unknown, (path: string) => string>([
  [
    SNAPSHOT_TOO_OLD,
    () =>
      'MongoDB no longer keeps the instant that the backup began with: let it keep more (minSnapshotHistoryWindowInSeconds), or back up by its own means.',
  ],
  ['EEXIST', (path: string) => `There is a file ${path} by now: name another.`],
  ['ENOSPC', (path: string) => `There is no room for the backup where ${path} would be.`],
  ['ENOENT', (path: string) => `There is no folder ${dirname(path)}.`],
]);

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** So that the name of the file outlives a power cut too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
