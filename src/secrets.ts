import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './error-code.js';

/** Characters of the shortest key accepted, as for the setting. */
const SHORTEST = 32;
const KEY_FILE = 'secret.key';

/**
 * The key that signs links, tokens and sessions: the setting, or one generated once in `dataDir`
 * (file mode 0600), so that tokens outlive a restart.
 */
export function findSecretKey(dataDir: string, setting: string | undefined): string {
  if (setting !== undefined) return setting;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, KEY_FILE);
  if (!existsSync(file)) create(file);
  const key = readFileSync(file, 'utf8').trim();
  if (key.length < SHORTEST) {
    throw new Error(
      `${file} holds no key of ${SHORTEST} characters: remove it, or set SECRET_KEY.`,
    );
  }
  return key;
}

/** The key that is set or was generated; undefined where there is none yet. */
export function readSecretKey(dataDir: string, setting: string | undefined): string | undefined {
  const isThere = setting !== undefined || existsSync(join(dataDir, KEY_FILE));
  return isThere ? findSecretKey(dataDir, setting) : undefined;
}

/** Keeps a key that was brought along, in place of a generated one (file mode 0600). */
export function keepSecretKey(dataDir: string, key: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = join(dataDir, `${KEY_FILE}.${randomBytes(6).toString('hex')}`);
  writeFileSync(draft, key, { mode: 0o600, flush: true });
  renameSync(draft, join(dataDir, KEY_FILE));
}

/** In one step, for another process may read it at any time; whoever is first makes the key. */
function create(file: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}
