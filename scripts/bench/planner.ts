import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newMessage, openMessages } from '../../src/outreach/messages/messages.js';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { supporter } from './measure/supporter.js';
import { watchProcess } from './measure/watch-process.js';

/*
 * Plans a message for everybody by the built command, as staff do: who gets it by which channel, when it
 * ends, and why others do not; seconds, seconds of CPU, and the most memory that the process held, with the
 * embedded store in it: its own, and with the pages of the store's file, which may be dropped at any moment.
 *
 *   npm run bench -- planner [supporters]
 */
const [given = '100000'] = process.argv.slice(2);
const people = Number(given);
const CLI = join(__dirname, '..', '..', 'dist', 'cli.js');
const DAY_MS = 86_400_000;
/** Of a bot that there is not; nothing is sent. */
const TOKEN = `123456:${'A'.repeat(35)}`;

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-planner-'));
  try {
    await fill(dataDir);
    const child = spawn(process.execPath, [CLI, 'messages', 'plan', 'bench'], {
      env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, TELEGRAM_BOT_TOKEN: TOKEN },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const { status, seconds, cpu, own, whole } = await watchProcess(child);
    if (status !== 0) throw new Error(`The command ended with ${status}.`);
    console.log(
      `${people} supporters planned in ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU, ` +
        `${own.toFixed(0)} MB of its own, ${whole.toFixed(0)} MB with the pages of the store's file`,
    );
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function fill(dataDir: string): Promise<void> {
  const at = new Date();
  const store = await openStore({ dataDir, noSync: true });
  const { supporters } = openPeople(store.connection, 'secret');
  await supporters.table.createIndexes();
  for (let from = 0; from < people; from += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, people - from) }, (_, n) =>
      supporter(from + n, at.getTime()),
    );
    await supporters.table.insertAll(rows);
  }
  const definition = {
    name: 'bench',
    purpose: 'engagement' as const,
    content: 'campaign' as const,
    says: { type: 'words' as const, words: { fr: 'Bonjour !', en: 'Hello!' } },
    at: { type: 'instant' as const, at: at.getTime() + DAY_MS },
    channels: ['telegram', 'web'],
  };
  await openMessages(store.connection).table.insert(newMessage('bench', definition, at));
  await store.close();
}

void main();
