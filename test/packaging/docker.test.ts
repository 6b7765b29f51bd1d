import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readSettings } from '../../src/config.js';
import {
  environmentOf,
  healthCommandOf,
  lastOf,
  readDockerfile,
  type Stage,
  wordsOf,
} from './read-dockerfile.js';
import { readDockerignore } from './read-dockerignore.js';
import { isSetting } from './settings.js';

const root = join(__dirname, '../..');
const stages = readDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'));
const isIgnored = readDockerignore(readFileSync(join(root, '.dockerignore'), 'utf8'));
const final = finalOf(stages);

describe('the image', () => {
  test('is built from files that exist and are not left out', () => {
    const sources = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ name, flags }) => name === 'COPY' && flags.from === undefined)
      .flatMap((instruction) => wordsOf(instruction).slice(0, -1));
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
    expect(sources.filter(isIgnored)).toEqual([]);
  });

  test('leaves secrets, data, history and installed packages of the host out', () => {
    const unwanted = ['.env', 'data/store/data.mdb', '.git/HEAD', 'node_modules/ws/index.js'];
    expect(unwanted.filter((path) => !isIgnored(path))).toEqual([]);
    expect(isIgnored('scripts/bench/node_modules/a/b.js')).toBe(true);
    expect(isIgnored('src/store/connection.ts')).toBe(false);
  });

  test('runs on the same Node in both stages, at least the one that package.json asks for', () => {
    const [image, ...others] = stages.map((stage) => stage.image);
    expect(others).toEqual(others.map(() => image));
    expect(Number(/^node:(\d+)-/.exec(image ?? '')?.[1])).toBeGreaterThanOrEqual(20);
  });

  test('does not run as root, and owns its data', () => {
    const owner = lastOf(final, 'USER').text;
    expect(owner).toBe('node');
    const volume = lastOf(final, 'VOLUME').text;
    expect(volume).toBe(environmentOf(final).DATA_DIR);
    const made = final.instructions.find(
      ({ name, text }) => name === 'COPY' && text.endsWith(` ${volume}`),
    );
    expect(made?.flags.chown).toBe(`${owner}:${owner}`);
  });

  test('sets only what the program reads', () => {
    const names = Object.keys(environmentOf(final)).filter((name) => name !== 'NODE_ENV');
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !isSetting(name))).toEqual([]);
    expect(isSetting('NO_SUCH_SETTING')).toBe(false);
  });

  test('listens where it says', () => {
    const settings = readSettings(environmentOf(final), '/app');
    expect(settings.host).toBe('0.0.0.0');
    expect(lastOf(final, 'EXPOSE').text).toBe(String(settings.port));
    expect(settings.publicUrl).toBe(`http://localhost:${settings.port}`);
  });

  test('stops by the signal that the program listens for', () => {
    const signal = lastOf(final, 'STOPSIGNAL').text;
    expect(readFileSync(join(root, 'src/main.ts'), 'utf8')).toContain(`process.on('${signal}'`);
  });

  test('starts a file that the build makes', () => {
    const [program, ...words] = wordsOf(lastOf(final, 'CMD'));
    expect(program).toBe('node');
    const started = words.find((word) => !word.startsWith('--')) ?? '';
    expect(started).toMatch(/^dist\/.+\.js$/);
    const source = started.replace(/^dist/, 'src').replace(/\.js$/, '.ts');
    expect(existsSync(join(root, source))).toBe(true);
  });
});

describe('the health check of the image', () => {
  const words = healthCommandOf(final);

  test.each([
    [200, 0],
    [503, 1],
  ])('an answer of %i ends it with %i', async (status, expected) => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status).end();
    });
    const port = await listen(server);
    try {
      expect(await statusOf(words, port)).toBe(expected);
      expect(asked).toEqual(['/readyz']);
    } finally {
      server.close();
    }
  });

  test('no answer ends it with 1', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((closed) => server.close(closed));
    expect(await statusOf(words, port)).toBe(1);
  });
});

function finalOf(all: readonly Stage[]): Stage {
  const last = all.at(-1);
  if (last === undefined) throw new Error('The Dockerfile has no stage.');
  return last;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function statusOf([program = '', ...words]: string[], port: number): Promise<number | null> {
  return new Promise((ended, failed) => {
    const child = spawn(program, words, { env: { ...process.env, PORT: String(port) } });
    child.on('error', failed);
    child.on('close', ended);
  });
}
