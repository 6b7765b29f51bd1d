import type { Connection } from 'mongoose';
import { BackupFault } from './backup-fault.js';

/** The collection that is there while a restore is under way, and after one that was killed. */
export const UNFINISHED = 'unfinished_restore';

type Row = {
  readonly _id: string;
  readonly file?: string;
  readonly at?: Date;
  /** A document that outlives the restore, and where it belongs. */
  readonly collection?: string;
  readonly document?: { readonly _id: string };
};

/** The file of a restore that did not come to its end; undefined when the store is whole. */
export async function findUnfinishedRestore(connection: Connection): Promise<string | undefined> {
  const row = await connection.collection<Row>(UNFINISHED).findOne({ _id: 'restore' });
  return row === null ? undefined : (row.file ?? '');
}

/** Marks the store as half restored. */
export async function markRestore(connection: Connection, file: string, at: Date): Promise<void> {
  const marks = connection.collection<Row>(UNFINISHED);
  await marks.replaceOne({ _id: 'restore' }, { file, at }, { upsert: true });
}

/** Sets a collection aside, to be put back into what is restored; done before the mark, it may be repeated. */
export async function keepAside(connection: Connection, name: string): Promise<void> {
  let batch: Row[] = [];
  const flush = async (): Promise<void> => {
    const ids = batch.map(({ _id }) => _id);
    await connection.collection<Row>(UNFINISHED).deleteMany({ _id: { $in: ids } });
    if (batch.length > 0) await connection.collection<Row>(UNFINISHED).insertMany(batch);
    batch = [];
  };
  for await (const document of connection.collection<{ _id: string }>(name).find({})) {
    batch.push({ _id: `kept ${name} ${document._id}`, collection: name, document });
    if (batch.length === 1_000) await flush();
  }
  await flush();
}

/** Puts back what was set aside; where both know something, it is the newer. */
export async function putBack(connection: Connection): Promise<void> {
  const kept = connection.collection<Row>(UNFINISHED).find({ collection: { $gt: '' } });
  for await (const { collection, document } of kept) {
    if (collection === undefined || document === undefined) continue;
    const rows = connection.collection<{ _id: string }>(collection);
    await rows.replaceOne({ _id: document._id }, document, { upsert: true });
  }
}

/** Takes the mark away: the store is whole. */
export async function unmarkRestore(connection: Connection): Promise<void> {
  await connection.collection(UNFINISHED).drop();
}

/** Throws, with the cure, when only a part of a backup is in the store. */
export async function refuseUnfinishedRestore(connection: Connection): Promise<void> {
  const file = await findUnfinishedRestore(connection);
  if (file === undefined) return;
  throw new BackupFault(
    `The restore of ${file} was not finished, so only a part of it is here. Run it again: portevoix restore ${file}`,
  );
}
