import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDeliveries, type DeliveryCounts } from '../../src/outreach/messages/deliveries.js';
import { newMessage, openMessages } from '../../src/outreach/messages/messages.js';
import { openActivities } from '../../src/store/activities.js';
import { openStore } from '../../src/store/connection.js';
import { consentsNow } from '../../src/supporters/consents-now.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { startBotApi, TOKEN, type BotApi } from '../channels/telegram/bot-api.js';
import { supporter } from '../outreach/messages/sample.js';
import { launch, type Launched } from './launch.js';
import { runCommand } from './run-command.js';

const PEOPLE = 120;
const KILLS = 2;
/** Between the mark and the end of a send, in one process on one channel. */
const MOST_IN_DOUBT = 50;

const LOCALES_DIR = join(__dirname, '..', '..', 'locales');
const closers: (() => Promise<void>)[] = [];
let settings: Record<string, string>;
let api: BotApi;
let program: Launched;
beforeAll(async () => {
  api = await startBotApi();
  closers.push(api.close);
  const flows = mkdtempSync(join(tmpdir(), 'portevoix-flows-'));
  closers.push(async () => rmSync(flows, { recursive: true }));
  cpSync(join(__dirname, '..', '..', 'flows'), flows, { recursive: true });
  // The test runs at night too.
  appendFileSync(join(flows, 'campaign.yaml'), '\nquiet_hours: none\n');
  settings = {
    FLOWS_DIR: flows,
    LOCALES_DIR,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.url,
    TELEGRAM_RATE_PER_SECOND: '60',
  };
  program = await launch(settings);
  closers.push(program.remove);
});
afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

test('a message is written, planned, sent and looked at by commands beside the running program', async () => {
  await meet('web', 'telegram');
  const file = join(program.dataDir, 'message.yaml');
  writeFileSync(
    file,
    [
      'name: Picnic',
      'purpose: engagement',
      'words:',
      '  fr: "Pique-nique demain !"',
      '  en: "Picnic tomorrow!"',
      `at: ${new Date().toISOString()}`,
      'channels: [telegram, web]',
    ].join('\n'),
  );
  const { id = '' } = await json('create', file);
  expect(await json('plan', id)).toMatchObject({
    recipients: 2,
    inTime: true,
    channels: { telegram: { recipients: 1, rate: 60 }, web: { recipients: 1 } },
  });
  expect(await json('send', id)).toMatchObject({ state: 'planned', recipients: 2 });
  await until(() => api.shown('friend-telegram').length > 0);
  await until(async () => (await json('status', id))['state'] === 'done');
  expect(await json('status', id)).toMatchObject({ sent: 2, unknown: 0, reasons: {} });
  expect(api.shown('friend-telegram').map(({ text }) => text)).toEqual(['Pique-nique demain !']);
  expect(await shownOnPage('friend-web')).toEqual(['Picnic tomorrow!']);
  const again = await runCommand(program.dataDir, ['messages', 'send', id], settings);
  expect(again).toMatchObject({ status: 1, err: expect.stringContaining('only a draft') });
}, 120_000);

test('kills of the program while it sends lose no message, double none, and leave in doubt what they cut', async () => {
  await seed(program.dataDir);
  const shown = () => Array.from({ length: PEOPLE }, (_, n) => api.shown(`${n}`).length);
  const arrived = () => shown().reduce((sum, count) => sum + count, 0);
  for (let kills = 1; kills <= KILLS; kills += 1) {
    const enough = Math.floor((PEOPLE * kills) / (KILLS + 1));
    await until(() => arrived() >= enough);
    await program.kill('SIGKILL');
    await program.restart();
  }
  const counts = await ended(program.dataDir);
  expect(counts).toMatchObject({ planned: 0, sending: 0, failed: 0, skipped: 0 });
  expect(counts.sent + counts.unknown).toBe(PEOPLE);
  expect(counts.unknown).toBeLessThanOrEqual(KILLS * MOST_IN_DOUBT);
  // Nobody has it twice, and whoever has it not is among those in doubt.
  expect(Math.max(...shown())).toBe(1);
  expect(PEOPLE - arrived()).toBeLessThanOrEqual(counts.unknown);
}, 120_000);

async function json(command: string, about: string): Promise<Record<string, string>> {
  const args = ['messages', command, about, '--json'];
  const { status, out, err } = await runCommand(program.dataDir, args, settings);
  if (status !== 0) throw new Error(err);
  const read: Record<string, string> = JSON.parse(out);
  return read;
}

/** Somebody on each channel who agreed to be written to. */
async function meet(...channels: readonly string[]): Promise<void> {
  const store = await openStore({ dataDir: program.dataDir, lasting: false });
  const { supporters, addresses } = openPeople(store.connection, 'secret');
  for (const channel of channels) {
    const address = `friend-${channel}`;
    const { consents, ...record } = supporter(address, [channel]);
    const agreed = consents.map((consent) => ({ ...consent, purpose: 'engagement' as const }));
    const language = channel === 'web' ? 'en' : 'fr';
    const consents_now = consentsNow(agreed);
    await supporters.table.insert({ ...record, language, consents: agreed, consents_now });
    await addresses.claim(channel, address, address, record.created_at);
  }
  await store.close();
}

async function shownOnPage(conversation: string): Promise<unknown[]> {
  const store = await openStore({ dataDir: program.dataDir, lasting: false });
  try {
    const activities = openActivities<{ id: string; text?: string }>(store.connection);
    const found = await activities.after(conversation, 0, 10);
    return found.map((one) => one.activity.text);
  } finally {
    await store.close();
  }
}

async function seed(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir, lasting: false });
  const { supporters, addresses } = openPeople(store.connection, 'secret');
  const all = Array.from({ length: PEOPLE }, (_, n) => supporter(`person-${n}`, ['telegram']));
  await supporters.table.insertAll(all);
  await addresses.table.insertAll(
    all.map(({ _id, created_at }, n) => ({
      _id: `telegram:${n}`,
      supporter: _id,
      channel: 'telegram',
      address: `${n}`,
      created_at,
      reachable: true,
    })),
  );
  const at = new Date();
  await openMessages(store.connection).table.insert({
    ...newMessage(
      'm1',
      {
        name: 'reminder',
        purpose: 'vote',
        content: 'neutral',
        says: { type: 'words', words: { fr: 'On vote dimanche.', en: 'Vote on Sunday.' } },
        at: { type: 'instant', at: at.getTime() },
        channels: ['telegram'],
      },
      at,
    ),
    state: 'planned',
    starts_at: at,
    recipients: PEOPLE,
  });
  await store.close();
}

async function ended(dataDir: string): Promise<DeliveryCounts['states']> {
  const store = await openStore({ dataDir, lasting: false });
  try {
    const messages = openMessages(store.connection);
    await until(async () => (await messages.get('m1'))?.state === 'done');
    return (await openDeliveries(store.connection).count('m1')).states;
  } finally {
    await store.close();
  }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const latest = Date.now() + 60_000;
  while (!(await isSo())) {
    if (Date.now() > latest) throw new Error('It never came to be so.');
    await sleep(20);
  }
}
