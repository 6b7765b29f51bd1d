import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Outage } from './rehearsal.js';

const DIST = join(__dirname, '..');
/** What a process says when it is at work. */
const READY = /is ready|store is open/;
const READY_WITHIN_MS = 120_000;

/** One process of the program, as its operator starts it. */
export type OurProcess = {
  readonly name: string;
  /** Kills it without a word and starts it again; answers how long it was away. */
  killAndRestart(): Promise<Outage>;
  stop(): Promise<void>;
};

export type ProcessOptions = {
  readonly name: string;
  readonly script: 'main.js' | 'cli.js';
  readonly args?: readonly string[];
  /** Everything in its environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where it runs, and where what it writes is kept. */
  readonly folder: string;
};

/** Starts a process of ours and waits until it is ready. */
export async function startProcess(options: ProcessOptions): Promise<OurProcess> {
  const log = createWriteStream(join(options.folder, `${options.name}.log`));
  let child = await start();
  // Nothing is left behind by a rehearsal that is broken off.
  const endAtOnce = (): void => void child.kill('SIGKILL');
  process.once('exit', endAtOnce);

  async function start(): Promise<ChildProcess> {
    const started = spawn(
      process.execPath,
      ['--enable-source-maps', join(DIST, options.script), ...(options.args ?? [])],
      { cwd: options.folder, env: { ...options.settings }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    started.stderr.pipe(log, { end: false });
    await new Promise<void>((resolve, reject) => {
      let said = '';
      const late = setTimeout(() => fail('was not ready in time'), READY_WITHIN_MS);
      const fail = (what: string): void => {
        clearTimeout(late);
        reject(new Error(`${options.name} ${what}; see ${options.name}.log.`));
      };
      started.stdout.on('data', (text: Buffer) => {
        said += text.toString();
        if (!READY.test(said)) return;
        clearTimeout(late);
        resolve();
      });
      started.once('error', () => fail('could not be started'));
      started.once('exit', () => fail('ended before it was ready'));
    });
    return started;
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await exited;
  }

  return {
    name: options.name,
    async killAndRestart() {
      const from = Date.now();
      await end('SIGKILL');
      child = await start();
      return { of: options.name, from, until: Date.now() };
    },
    async stop() {
      await end('SIGTERM');
      process.off('exit', endAtOnce);
      log.end();
    },
  };
}
