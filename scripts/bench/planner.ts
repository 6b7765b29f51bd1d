import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACTIONS } from '../../src/actions.js';
import { readSources } from '../../src/conversation/sources.js';
import { compile } from '../../src/engine/compile.js';
import { openDeliveries } from '../../src/outreach/messages/deliveries.js';
import type { MessageDefinition } from '../../src/outreach/messages/message.js';
import { openMessages } from '../../src/outreach/messages/messages.js';
import { describePlan } from '../../src/outreach/messages/plan/describe-plan.js';
import { planMessage } from '../../src/outreach/messages/plan/plan-message.js';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { supporter } from './measure/supporter.js';
import { ownMemory } from './measure/own-memory.js';

/*
 * Plans a message for everybody: who gets it by which channel, when it ends, and why others do not. The
 * memory is that of the process that plans, with the embedded store in it.
 *
 *   npm run bench -- planner [supporters]
 */
const [given = '100000', part, folder = ''] = process.argv.slice(2);
const people = Number(given);
const AT = Date.UTC(2032, 1, 20, 9);

const MESSAGE: MessageDefinition = {
  name: 'bench',
  purpose: 'engagement',
  content: 'campaign',
  says: { type: 'words', words: { fr: 'Bonjour !', en: 'Hello!' } },
  at: { type: 'instant', at: AT },
  channels: ['telegram', 'web'],
};

async function fill(): Promise<void> {
  const store = await openStore({ dataDir: folder, noSync: true });
  const { supporters } = openPeople(store.connection, 'secret');
  for (let from = 0; from < people; from += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, people - from) }, (_, n) =>
      supporter(from + n, AT),
    );
    await supporters.table.insertAll(rows);
  }
  await store.close();
}

async function plan(): Promise<void> {
  const store = await openStore({ dataDir: folder });
  const { campaign } = compile(await readSources('flows', 'locales'), ACTIONS);
  const before = process.cpuUsage();
  const begun = performance.now();
  // Pages of the store's file that the kernel may drop at any moment are not counted.
  let peak = 0;
  const watching = setInterval(() => {
    peak = Math.max(peak, ownMemory());
  }, 20);
  const planned = await planMessage(
    { id: 'bench', definition: MESSAGE },
    {
      ...openPeople(store.connection, 'secret'),
      messages: openMessages(store.connection),
      deliveries: openDeliveries(store.connection),
      campaign,
      ways: { on: new Set(['telegram', 'web']), windows: new Map() },
      rates: new Map([
        ['telegram', 1_000],
        ['web', 500],
      ]),
      audience: { query: async () => ({}) },
      now: () => AT,
    },
  );
  const seconds = (performance.now() - begun) / 1_000;
  clearInterval(watching);
  const cpu = process.cpuUsage(before);
  process.stdout.write(`${describePlan(planned, campaign.timezone)}\n`);
  process.stdout.write(
    `${people} supporters planned in ${seconds.toFixed(1)} s, ` +
      `${((cpu.user + cpu.system) / 1e6).toFixed(1)} s of CPU, peak ${Math.round(peak)} MB\n`,
  );
  await store.close();
}

function run(work: string, dataDir: string): void {
  const file = join('scripts', 'bench', 'planner.ts');
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, given, work, dataDir], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}

if (part === 'fill') settle(fill());
else if (part === 'plan') settle(plan());
else {
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-planner-'));
  try {
    run('fill', dataDir);
    run('plan', dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function settle(work: Promise<void>): void {
  work.catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
}
