import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What became of a command, and what it printed. */
export type Ran = { readonly status: number | null; readonly out: string; readonly err: string };

const CLI = join(__dirname, '..', '..', 'dist', 'cli.js');

/** Runs the built `portevoix` beside the running server of a data folder, without a terminal. */
export function runCommand(
  dataDir: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: dataDir,
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, ...settings },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, out, err }));
    child.stdin.end();
  });
}
