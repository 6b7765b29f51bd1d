import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const script = path.resolve(__dirname, '../../scripts/build-site.mjs');

/** Builds the browser programs from their sources into a folder of their own. */
export async function buildAssets(): Promise<{ dir: string; remove(): Promise<void> }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'portevoix-site-'));
  await promisify(execFile)(process.execPath, [script, dir]);
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
