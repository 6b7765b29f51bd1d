import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { openDeliveries, type DeliveryCounts } from '../../src/outreach/messages/deliveries.js';
import { newMessage, openMessages } from '../../src/outreach/messages/messages.js';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { startBotApi, TOKEN } from '../channels/telegram/bot-api.js';
import { supporter } from '../outreach/messages/sample.js';
import { launch } from './launch.js';

const PEOPLE = 120;
const KILLS = 2;
/** Between the mark and the end of a send, in one process on one channel. */
const MOST_IN_DOUBT = 50;

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

test('kills of the program while it sends lose no message, double none, and leave in doubt what they cut', async () => {
  const api = await startBotApi();
  closers.push(api.close);
  const flows = mkdtempSync(join(tmpdir(), 'portevoix-flows-'));
  closers.push(async () => rmSync(flows, { recursive: true }));
  cpSync(join(__dirname, '..', '..', 'flows'), flows, { recursive: true });
  // The test runs at night too.
  appendFileSync(join(flows, 'campaign.yaml'), '\nquiet_hours: none\n');
  const program = await launch({
    FLOWS_DIR: flows,
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.url,
    TELEGRAM_RATE_PER_SECOND: '60',
  });
  closers.push(program.remove);
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
