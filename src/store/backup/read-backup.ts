import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { errorCode } from '../../error-code.js';
import { BackupFault } from './backup-fault.js';
import { broken, decodeFrames, type BackupHeader, type Frame } from './frames.js';

/** How far something is, from 0 to 1, and how many documents that was. */
export type BackupProgress = (share: number, documents: number) => void;

/** What a sound backup holds. */
export type BackupContents = {
  readonly header: BackupHeader;
  readonly collections: number;
  readonly documents: number;
};

/** The frames of a backup file, one at a time; a BackupFault where it cannot be read. */
export async function* readBackup(
  path: string,
  progress: BackupProgress = () => undefined,
): AsyncGenerator<Frame> {
  const { size } = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') throw new BackupFault(`There is no file ${path}.`);
    throw error;
  });
  const file = createReadStream(path, { highWaterMark: 262_144 });
  const unzipped = createGunzip();
  file.on('error', (error) => unzipped.destroy(error));
  let documents = 0;
  try {
    for await (const frame of decodeFrames(file.pipe(unzipped))) {
      if (frame.type === 'document') documents += 1;
      if (documents % 500 === 0) progress(file.bytesRead / Math.max(1, size), documents);
      yield frame;
    }
  } catch (error) {
    const code = errorCode(error);
    if (typeof code !== 'string' || !code.startsWith('Z_')) throw error;
    throw documents === 0 && code === 'Z_DATA_ERROR'
      ? new BackupFault('This file is no backup: portevoix backup writes one.')
      : broken('it is cut short, or its compression is wrong');
  } finally {
    file.destroy();
    unzipped.destroy();
  }
}

/** Reads all of a backup and writes nothing: what it holds, or the BackupFault that it has. */
export async function verifyBackup(
  path: string,
  progress?: BackupProgress,
): Promise<BackupContents> {
  let header: BackupHeader | undefined;
  let [collections, documents] = [0, 0];
  for await (const frame of readBackup(path, progress)) {
    if (frame.type === 'header') header = frame.header;
    if (frame.type === 'collection') collections += 1;
    if (frame.type === 'document') documents += 1;
  }
  if (header === undefined) throw broken('it has no header');
  return { header, collections, documents };
}
