import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of this program. */
export const VERSION = readVersion(join(__dirname, '..', '..', 'package.json'));

function readVersion(path: string): string {
  const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return typeof read === 'object' && read !== null && 'version' in read
    ? String(read.version)
    : 'unknown';
}
