// Builds what runs: the server with tsc and the browser programs with esbuild, into dist/.
//   node scripts/build.mjs [--force]
// Without --force nothing is done when the sources are those of the last build.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const stamp = path.join(dist, '.sources');
const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
const bundler = path.join(root, 'node_modules/esbuild/package.json');

/** Builds when needed; resolves with whether it did. Throws a sentence when it cannot. */
export async function build({ force = false } = {}) {
  // An image or a package carries the build without the sources.
  if (!existsSync(path.join(root, 'src'))) return false;
  if (!existsSync(compiler) || !existsSync(bundler)) {
    if (existsSync(path.join(dist, 'main.js'))) return false;
    throw new Error('There is no build and no compiler here: run "npm ci" without --omit=dev.');
  }
  await mkdir(dist, { recursive: true });
  const sources = await fingerprint();
  if (!force && (await isBuilt(sources))) return false;
  const unlock = await lockBuild();
  try {
    // Another process may have built while this one waited.
    if (!force && (await isBuilt(sources))) return false;
    await buildAll(sources);
    return true;
  } finally {
    await unlock();
  }
}

async function isBuilt(sources) {
  return existsSync(stamp) && (await readFile(stamp, 'utf8')) === sources;
}

async function buildAll(sources) {
  await rm(stamp, { force: true });
  const { buildSite } = await import('./build-site.mjs');
  const { buildConsole } = await import('./build-console.mjs');
  const { buildModels } = await import('./build-models.mjs');
  const { buildPlaces } = await import('./build-places.mjs');
  const server = buildServer().then(() => Promise.all([buildModels(root), buildPlaces(root)]));
  await Promise.all([
    server,
    buildSite(path.join(dist, 'assets')),
    buildConsole(path.join(dist, 'console')),
  ]);
  await writeFile(stamp, sources);
}

const LONGEST_BUILD_MS = 180_000;

/** Lets one process build at a time; the lock of a process that is gone does not count. */
async function lockBuild() {
  const lock = path.join(dist, '.lock');
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      return () => rm(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    const since = await stat(lock).catch(() => ({ mtimeMs: Date.now() }));
    const isOld = Date.now() - since.mtimeMs > LONGEST_BUILD_MS;
    if (isOld || (holder > 0 && !isRunning(holder))) await rm(lock, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function buildServer() {
  await run(process.execPath, [compiler, '-p', path.join(root, 'tsconfig.build.json')]);
  const command = path.join(dist, 'cli.js');
  if (!existsSync(command)) return;
  const text = await readFile(command, 'utf8');
  if (!text.startsWith('#!')) await writeFile(command, `#!/usr/bin/env node\n${text}`);
  await chmod(command, 0o755);
}

function run(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 2, 2] });
    child.on('error', reject);
    child.on('exit', (status) => {
      if (status === 0) resolve();
      else reject(new Error('The sources have type errors, see above.'));
    });
  });
}

/** Depends on the names and contents of all sources, so that a copied or moved folder is not rebuilt. */
async function fingerprint() {
  const hash = createHash('sha256');
  const files = ['package.json', 'tsconfig.json', 'tsconfig.build.json'];
  for (const folder of ['src', 'types', 'scripts']) {
    const entries = await readdir(path.join(root, folder), {
      withFileTypes: true,
      recursive: folder !== 'scripts',
    }).catch(() => []);
    for (const entry of entries) {
      const isSource = folder !== 'scripts' || entry.name.startsWith('build');
      if (entry.isFile() && isSource) {
        files.push(path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
      }
    }
  }
  for (const file of files.sort()) {
    hash.update(`${file}\n`).update(await readFile(path.join(root, file)));
  }
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await build({ force: process.argv.includes('--force') });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
