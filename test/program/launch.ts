import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(__dirname, '..', '..');

/** A Portevoix that runs as its operator runs it: a process of its own, after a build. */
export type Launched = {
  readonly url: string;
  readonly dataDir: string;
  /** What it wrote on standard output and standard error. */
  output(): string;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
  /** How it ended; undefined while it runs, null when it was killed. */
  exitCode(): number | null | undefined;
  pid(): number;
  /** Memory it holds now (resident). */
  memoryBytes(): number;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
};

/** Starts the built program on a free port with data of its own; `settings` are added to its environment. */
export async function launch(settings: Record<string, string> = {}): Promise<Launched> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let output = '';

  async function start(): Promise<void> {
    const started = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
      cwd: root,
      env: {
        PATH: process.env['PATH'] ?? '',
        PORT: String(port),
        DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
        FLOWS_WATCH: 'off',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on('data', (text: Buffer) => {
        output += text.toString();
      });
    }
    await ready(
      url,
      () => started.exitCode !== null || started.signalCode !== null,
      () => output,
    );
  }

  async function kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const dying = child;
    if (dying === undefined || dying.exitCode !== null || dying.signalCode !== null) return;
    const exited = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill(signal);
    await exited;
  }

  const remove = async (): Promise<void> => {
    await kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    url,
    dataDir,
    output: () => output,
    kill,
    restart: start,
    exitCode: () => (child?.signalCode === null ? (child.exitCode ?? undefined) : null),
    pid: () => child?.pid ?? 0,
    memoryBytes: () => residentBytes(child?.pid ?? 0),
    remove,
  };
}

/** Waits until it says that it is ready; longer than any machine needs. */
async function ready(url: string, ended: () => boolean, output: () => string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    if (ended()) throw new Error(`The program ended before it was ready:\n${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    // It says so a moment later.
    if (answer?.status === 200 && output().includes('Portevoix is ready.')) return;
    await sleep(50);
  }
  throw new Error(`The program was not ready after a minute:\n${output()}`);
}

function residentBytes(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? 0) * 1024;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
