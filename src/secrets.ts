import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './error-code.js';

/**
 * The key that signs links, tokens and sessions: the setting, or one generated once in `dataDir`
 * (file mode 0600), so that tokens outlive a restart.
 */
export function findSecretKey(dataDir: string, setting: string | undefined): string {
  if (setting !== undefined) return setting;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'secret.key');
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
