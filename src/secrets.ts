import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './error-code.js';

/** Characters of the shortest key accepted, as for the setting. */
const SHORTEST = 32;

/**
 * The key that signs links, tokens and sessions: the setting, or one generated once in `dataDir`
 * (file mode 0600), so that tokens outlive a restart.
 */
export function findSecretKey(dataDir: string, setting: string | undefined): string {
  if (setting !== undefined) return setting;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'secret.key');
  if (!existsSync(file)) create(file);
  const key = readFileSync(file, 'utf8').trim();
  if (key.length < SHORTEST) {
    throw new Error(
      `${file} holds no key of ${SHORTEST} characters: remove it, or set SECRET_KEY.`,
    );
  }
  return key;
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
