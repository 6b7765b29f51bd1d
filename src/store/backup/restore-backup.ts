import { mongo, type Connection } from 'mongoose';
import { BackupFault } from './backup-fault.js';
import { broken, type Frame, type IndexDescription } from './frames.js';
import { readBackup, type BackupProgress } from './read-backup.js';
import {
  findUnfinishedRestore,
  keepAside,
  markRestore,
  putBack,
  UNFINISHED,
  unmarkRestore,
} from './unfinished-restore.js';

/** Bytes and documents that go to the store together. */
const TOGETHER_BYTES = 4 * 2 ** 20;
const TOGETHER = 1_000;

/** What was restored. */
export type Restored = { readonly collections: number; readonly documents: number };

export type RestoreOptions = {
  /** Gives up what the store holds; else it must be empty. */
  readonly replace: boolean;
  readonly now: Date;
  /** Collections of which what the store holds stays beside what the backup brings. */
  readonly lasting?: readonly string[];
  /** Mends what an older state gets wrong, before anybody else sees it; may be done again. */
  mend?(): Promise<void>;
  readonly progress?: BackupProgress;
};

/**
 * Puts what a backup holds in the place of what the store holds; `verifyBackup` first, for what is there
 * goes at once. From the first change until the last one the store is marked, and nothing else opens it:
 * killed in between, the restore is run again.
 */
export async function restoreBackup(
  connection: Connection,
  path: string,
  { replace, now, lasting = [], mend = async () => undefined, progress }: RestoreOptions,
): Promise<Restored> {
  const db = databaseOf(connection);
  await refuseFull(connection, replace);
  if ((await findUnfinishedRestore(connection)) === undefined) {
    for (const name of lasting) await keepAside(connection, name);
  }
  await markRestore(connection, path, now);
  for (const name of await namesIn(db)) await db.collection(name).drop();
  let [collections, documents] = [0, 0];
  let open: { readonly name: string; readonly indexes: readonly IndexDescription[] } | undefined;
  let waiting: mongo.BSON.Document[] = [];
  let bytes = 0;
  let isWhole = false;

  const flush = async (): Promise<void> => {
    if (open === undefined || waiting.length === 0) return;
    await db.collection(open.name).insertMany(waiting, { ordered: false });
    [waiting, bytes] = [[], 0];
  };
  const close = async (): Promise<void> => {
    await flush();
    if (open === undefined) return;
    const indexes = open.indexes.filter(({ name }) => name !== '_id_').map(wanted);
    if (indexes.length > 0) await db.collection(open.name).createIndexes(indexes);
    open = undefined;
  };
  const take = async (frame: Frame): Promise<void> => {
    switch (frame.type) {
      case 'header':
        break;
      case 'collection':
        await close();
        open = frame;
        collections += 1;
        await db.createCollection(frame.name);
        break;
      case 'document':
        // Numbers keep their type, dates and bytes theirs.
        waiting.push(mongo.BSON.deserialize(frame.bson, EXACT));
        documents += 1;
        bytes += frame.bson.length;
        if (waiting.length >= TOGETHER || bytes >= TOGETHER_BYTES) await flush();
        break;
      case 'end':
        await close();
        isWhole = true;
        break;
      default:
        frame satisfies never;
    }
  };
  for await (const frame of readBackup(path, progress)) await take(frame);
  if (!isWhole) throw broken('it has no end');
  await putBack(connection);
  await mend();
  await unmarkRestore(connection);
  return { collections, documents };
}

const EXACT = { promoteValues: false, bsonRegExp: true } as const;

/** What was left by a restore that was killed may go; anything else only when that was said. */
async function refuseFull(connection: Connection, replace: boolean): Promise<void> {
  if (replace || (await findUnfinishedRestore(connection)) !== undefined) return;
  const db = databaseOf(connection);
  for (const name of await namesIn(db)) {
    if ((await db.collection(name).findOne({}, { projection: { _id: 1 } })) === null) continue;
    throw new BackupFault(
      `The store is not empty (${name}): restore into another DATA_DIR or database, or give up what is here with --replace.`,
    );
  }
}

async function namesIn(db: mongo.Db): Promise<readonly string[]> {
  const listed = await db.listCollections({}, { nameOnly: true }).toArray();
  return listed
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.') && name !== UNFINISHED);
}

function databaseOf(connection: Connection): mongo.Db {
  if (connection.db === undefined) throw new Error('The store is not open.');
  return connection.db;
}

/** An index as it is made; its version and place are each server's own. */
function wanted(index: IndexDescription): mongo.IndexDescription {
  const { key } = index;
  if (typeof key !== 'object' || key === null) throw broken('an index without a key');
  const options = Object.entries(index).filter(([name]) => name !== 'v' && name !== 'ns');
  return { ...Object.fromEntries(options), key: { ...key } };
}
