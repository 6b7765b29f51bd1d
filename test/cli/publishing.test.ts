import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runInFolder, type Ran } from '../program/run-command.js';
import { edit, makeSampleFolder } from './sample-folder.js';

let folder: string;
beforeEach(() => {
  folder = makeSampleFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built `portevoix flows` in the temporary folder, on the store that lies there. */
function flows(...args: string[]): Promise<Ran> {
  return runInFolder(folder, ['flows', ...args], { LOG_LEVEL: 'warn' });
}

const reword = (text: string): string => text.replace(/^goodbye:.*$/m, 'goodbye: Another time!');

/** The versions of the welcome, the last one first. */
async function versions(): Promise<{ version: string; inForce: boolean; author: string }[]> {
  const { out } = await flows('versions', 'welcome', '--json');
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { version: string; inForce: boolean; author: string });
}

const LONGEST_MS = 120_000;

describe('portevoix flows publish, versions and rollback', () => {
  test(
    'publish the files, tell of it, and go back',
    async () => {
      expect(await flows('versions', 'welcome')).toMatchObject({ status: 1, out: '' });
      const first = await flows('publish', '--author', 'lea');
      expect(first).toMatchObject({ status: 0, err: '' });
      expect(first.out).toMatch(/^welcome +new +→ +[0-9a-f]{8}$/m);
      expect(first.out).toMatch(/^Published: .*welcome/m);

      edit(folder, 'locales/en/welcome.yaml', reword);
      const tried = await flows('publish', '--dry-run');
      expect(tried.status).toBe(0);
      expect(tried.out).toMatch(/welcome +[0-9a-f]{8} of lea, .* → +[0-9a-f]{8}/);
      expect(tried.out).toMatch(/transcripts: no new failure/);
      expect(tried.out).toMatch(/Replayed 0 recorded conversations/);
      expect(tried.out).toMatch(/Nobody stands in these flows/);

      const told = await flows(
        'publish',
        'welcome',
        '--author',
        'sam',
        '--comment',
        'Short',
        '--json',
      );
      expect(JSON.parse(told.out)).toMatchObject({
        outcome: 'published',
        flows: [{ name: 'welcome' }],
        problems: [],
        transcripts: { failed: [] },
      });
      const all = await versions();
      const [now, before] = all;
      expect(all).toHaveLength(2);
      expect(now).toMatchObject({ author: 'sam', comment: 'Short', inForce: true, sessions: 0 });
      expect(before).toMatchObject({ author: 'lea', inForce: false });

      const back = await flows('rollback', 'welcome', before?.version.slice(0, 4) ?? '');
      expect(back.status).toBe(0);
      const listed = (await flows('versions', 'welcome')).out.split('\n');
      expect(listed[0]).toMatch(new RegExp(`^\\* +${before?.version} .*\\(rolled back\\)`));
      // The files are older now, and are published again only by name.
      const older = await flows('publish');
      expect(older.out).toMatch(/welcome: the files hold .*`portevoix flows export`/);
      expect(older.out).toMatch(/Nothing to publish/);
      expect((await flows('publish', 'welcome')).out).toMatch(/^Published: welcome/m);
    },
    LONGEST_MS,
  );

  test(
    'refuse what is faulty or unknown, with its place, and publish nothing',
    async () => {
      await flows('publish');
      edit(folder, 'flows/welcome.yaml', (text) => text.replace('then: email', 'then: emial'));
      const faulty = await flows('publish');
      expect(faulty.status).toBe(1);
      expect(faulty.out).toMatch(/^flows\/welcome\.yaml:\d+:\d+ error unknown-step /m);
      const told = JSON.parse((await flows('publish', '--json')).out) as { outcome: string };
      expect(told).toMatchObject({ outcome: 'refused', problems: [{ code: 'unknown-step' }] });
      edit(folder, 'flows/welcome.yaml', (text) => text.replace('then: emial', 'then: email'));

      edit(folder, 'flows/welcome.yaml', (text) => text.replace('  - say: hello\n', ''));
      for (const language of ['en', 'fr']) {
        edit(folder, `locales/${language}/welcome.yaml`, (text) =>
          text.replace(/^hello:.*\n/m, ''),
        );
      }
      const failing = await flows('publish', '--dry-run');
      expect(failing.status).toBe(1);
      expect(failing.out).toMatch(/✗.*hello/);
      expect(failing.out).toMatch(/\d+ of \d+ transcripts fail/);
      expect(await versions()).toHaveLength(1);

      expect(await flows('publish', 'nothing', '--retire', 'nothing')).toMatchObject({ status: 1 });
      expect(await flows('rollback', 'welcome', 'zzzz')).toMatchObject({ status: 1 });
      expect(await flows('replay', '--limit', '0')).toMatchObject({ status: 2 });
      expect(await flows('rollback', 'welcome')).toMatchObject({ status: 2 });
    },
    LONGEST_MS,
  );
});

describe('portevoix flows export', () => {
  test(
    'writes files that check, and that are published already',
    async () => {
      await flows('publish');
      expect((await flows('export')).out).toMatch(/^0 files written/);
      const written = await flows('export', 'out/flows');
      expect(written).toMatchObject({ status: 0, err: '' });
      for (const path of ['flows/campaign.yaml', 'flows/welcome.yaml', 'locales/fr/common.yaml']) {
        expect(existsSync(join(folder, 'out', path))).toBe(true);
      }
      expect((await flows('check', 'out/flows')).status).toBe(0);
      const same = readFileSync(join(folder, 'flows/welcome.yaml'), 'utf8');
      expect(readFileSync(join(folder, 'out/flows/welcome.yaml'), 'utf8')).toBe(same);

      edit(folder, 'flows/welcome.yaml', (text) => `${text}# Not published.\n`);
      const refused = await flows('export');
      expect(refused.status).toBe(1);
      expect(refused.err).toMatch(/welcome .*--force/);
      const forced = await flows('export', '--force', '--json');
      expect(JSON.parse(forced.out)).toMatchObject({
        written: expect.arrayContaining(['flows/welcome.yaml']),
      });
      expect(readFileSync(join(folder, 'flows/welcome.yaml'), 'utf8')).toBe(same);
      expect((await flows('publish')).out).toMatch(/^Nothing to publish/);
    },
    LONGEST_MS,
  );
});
