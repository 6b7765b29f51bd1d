import { resolve } from 'node:path';
import { readSettings } from '../../config.js';
import { findSecretKey } from '../../secrets.js';
import { writeBackup } from '../../store/backup/write-backup.js';
import { openStore } from '../../store/connection.js';
import { openProgressBar } from '../progress-bar.js';
import { write } from '../write.js';
import { keyFingerprint } from './key-fingerprint.js';

type Options = { readonly withSecret?: boolean; readonly json?: boolean };

/** `portevoix backup FILE`: also beside a running server, by joining its store. */
export async function backUp(file: string, { withSecret, json }: Options): Promise<void> {
  const { dataDir, mongodbUri, secretKey } = readSettings();
  const secret = findSecretKey(dataDir, secretKey);
  const store = await openStore({ dataDir, mongodbUri, lasting: false });
  const bar = openProgressBar();
  try {
    const header = {
      key: keyFingerprint(secret),
      ...(withSecret === true ? { secret } : {}),
    };
    const written = await writeBackup(store.connection, resolve(file), header, (share, documents) =>
      bar.show(share, `${documents} documents`),
    );
    bar.end();
    if (json === true) return await write(`${JSON.stringify({ file, ...written })}\n`);
    const { documents, collections, bytes, at } = written;
    const size = (bytes / 1e6).toFixed(1);
    await write(
      `${documents} documents of ${collections} collections, as of ${at.toISOString()}: ${file}, ${size} MB.\n`,
    );
    await write(
      withSecret === true
        ? 'The key that signs links is in it: whoever has this file can sign in its name.\n'
        : 'The key that signs links is not in it: keep SECRET_KEY, or secret.key of DATA_DIR, in another safe place.\n',
    );
  } finally {
    bar.end();
    await store.close();
  }
}
