import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
import { consentsNow } from '../../src/supporters/consents-now.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';

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

function supporter(index: number): SupporterRecord {
  const at = new Date(AT - index * 1_000);
  const channel = index % 3 === 0 ? 'web' : 'telegram';
  const proof = {
    wording: 'Pouvons-nous garder vos réponses et vous écrire au sujet de la campagne ?',
    version: '1a2b3c4d',
    language: 'fr',
    source: 'welcome.agree',
    at,
  };
  const consents = [
    { purpose: 'engagement' as const, given: index % 50 !== 0, ...proof },
    { purpose: 'newsletter' as const, channel: 'email', given: index % 2 === 0, ...proof },
  ];
  return {
    ...newSupporter(
      randomUUID(),
      index % 5 === 0 ? 'en' : 'fr',
      { channel, address: `${index}` },
      at,
    ),
    revision: 12,
    turns: 11,
    heard_at: at,
    first_name: 'Camille',
    email: `camille.${index}@exemple.org`,
    postal_code: String(1_000 + ((index * 7) % 94_000)).padStart(5, '0'),
    preferences: { topics: ['climate', 'health'] },
    consents,
    consents_now: consentsNow(consents),
    reachable_on: index % 70 === 0 ? [] : [channel],
    seen: { aB3dE6gH9jK2: Array.from({ length: 12 }, (_, n) => `${index}-${n}`.padEnd(12, 'x')) },
    tags: ['volunteer'],
  };
}

async function fill(): Promise<void> {
  const store = await openStore({ dataDir: folder, noSync: true });
  const { supporters } = openPeople(store.connection, 'secret');
  for (let from = 0; from < people; from += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, people - from) }, (_, n) =>
      supporter(from + n),
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
    peak = Math.max(peak, memoryMb());
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

/** What the process holds for itself. */
function memoryMb(): number {
  const [, kilobytes] = /RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kilobytes ?? 0) / 1_024;
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
