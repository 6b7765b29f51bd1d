import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ACTIONS } from '../../src/actions.js';
import { readSources } from '../../src/conversation/sources.js';
import { compile } from '../../src/engine/compile.js';
import { openDeliveries } from '../../src/outreach/messages/deliveries.js';
import { createDispatcher } from '../../src/outreach/messages/dispatch/dispatcher.js';
import { newMessage, openMessages } from '../../src/outreach/messages/messages.js';
import { createRateShare, openRates } from '../../src/outreach/rate-share.js';
import { createThrottle } from '../../src/outreach/throttle.js';
import { openStore } from '../../src/store/connection.js';
import { openLeases } from '../../src/store/leases.js';
import { consentsNow } from '../../src/supporters/consents-now.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { ownMemory } from './measure/own-memory.js';

/*
 * Sends a message at the rate of a channel, by one or several processes on one embedded store, each to a
 * network that answers after 5 ms, and tells the rate that was kept, measured at the instant of the call,
 * while the backlog lasts and after the first ten seconds; the most calls in any second of all processes
 * together; and how evenly they shared it. Memory is that of a worker, without pages of the store's file
 * that the kernel may drop at any moment, in each quarter of the time; it should depend neither on how
 * many people the message goes to nor on how many have got it.
 *
 *   npm run bench -- dispatch [rate] [seconds] [workers] [people]
 */
const [rateGiven = '30', secondsGiven = '20', workersGiven = '1', peopleGiven = '', folder, name] =
  process.argv.slice(2);
const rate = Number(rateGiven);
const seconds = Number(secondsGiven);
const workers = Number(workersGiven);
const WARM_UP_S = 10;
const NETWORK_MS = 5;
/** More than get it meanwhile, unless told otherwise. */
const people = Number(peopleGiven) || rate * (seconds + WARM_UP_S + 5);
const CHANNEL = 'telegram';

function supporter(index: number, at: Date): SupporterRecord {
  const _id = `s${String(index).padStart(9, '0')}`;
  const proof = { wording: 'w', version: '1', language: 'fr', source: 'welcome.agree', at };
  const consents = [{ purpose: 'engagement' as const, given: true, ...proof }];
  return {
    ...newSupporter(_id, 'fr', { channel: CHANNEL, address: `${index}` }, at),
    consents,
    consents_now: consentsNow(consents),
    reachable_on: [CHANNEL],
  };
}

async function lead(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir, noSync: true });
  const { supporters, addresses } = openPeople(store.connection, 'secret');
  const deliveries = openDeliveries(store.connection);
  await deliveries.table.createIndexes();
  await addresses.table.createIndexes();
  const at = new Date();
  for (let from = 0; from < people; from += 1_000) {
    const some = Array.from({ length: Math.min(1_000, people - from) }, (_, n) =>
      supporter(from + n, at),
    );
    await supporters.table.insertAll(some);
    await addresses.table.insertAll(
      some.map(({ _id, last }) => ({
        _id: `${CHANNEL}:${last.address}`,
        supporter: _id,
        ...last,
        created_at: at,
        reachable: true,
      })),
    );
  }
  await openMessages(store.connection).table.insert({
    ...newMessage(
      'bench',
      {
        name: 'bench',
        purpose: 'engagement',
        content: 'campaign',
        says: {
          type: 'words',
          words: { fr: 'Bonjour{firstName, select, none {} other { {firstName}}} !', en: 'Hello!' },
        },
        at: { type: 'instant', at: Date.now() },
        channels: [CHANNEL],
        frequencyCap: 'none',
      },
      at,
    ),
    state: 'planned',
    starts_at: at,
  });
  const children = Array.from({ length: workers }, (_, n) => startWorker(dataDir, `worker ${n}`));
  await sleep((WARM_UP_S + seconds) * 1_000);
  for (const { child } of children) child.kill('SIGTERM');
  await Promise.all(children.map(({ child }) => once(child, 'close')));
  const times = children.map(({ out }) => out().split('\n').map(Number).filter(Boolean));
  report(times);
  await store.close();
}

function startWorker(dataDir: string, as: string): { child: ChildProcess; out(): string } {
  const file = join('scripts', 'bench', 'dispatch.ts');
  const given = [rateGiven, secondsGiven, workersGiven, String(people), dataDir, as];
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout?.on('data', (text: Buffer) => (out += text.toString()));
  return { child, out: () => out };
}

function report(times: readonly (readonly number[])[]): void {
  const all = times.flat().toSorted((a, b) => a - b);
  const from = (all[0] ?? 0) + WARM_UP_S * 1_000;
  const until = (all.at(-1) ?? 0) - 500;
  const within = (one: number): boolean => from <= one && one < until;
  const kept = (all.filter(within).length / (until - from)) * 1_000;
  let most = 0;
  let first = 0;
  for (const [last, at] of all.entries()) {
    while ((all[first] ?? 0) <= at - 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  const shares = times.map((own) => own.filter(within).length);
  const total = shares.reduce((sum, one) => sum + one, 0);
  process.stdout.write(
    `${rate}/s by ${workers}: kept ${((kept / rate) * 100).toFixed(2)} % over ${((until - from) / 1_000).toFixed(0)} s, ` +
      `most in any second ${most}, shares ${shares.map((one) => `${((one / total) * 100).toFixed(1)} %`).join(' and ')}\n`,
  );
}

async function work(dataDir: string, owner: string): Promise<void> {
  const store = await openStore({ dataDir, lasting: false });
  const { connection } = store;
  const now = (): number => Date.now();
  const sources = await readSources('flows', 'locales');
  const { path = '', text = '' } = sources.campaign ?? {};
  // The bench runs at night too.
  const awake = { path, text: `${text}\nquiet_hours: none\n` };
  const { campaign } = compile({ ...sources, campaign: awake }, ACTIONS);
  const share = createRateShare({
    table: openRates(connection),
    channel: CHANNEL,
    perSecond: rate,
    owner,
    report: console.error,
    now,
  });
  const throttle = createThrottle(rate, { share, countsReplies: false });
  const leases = openLeases(connection, now);
  const times: number[] = [];
  const dispatcher = createDispatcher({
    ...openPeople(connection, 'secret'),
    messages: openMessages(connection),
    deliveries: openDeliveries(connection),
    networks: new Map([
      [
        CHANNEL,
        {
          exact: false,
          perSecond: rate,
          send: (_, __, mayLeave) =>
            throttle.run(true, async () => {
              const permit = mayLeave();
              if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
              times.push(performance.timeOrigin + performance.now());
              await sleep(NETWORK_MS);
              return { type: 'sent', id: String(times.length) };
            }),
          pace: (some) => some(),
        },
      ],
    ]),
    audience: { query: async () => ({}), matches: async () => true },
    ways: { on: new Set([CHANNEL]), windows: new Map() },
    whoVoted: async () => new Set(),
    campaign: () => campaign,
    owner,
    isDead: () => false,
    lease: (message) => leases.named(owner, message, 10_000),
    startFlow: async () => undefined,
    askAgain: async () => undefined,
    observe: () => undefined,
    changed: () => undefined,
    report: console.error,
    now,
  });
  dispatcher.start();
  const memory: number[] = [];
  setInterval(() => memory.push(ownMemory()), 250).unref();
  process.once('SIGTERM', () => {
    void (async () => {
      await dispatcher.stop();
      await share.stop();
      const { user, system } = process.cpuUsage();
      const quarters = [0, 1, 2, 3].map((one) =>
        Math.max(...memory.slice((one * memory.length) / 4, ((one + 1) * memory.length) / 4)),
      );
      process.stderr.write(
        `${owner}: ${times.length} sent, ${((user + system) / 1e3 / times.length).toFixed(2)} ms of CPU each, at most ${quarters.map(Math.round).join(', ')} MB\n`,
      );
      process.stdout.write(`${times.join('\n')}\n`, () => process.exit(0));
    })();
  });
}

async function main(): Promise<void> {
  if (folder !== undefined && name !== undefined) return work(folder, name);
  const dataDir = mkdtempSync(join(tmpdir(), 'portevoix-dispatch-'));
  try {
    await lead(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

void main();
