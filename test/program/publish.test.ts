import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeSampleFolder } from '../cli/sample-folder.js';
import { launch, type Launched } from './launch.js';
import { runInFolder } from './run-command.js';
import { openVisitor } from './visitor.js';

const LONGEST_MS = 300_000;
const root = join(__dirname, '..', '..');

let folder: string;
let settings: Record<string, string>;
let running: Launched;
beforeEach(async () => {
  folder = makeSampleFolder();
  settings = {
    FLOWS_DIR: join(folder, 'flows'),
    LOCALES_DIR: join(folder, 'locales'),
    RATE_LIMITS: 'off',
  };
  running = await launch(settings);
}, LONGEST_MS);
afterEach(async () => {
  await running?.remove();
  rmSync(folder, { recursive: true, force: true });
}, LONGEST_MS);

/** Runs `portevoix flows` beside the server. */
async function flows(...args: string[]): Promise<string> {
  const all = { ...settings, DATA_DIR: running.dataDir };
  const { status, out, err } = await runInFolder(folder, ['flows', ...args], all);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  return out;
}

/** Waits until somebody who refuses is told so in these words. */
async function untilTold(words: string): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const visitor = await openVisitor(running.url, 'en');
    await visitor.say('no');
    await visitor.say('no');
    const messages = await visitor.waitFor((all) => all.some(({ text }) => isGoodbye(text)));
    if (messages.some(({ text }) => text === words)) return;
    await sleep(500);
  }
  throw new Error('The new words were never said.');
}

const OLD = /^goodbye: '?(.*?)'?$/m.exec(
  readFileSync(join(root, 'locales/en/welcome.yaml'), 'utf8'),
)?.[1];
const NEW = 'Another time!';
const isGoodbye = (text: string | undefined): boolean => text === OLD || text === NEW;

test(
  'a running server says what the command publishes beside it, and what it puts back',
  async () => {
    await untilTold(OLD ?? '');
    const words = join(folder, 'locales/en/welcome.yaml');
    writeFileSync(words, readFileSync(words, 'utf8').replace(/^goodbye:.*$/m, `goodbye: ${NEW}`));

    const replayed = await flows('replay');
    expect(replayed).toMatch(/ × welcome\.goodbye differs\n/);
    expect(replayed).toContain(NEW);

    expect(await flows('publish', '--comment', 'Shorter')).toMatch(/^Published: welcome/m);
    await untilTold(NEW);
    const [now, before] = (await flows('versions', 'welcome', '--json'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { version: string; comment?: string });
    expect(now?.comment).toBe('Shorter');
    await flows('rollback', 'welcome', before?.version ?? '');
    await untilTold(OLD ?? '');

    // The files still hold what was taken back.
    await running.kill('SIGTERM');
    await running.restart();
    await untilTold(OLD ?? '');
  },
  LONGEST_MS,
);
