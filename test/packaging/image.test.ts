import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { isSetting } from './settings.js';
import { playDockerfile } from './play-dockerfile.js';
import { healthCommandOf, lastOf, readDockerfile, wordsOf } from './read-dockerfile.js';
import { readDockerignore } from './read-dockerignore.js';

const root = join(__dirname, '../..');
const temporary = mkdtempSync(join(tmpdir(), 'portevoix-image-'));
/** An install, a build and a start, on a slow machine. */
const LONGEST_MS = 600_000;
const LONGEST_START_MS = 120_000;
const running: ChildProcess[] = [];

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(temporary, { recursive: true, force: true });
});

test(
  'every step of the Dockerfile works in a clean copy, and what it leaves starts, serves and stops',
  async () => {
    const stages = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));
    const final = stages.at(-1);
    if (final === undefined) throw new Error('The Dockerfile has no stage.');
    const outside = cleanEnvironment();
    const laid = await playDockerfile(
      stages,
      {
        folder: root,
        isIgnored: readDockerignore(readFileSync(join(root, '.dockerignore'), 'utf8')),
        environment: { ...outside, npm_config_prefer_offline: 'true' },
        prepare: bringBuild,
      },
      temporary,
    );

    const port = await findPort();
    const environment = {
      ...outside,
      ...laid.environment,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: join(laid.root, lastOf(final, 'VOLUME').text),
    };
    const [program = '', ...words] = wordsOf(lastOf(final, 'CMD'));
    const started = spawn(program, words, {
      cwd: laid.workdir,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(started);
    const said = record(started);
    const ended = statusOf(started);
    try {
      const [check = '', ...checkWords] = healthCommandOf(final);
      const isHealthy = async (): Promise<boolean> =>
        (await statusOf(spawn(check, checkWords, { env: environment }))) === 0;
      const giveUpAt = Date.now() + LONGEST_START_MS;
      while (!(await isHealthy())) {
        const isOver = started.exitCode !== null || Date.now() > giveUpAt;
        if (isOver) throw new Error(`It did not become ready:\n${said()}`);
      }
      const site = `http://127.0.0.1:${port}`;
      const page = await fetch(`${site}/`);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect((await fetch(`${site}/embed.js`)).status).toBe(200);
      const begun = await fetch(`${site}/directline/v3/directline/tokens/generate`, {
        method: 'POST',
      });
      expect(begun.status).toBe(200);
    } finally {
      started.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
    expect(said()).toContain('Portevoix is ready.');
  },
  LONGEST_MS,
);

/**
 * Where a change is tried, its install has just built the same sources, and that build is taken over as a
 * layer of an image would be; the build script itself finds out whether they are the same.
 */
function bringBuild(command: string, workdir: string): void {
  if (process.env['CI'] === undefined || command !== 'node scripts/build.mjs') return;
  cpSync(join(root, 'dist'), join(workdir, 'dist'), { recursive: true });
}

/** What a machine has before it knows this program: no settings of ours, no traces of npm or jest. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const traces = /^(npm_(lifecycle|package|config_local_prefix|command)|NODE_ENV$|JEST_|INIT_CWD$)/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !traces.test(name) && !isSetting(name)),
  );
}

function findPort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => found(port));
    });
  });
}

function statusOf(child: ChildProcess): Promise<number | null> {
  return new Promise((ended, failed) => {
    child.on('error', failed);
    child.on('close', ended);
  });
}

function record(child: ChildProcess): () => string {
  let said = '';
  child.stdout?.on('data', (piece: Buffer) => (said += String(piece)));
  child.stderr?.on('data', (piece: Buffer) => (said += String(piece)));
  return () => said;
}
