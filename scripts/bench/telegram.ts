// Updates by Telegram's webhook: from the update to its answer at a Bot API of ours, every turn saved
// with the embedded store; beside it, in turn, a bare grammY bot that answers and keeps nothing.
//   node --import tsx scripts/bench/telegram.ts [--json] [--chats 16] [--seconds 15] [--rounds 2]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../src/store/connection.js';
import { openSupporters } from '../../src/supporters/supporters.js';
import {
  answerWelcome,
  emailOf,
  endsWelcome,
  WELCOME,
} from '../../test/channels/telegram/answer-welcome.js';
import {
  startBotApi,
  TOKEN,
  type BotApi,
  type Shown,
} from '../../test/channels/telegram/bot-api.js';
import { freePort, launch } from '../../test/program/launch.js';
import { cpuSeconds } from './measure/cpu-seconds.js';
import { percentiles, writePercentiles, type Percentiles } from './measure/percentiles.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    chats: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '15' },
    rounds: { type: 'string', default: '2' },
  },
});
const WARM_MS = 3_000;
/** As many updates as `welcome` takes. */
const BARE_UPDATES = WELCOME.length;

type Result = {
  readonly updates: number;
  readonly updatesPerSecond: number;
  readonly answeredMs: Percentiles;
  readonly cpuMsPerUpdate: number;
};

/** Says one thing after another in a chat until the conversation is over. */
type Talk = (chat: string, hear: (say: () => number) => Promise<Shown>) => Promise<void>;

async function main(): Promise<void> {
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    rounds.push({ ours: await measureOurs(), grammy: await measureBare() });
  }
  if (values.json) {
    console.log(JSON.stringify({ chats: Number(values.chats), rounds }));
    return;
  }
  console.log(`Telegram's webhook, from update to answer, ${values.chats} chats at once`);
  console.log('                          updates/s    p50    p95    p99  worst   CPU ms an update');
  for (const { ours, grammy } of rounds) {
    print('saved, embedded store', ours);
    print('bare grammY, not saved', grammy);
    const times = ours.cpuMsPerUpdate / grammy.cpuMsPerUpdate;
    console.log(`  ${times.toFixed(1)} times the CPU of an answer that keeps nothing`);
  }
}

async function measureOurs(): Promise<Result> {
  const api = await startBotApi();
  const launched = await launch({
    RATE_LIMITS: 'off',
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: api.url,
    TELEGRAM_MODE: 'webhook',
  });
  try {
    const chats: string[] = [];
    const result = await measure(api, launched.pid(), async (chat, hear) => {
      let shown = await hear(() => api.say(chat, '/start'));
      while (!endsWelcome(shown.text)) {
        const answer = answerWelcome(api, chat, shown);
        if (answer === undefined) throw new Error('There is no answer to this.');
        shown = await hear(answer);
      }
      chats.push(chat);
    });
    await launched.kill('SIGTERM');
    await proveKept(api, launched.dataDir, chats);
    return result;
  } finally {
    await launched.remove();
    await api.close();
  }
}

/** Every chat heard all of `welcome`, once and in order, and what its supporter said is in the store. */
async function proveKept(api: BotApi, dataDir: string, chats: readonly string[]): Promise<void> {
  for (const chat of chats) {
    const texts = api.shown(chat).map(({ text }) => text);
    const isWhole =
      texts.length === WELCOME.length &&
      WELCOME.every((text, index) => text.test(texts[index] ?? ''));
    if (!isWhole) throw new Error('A chat did not hear what it should, in order.');
  }
  const store = await openStore({ dataDir });
  const { table } = openSupporters(store.connection);
  const kept = new Map<string, string | undefined>();
  for await (const record of table.stream({})) {
    kept.set(record.email ?? '', record.postal_code);
    if (record.outbox.length > 0) throw new Error('Something was left unsent.');
  }
  await store.close();
  const isKept = (chat: string): boolean => kept.get(emailOf(chat)) === '75011';
  if (kept.size !== chats.length || !chats.every(isKept)) throw new Error('An answer was lost.');
}

async function measureBare(): Promise<Result> {
  const api = await startBotApi();
  const port = await freePort();
  const bare = spawn(process.execPath, [join(__dirname, 'telegram', 'bare-grammy.mjs')], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      API_ROOT: api.url,
      TOKEN,
      SECRET: 'bare',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(bare.stdout, 'data');
    api.setWebhook({ url: `http://127.0.0.1:${port}/`, secret: 'bare' });
    return await measure(api, bare.pid ?? 0, async (chat, hear) => {
      for (let turn = 0; turn < BARE_UPDATES; turn += 1) await hear(() => api.say(chat, 'Bonjour'));
    });
  } finally {
    bare.kill('SIGKILL');
    await api.close();
  }
}

/** Has people talk, one after another in each of the places, and times every answer once it is warm. */
async function measure(api: BotApi, pid: number, talk: Talk): Promise<Result> {
  const waiting = new Map<string, (shown: Shown) => void>();
  api.onShown((chat, shown) => waiting.get(chat)?.(shown));
  const seconds = Number(values.seconds);
  const warm = performance.now() + WARM_MS;
  const until = warm + seconds * 1_000;
  let cpu = 0;
  setTimeout(() => (cpu -= cpuSeconds(pid)), warm - performance.now());
  setTimeout(() => (cpu += cpuSeconds(pid)), until - performance.now());
  const samples: number[] = [];
  const hearIn =
    (chat: string) =>
    async (say: () => number): Promise<Shown> => {
      const heard = new Promise<Shown>((resolve) => waiting.set(chat, resolve));
      const start = performance.now();
      const update = say();
      const shown = await heard;
      const now = performance.now();
      if (shown.after !== update) throw new Error('An answer came to something else.');
      if (now > warm && now < until) samples.push(now - start);
      return shown;
    };
  let next = 10_000;
  const place = async (): Promise<void> => {
    while (performance.now() < until) {
      const chat = String((next += 1));
      await talk(chat, hearIn(chat));
      waiting.delete(chat);
    }
  };
  await Promise.all(Array.from({ length: Number(values.chats) }, place));
  return {
    updates: samples.length,
    updatesPerSecond: samples.length / seconds,
    answeredMs: percentiles(samples),
    cpuMsPerUpdate: (cpu * 1_000) / Math.max(1, samples.length),
  };
}

function print(name: string, { updatesPerSecond, answeredMs, cpuMsPerUpdate }: Result): void {
  const rate = updatesPerSecond.toFixed(0).padStart(9);
  const cpu = cpuMsPerUpdate.toFixed(2).padStart(19);
  console.log(`  ${name.padEnd(24)}${rate}${writePercentiles(answeredMs)}${cpu}`);
}

void main();
