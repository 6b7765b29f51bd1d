// Checks a running Portevoix with Microsoft's own clients, unmodified.
//   node scripts/test-clients.mjs          starts a server of its own, with a data folder of its own
//   node scripts/test-clients.mjs URL      checks the server at URL, with the sample campaign
// Screenshots go to the folder named by SCREENSHOTS, if any.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from './build.mjs';

const root = path.resolve(import.meta.dirname, '..');
const clients = path.join(root, 'test/clients');

await install();
const given = process.argv[2];
process.exitCode = given === undefined ? await withServer(check) : await check(given);

/** Installs the clients, which are too heavy for the program's own `npm ci`. */
async function install() {
  const installed = await changedAt(path.join(clients, 'node_modules/.package-lock.json'));
  if (installed >= (await changedAt(path.join(clients, 'package-lock.json')))) return;
  const code = await run('npm', ['ci', '--ignore-scripts', '--no-progress'], { cwd: clients });
  if (code !== 0) throw new Error('The clients could not be installed; see above.');
}

async function changedAt(file) {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/** Starts a server, waits until it is ready, and stops it whatever happens. */
async function withServer(use) {
  await build();
  const data = await mkdtemp(path.join(tmpdir(), 'portevoix-clients-'));
  const port = await freePort();
  const server = spawn(process.execPath, [path.join(root, 'dist/main.js')], {
    // Neither the settings of this machine's `.env` nor of its environment: the sample, as it comes.
    cwd: data,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: data,
      FLOWS_DIR: path.join(root, 'flows'),
      LOCALES_DIR: path.join(root, 'locales'),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(server, 'exit');
  try {
    const url = `http://127.0.0.1:${port}`;
    await ready(url, server);
    return await use(url);
  } finally {
    server.kill();
    await ended;
    await rm(data, { recursive: true, force: true });
  }
}

async function ready(url, server) {
  for (;;) {
    if (server.exitCode !== null) throw new Error('The server did not start; see above.');
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function check(url) {
  const tests = ['directlinejs.test.mjs', 'webchat.test.mjs'].map((file) =>
    path.join(clients, file),
  );
  return run(process.execPath, ['--import', 'tsx', '--test', '--test-concurrency=1', ...tests], {
    cwd: root,
    env: { ...process.env, PORTEVOIX_URL: url },
  });
}

async function run(command, args, options) {
  const [code] = await once(spawn(command, args, { ...options, stdio: 'inherit' }), 'exit');
  return code ?? 1;
}
