import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';

jest.setTimeout(120_000);

const here = path.resolve(__dirname, '../..');
const SCRIPTS = [
  'build.mjs',
  'build-console.mjs',
  'build-models.mjs',
  'build-places.mjs',
  'build-site.mjs',
  'start.mjs',
];

/** What the build expects of the programs for browsers; the real ones take it half a minute each time. */
const BROWSERS: Readonly<Record<string, string>> = {
  'src/site/widget/main.ts': 'export {};\n',
  'src/site/widget/embed.ts': 'document.title = "Embedded";\n',
  'src/console/main.tsx': 'document.title = "Console";\n',
  'src/console/style/style.css': 'main { margin: 0 }\n',
};

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'portevoix-build-'));
  for (const name of SCRIPTS) await cp(`${here}/scripts/${name}`, `${root}/scripts/${name}`);
  await cp(`${here}/package.json`, `${root}/package.json`);
});

afterEach(() => rm(root, { recursive: true, force: true }));

type Ended = { status: number; out: string };

function run(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => {
      const status = error === null ? 0 : Number(error.code);
      resolve({ status, out: stdout + stderr });
    });
  });
}

/** A program of two files, and small programs for browsers. */
async function layProgram(): Promise<void> {
  await symlink(`${here}/node_modules`, `${root}/node_modules`);
  for (const name of ['tsconfig.json', 'tsconfig.build.json']) {
    await cp(`${here}/${name}`, `${root}/${name}`);
  }
  for (const [name, text] of Object.entries(BROWSERS)) {
    await mkdir(path.dirname(`${root}/${name}`), { recursive: true });
    await writeFile(`${root}/${name}`, text);
  }
  for (const name of ['src/site/widget', 'src/console']) {
    await cp(`${here}/${name}/tsconfig.json`, `${root}/${name}/tsconfig.json`);
  }
  await writeSource('main.ts', 'process.stdout.write("serving");\n');
  await writeSource('cli.ts', 'process.stdout.write(process.argv.slice(2).join("+"));\n');
}

function writeSource(name: string, text: string): Promise<void> {
  return writeFile(`${root}/src/${name}`, text);
}

const builtAt = async () => (await stat(`${root}/dist/main.js`)).mtimeMs;

describe('the build', () => {
  test('does nothing where there are no sources', async () => {
    expect(await run('scripts/build.mjs')).toEqual({ status: 0, out: '' });
    expect(existsSync(`${root}/dist`)).toBe(false);
  });

  test('keeps the build it finds where there is no compiler, and asks for one otherwise', async () => {
    await mkdir(`${root}/src`);
    const without = await run('scripts/build.mjs');
    expect(without.status).toBe(1);
    expect(without.out).toContain('npm ci');
    await mkdir(`${root}/dist`);
    await writeFile(`${root}/dist/main.js`, '');
    expect(await run('scripts/build.mjs')).toEqual({ status: 0, out: '' });
  });

  test('compiles once, again after a change, and starts what it built', async () => {
    await layProgram();
    expect(await run('scripts/start.mjs')).toEqual({ status: 0, out: 'serving' });
    expect(existsSync(`${root}/dist/assets/embed.js.br`)).toBe(true);
    // The owner may run it by its name.
    expect((await stat(`${root}/dist/cli.js`)).mode & 0o100).toBe(0o100);
    const first = await builtAt();
    expect(await run('scripts/start.mjs', '--cli', 'a', '--b')).toEqual({
      status: 0,
      out: 'a+--b',
    });
    expect(await builtAt()).toBe(first);
    await writeSource('main.ts', 'process.stdout.write("serving better");\n');
    expect(await run('scripts/start.mjs')).toEqual({ status: 0, out: 'serving better' });
  });

  test('does not start what has faults, and says where they are', async () => {
    await layProgram();
    await writeSource('main.ts', 'export const port: number = "3000";\n');
    const { status, out } = await run('scripts/start.mjs');
    expect(status).toBe(1);
    expect(out).toContain('src/main.ts(1,14)');
    expect(out).toContain('The sources have type errors');
  });

  test('builds once when two are asked at the same time', async () => {
    await layProgram();
    const both = await Promise.all([run('scripts/start.mjs'), run('scripts/start.mjs')]);
    expect(both).toEqual([
      { status: 0, out: 'serving' },
      { status: 0, out: 'serving' },
    ]);
    expect(existsSync(`${root}/dist/.lock`)).toBe(false);
  });
});
