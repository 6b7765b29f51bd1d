// Whole turns over HTTP: a POST that is answered once the turn is durably saved, and the reply on the
// socket, with the embedded store, many conversations at once.
//   node --import tsx scripts/bench/http.ts [--json] [--conversations 16] [--seconds 20]
import { parseArgs } from 'node:util';
import { launch } from '../../test/program/launch.js';
import { cpuSeconds } from './measure/cpu-seconds.js';
import { asks, closeChats, openChat } from './measure/open-chat.js';
import { percentiles, writePercentiles, type Percentiles } from './measure/percentiles.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    conversations: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '20' },
  },
});

type Sample = { readonly saved: number; readonly replied: number };

async function main(): Promise<void> {
  const launched = await launch({ RATE_LIMITS: 'off' });
  try {
    const seconds = Number(values.seconds);
    const warm = performance.now() + 3_000;
    const until = warm + seconds * 1_000;
    const samples: Sample[] = [];
    const pid = launched.pid();
    let cpu = 0;
    setTimeout(() => (cpu -= cpuSeconds(pid)), warm - performance.now());
    setTimeout(() => (cpu += cpuSeconds(pid)), until - performance.now());
    await Promise.all(
      Array.from({ length: Number(values.conversations) }, async (_, place) => {
        for (let visit = 0; performance.now() < until; visit += 1) {
          await converse(launched.url, `v${place}x${visit}`, (sample) => {
            const now = performance.now();
            if (now > warm && now < until) samples.push(sample);
          });
        }
      }),
    );
    print({
      conversations: Number(values.conversations),
      turns: samples.length,
      turnsPerSecond: samples.length / seconds,
      savedMs: percentiles(samples.map(({ saved }) => saved)),
      repliedMs: percentiles(samples.map(({ replied }) => replied)),
      serverCpuMsPerTurn: (cpu * 1_000) / Math.max(1, samples.length),
      serverMemoryMb: launched.memoryBytes() / 1_048_576,
    });
  } finally {
    await launched.remove();
    closeChats();
  }
}

/** One supporter through `welcome` to its end, timing each turn, the first contact among them. */
async function converse(url: string, name: string, time: (sample: Sample) => void): Promise<void> {
  // Opening is a turn too: the first contact is saved before the answer, and greeted on the socket.
  const opening = performance.now();
  const chat = await openChat(url);
  const openedAfter = performance.now() - opening;
  let message = await chat.heard(asks());
  time({ saved: openedAfter, replied: performance.now() - opening });
  for (;;) {
    const question = message.channelData?.portevoix;
    if (question === undefined) break;
    const start = performance.now();
    await chat.say(answerTo(question.answer, name));
    const saved = performance.now() - start;
    message = await chat.heard(
      (one) => one.channelData?.portevoix === undefined || asks(question.turn)(one),
    );
    time({ saved, replied: performance.now() - start });
  }
  chat.close();
}

function answerTo(type: string, name: string): string {
  switch (type) {
    case 'email':
      return `${name}@exemple.org`;
    case 'postal_code':
      return '75011';
    case 'yes_no':
      return 'oui';
    default:
      return '1';
  }
}

function print(result: {
  turnsPerSecond: number;
  savedMs: Percentiles;
  repliedMs: Percentiles;
  serverCpuMsPerTurn: number;
  serverMemoryMb: number;
  conversations: number;
  turns: number;
}): void {
  if (values.json) {
    console.log(JSON.stringify(result));
    return;
  }
  console.log(`Whole turns over HTTP, durable, ${result.conversations} conversations at once`);
  console.log(`  ${result.turnsPerSecond.toFixed(0)} turns/s over ${result.turns} turns`);
  console.log('  ms                      p50    p95    p99  worst');
  console.log(`  answered 200 (saved) ${writePercentiles(result.savedMs)}`);
  console.log(`  reply on the socket  ${writePercentiles(result.repliedMs)}`);
  console.log(
    `  server: ${result.serverCpuMsPerTurn.toFixed(2)} ms CPU a turn, ${result.serverMemoryMb.toFixed(0)} MB`,
  );
}

void main();
