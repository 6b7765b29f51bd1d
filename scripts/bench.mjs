// Runs the benchmarks, all or those named; other arguments go on to them.
//   npm run bench -- [engine] [store] … [--json]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'bench');
const known = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replace(/\.ts$/, ''));
const given = process.argv.slice(2);
const named = given.filter((argument) => known.includes(argument));
const rest = given.filter((argument) => !known.includes(argument));

installPeers();
// Some start the program as it is built.
await build();
for (const name of named.length > 0 ? named : known) {
  process.stderr.write(`\n${name}\n`);
  run(process.execPath, ['--import', 'tsx', join(folder, `${name}.ts`), ...rest]);
}

/** The engines measured beside ours have a lockfile of their own; they are no part of the program. */
function installPeers() {
  const installed = join(folder, 'node_modules', '.package-lock.json');
  const lockfile = join(folder, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return;
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
}

function run(command, args, options = {}) {
  const { status } = spawnSync(command, args, {
    stdio: ['inherit', 'inherit', 'inherit'],
    shell: process.platform === 'win32' && command === 'npm',
    ...options,
  });
  if (status !== 0) process.exit(status ?? 1);
}
