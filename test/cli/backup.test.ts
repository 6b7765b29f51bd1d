import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FLOWS, LOCALES } from '../conversation/rights-campaign.js';
import { launch, type Launched } from '../program/launch.js';
import { runCommand, type Ran } from '../program/run-command.js';
import { openVisitor } from '../program/visitor.js';
import { makeFolder, removeFolder } from '../store/support.js';

let program: Launched;
let elsewhere: string;
beforeAll(async () => {
  elsewhere = makeFolder('elsewhere');
  program = await launch({ FLOWS_DIR: FLOWS, LOCALES_DIR: LOCALES });
}, 60_000);
afterAll(async () => {
  await program?.remove();
  removeFolder(elsewhere);
});

const portevoix = (dataDir: string, ...args: string[]): Promise<Ran> =>
  runCommand(dataDir, args, { FLOWS_DIR: FLOWS });
const key = (dataDir: string): string => readFileSync(join(dataDir, 'secret.key'), 'utf8');

async function emailsIn(dataDir: string): Promise<readonly string[]> {
  const { out } = await portevoix(dataDir, 'export', 'supporters', '--json');
  const lines = out.split('\n').filter((line) => line !== '');
  const emails = lines.map((line) => (JSON.parse(line) as { email?: string }).email ?? '');
  return emails.sort();
}

async function meet(email: string): Promise<void> {
  const visitor = await openVisitor(program.url);
  for (const words of ['oui', email, '06 12 34 56 78', 'rien']) await visitor.say(words);
  await visitor.waitFor((all) => all.some(({ text }) => text?.includes('Merci !') === true));
}

test('a campaign is backed up while it runs, and restored without those who were erased since', async () => {
  const { dataDir } = program;
  // Of one household: they gave the same number.
  await meet('lea@exemple.org');
  await meet('tom@exemple.org');
  const backup = join(elsewhere, 'campaign.backup');
  const made = await portevoix(dataDir, 'backup', backup, '--with-secret', '--json');
  expect(made).toMatchObject({ status: 0, err: '' });
  const { documents } = JSON.parse(made.out) as { documents: number };

  expect(await portevoix(dataDir, 'restore', backup, '--replace')).toMatchObject({
    status: 1,
    err: expect.stringContaining('A server is at work on this store'),
  });
  const erased = await portevoix(dataDir, 'privacy', 'erase', 'lea@exemple.org', '--yes');
  expect(erased.status).toBe(0);
  await program.kill('SIGTERM');

  // Another place, with nothing but the file.
  const other = join(elsewhere, 'data');
  const fresh = await runCommand(elsewhere, ['restore', backup, '--json'], {
    DATA_DIR: other,
    FLOWS_DIR: FLOWS,
  });
  expect(fresh).toMatchObject({ status: 0, err: '' });
  expect(JSON.parse(fresh.out)).toMatchObject({ documents, same_key: true, erased_again: 0 });
  expect(key(other)).toBe(key(dataDir));
  expect(await emailsIn(other)).toEqual(['lea@exemple.org', 'tom@exemple.org']);

  // In its own place, where somebody was erased since.
  expect(await portevoix(dataDir, 'restore', backup)).toMatchObject({
    status: 1,
    err: expect.stringContaining('The store is not empty'),
  });
  const back = await portevoix(dataDir, 'restore', backup, '--replace');
  expect(back).toMatchObject({ status: 0, err: '' });
  expect(back.out).toContain('1 people were erased since, and are erased again.');
  expect(await emailsIn(dataDir)).toEqual(['tom@exemple.org']);
  await program.restart();
  await meet('zoe@exemple.org');
  expect(await emailsIn(dataDir)).toEqual(['tom@exemple.org', 'zoe@exemple.org']);
}, 120_000);
