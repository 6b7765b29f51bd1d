// Whole turns over HTTP: a POST that is answered once the turn is durably saved, and the reply on the
// socket, with the embedded store, many conversations at once.
//   node --import tsx scripts/bench/http.ts [--json] [--conversations 16] [--seconds 20]
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import WebSocket from 'ws';
import type { ActivitySet, MessageActivity } from '../../src/channels/webchat/protocol.js';
import { launch } from '../../test/program/launch.js';
import { cpuSeconds } from './measure/cpu-seconds.js';
import { percentiles, writePercentiles, type Percentiles } from './measure/percentiles.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    conversations: { type: 'string', default: '16' },
    seconds: { type: 'string', default: '20' },
  },
});
const DIRECT_LINE = '/directline/v3/directline';
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

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
    agent.destroy();
  }
}

/** One supporter through `welcome` to its end, timing each turn, the first contact among them. */
async function converse(url: string, name: string, time: (sample: Sample) => void): Promise<void> {
  const { token } = await post<{ token: string }>(`${url}${DIRECT_LINE}/tokens/generate`, {}, '');
  // Opening is a turn too: the first contact is saved before the answer, and greeted on the socket.
  const opening = performance.now();
  const opened = await post<{ conversationId: string; streamUrl: string }>(
    `${url}${DIRECT_LINE}/conversations`,
    { locale: 'fr' },
    token,
  );
  const openedAfter = performance.now() - opening;
  const socket = new WebSocket(opened.streamUrl);
  let wake: () => void = () => undefined;
  let last: MessageActivity | undefined;
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text === '') return;
    const set = JSON.parse(text) as ActivitySet;
    for (const activity of set.activities) {
      if (activity.type === 'message' && activity.from.role === 'bot') last = activity;
    }
    if (last !== undefined) wake();
  });
  const reply = async (after: number): Promise<MessageActivity> => {
    for (;;) {
      const turn = last?.channelData?.portevoix?.turn;
      if (last !== undefined && (turn === undefined ? after > 0 : turn > after)) return last;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  let answered = 0;
  let message = await reply(0);
  time({ saved: openedAfter, replied: performance.now() - opening });
  for (;;) {
    const question = message.channelData?.portevoix;
    if (question === undefined) break;
    last = undefined;
    const start = performance.now();
    await post(
      `${url}${DIRECT_LINE}/conversations/${opened.conversationId}/activities`,
      { type: 'message', from: { id: 'x' }, text: answerTo(question.answer, name) },
      token,
    );
    const saved = performance.now() - start;
    answered = question.turn;
    message = await reply(answered);
    time({ saved, replied: performance.now() - start });
  }
  socket.terminate();
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

function post<T>(url: string, body: object, token: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        },
      },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString();
        });
        response.on('end', () => {
          if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text) as T);
          else reject(new Error(`${response.statusCode} ${text}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
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
