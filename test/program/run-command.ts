import { fork, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** What became of a command, and what it printed. */
export type Ran = { readonly status: number | null; readonly out: string; readonly err: string };

const CLI = join(__dirname, '..', '..', 'dist', 'cli.js');

/** Serves all commands of a test file. */
let runner: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();
afterAll(() => void runner?.kill());

/**
 * Runs the built `portevoix` in a folder and on its data, without a terminal; beside a running server
 * where one runs on that data. Commands of a test file share a process, one after the other.
 */
export function runCommand(
  dataDir: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return runInFolder(dataDir, args, { DATA_DIR: dataDir, ...settings });
}

/** Runs the built `portevoix` in a folder, with nothing set but what is given. */
export function runInFolder(
  folder: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const command = {
    cwd: folder,
    words: args,
    settings: { PATH: process.env['PATH'] ?? '', ...settings },
  };
  const ran = last.then(() => ask(command));
  last = ran.catch(() => undefined);
  return ran;
}

function ask(command: object): Promise<Ran> {
  const child = (runner ??= fork(join(__dirname, 'command-runner.cjs'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  }));
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      runner = undefined;
      reject(new Error('The command took its process with it.'));
    };
    child.once('exit', ended);
    child.once('message', (ran) => {
      child.off('exit', ended);
      resolve(ran as Ran);
    });
    child.send(command);
  });
}

/** Runs the built `portevoix` in a folder as a process of its own, which reads what is put in. */
export function runAlone(
  folder: string,
  args: readonly string[],
  input = '',
  settings: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', ...settings },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
    child.stdin.end(input);
  });
}
