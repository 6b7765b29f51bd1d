import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createPump, type Pump, type PumpOptions } from '../../../src/channels/webchat/pump.js';
import { openStream, startChat, type RunningChat } from './running-chat.js';
import { freely } from '../freely.js';

const NEWS = new Map([['c1', 3]]);

let last: Pump | undefined;
afterEach(() => last?.stop());

/** A pump over one open socket, with what it asked, pushed and reported. */
function watch(options: Partial<PumpOptions> & { readonly ask?: () => Promise<typeof NEWS> } = {}) {
  const seen = { asked: [] as number[], pushed: [] as unknown[], reported: [] as unknown[] };
  const standing = { open: 1, at: 1_000_000 };
  const { ask = async () => NEWS, ...others } = options;
  const pump = createPump({
    log: {
      changedAfter: async (since) => {
        seen.asked.push(since);
        return ask();
      },
    },
    sockets: { count: () => standing.open, pushNew: (...news) => seen.pushed.push(news) },
    report: (error) => seen.reported.push(error),
    now: () => (standing.at += 1),
    everyMs: 1,
    ...others,
  });
  last = pump;
  return { pump, seen, standing };
}

/** Stores messages behind the back of the web chat, as another process does. */
async function storeElsewhere(
  { chat, log }: RunningChat,
  conversation: string,
  ids: readonly string[],
): Promise<void> {
  const words = { at: 0, type: 'text', text: 'words', language: 'fr' } as const;
  await chat.send('elsewhere', { ...words, id: 'model' }, freely);
  const [row] = await log.after('elsewhere', 0, 1);
  if (row === undefined) throw new Error('Nothing was stored.');
  for (const id of ids) {
    await log.append(conversation, [{ ...row.activity, id: `${conversation}|${id}` }]);
  }
}

async function until(check: () => boolean): Promise<void> {
  while (!check()) await sleep(1);
}

test('asks nothing while no socket is open, and goes on when one opens', async () => {
  const { pump, seen, standing } = watch();
  standing.open = 0;
  pump.wake();
  await sleep(20);
  expect(seen.asked).toEqual([]);
  standing.open = 1;
  pump.wake();
  pump.wake();
  await until(() => seen.asked.length >= 3);
  standing.open = 0;
  await until(() => seen.asked.length === seen.pushed.length);
  await sleep(20);
  const { length } = seen.asked;
  await sleep(20);
  expect(seen.asked).toHaveLength(length);
  expect(seen.pushed[0]).toEqual(['c1', 3]);
  standing.open = 1;
  pump.wake();
  await until(() => seen.asked.length > length);
});

test('asks from where the last answer ended, and now and then from further back', async () => {
  const { pump, seen } = watch();
  pump.wake();
  await until(() => seen.asked.length >= 11);
  for (const [round, since] of seen.asked.entries()) {
    expect(1_000_001 + round - since).toBe(round % 5 === 0 ? 2_000 : 200);
  }
});

test('asks one question at a time', async () => {
  let answer: (news: typeof NEWS) => void = () => undefined;
  const { pump, seen } = watch({ ask: () => new Promise((resolve) => (answer = resolve)) });
  pump.wake();
  pump.wake();
  await sleep(20);
  expect(seen.asked).toHaveLength(1);
  answer(NEWS);
  await until(() => seen.asked.length === 2);
  expect(seen.pushed).toEqual([['c1', 3]]);
});

test('reports a log that fails once, and asks again for what was missed', async () => {
  let isFailing = true;
  const { pump, seen } = watch({
    ask: async () => {
      if (isFailing) throw new Error('away');
      return NEWS;
    },
  });
  pump.wake();
  await until(() => seen.asked.length >= 4);
  expect(seen.reported).toEqual([new Error('away')]);
  // Nothing was answered: the beginning stays where it was.
  expect(seen.asked[2]).toBe(seen.asked[1]);
  isFailing = false;
  await until(() => seen.pushed.length > 0);
  isFailing = true;
  await until(() => seen.reported.length === 2);
});

test('pushes and reports nothing after it was stopped', async () => {
  const answers: ((news: typeof NEWS) => void)[] = [];
  const { pump, seen } = watch({ ask: () => new Promise((resolve) => answers.push(resolve)) });
  pump.wake();
  await until(() => answers.length === 1);
  pump.stop();
  answers[0]?.(NEWS);
  pump.wake();
  await sleep(20);
  expect(seen).toMatchObject({ pushed: [], reported: [] });
  expect(seen.asked).toHaveLength(1);
});

test('a socket is sent what another process stored, once and in order', async () => {
  const running = await startChat({ watchOthers: true });
  try {
    const { conversationId, streamUrl } = await running.open();
    const stream = await openStream(streamUrl);
    await running.say(conversationId, '1');
    await stream.received(1);
    await storeElsewhere(running, conversationId, ['2', '3', '4']);
    await stream.received(4);
    await sleep(300);
    expect(stream.activities.map(({ id }) => id)).toEqual(
      ['1', '2', '3', '4'].map((id) => `${conversationId}|${id}`),
    );
    expect(running.reported).toEqual([]);
  } finally {
    await running.close();
  }
});

test('a socket is sent all of it when the log gives only the first at a time', async () => {
  const running = await startChat({ watchOthers: true });
  try {
    const { conversationId, streamUrl } = await running.open();
    const after = running.log.after.bind(running.log);
    Object.assign(running.log, {
      after: async (id: string, watermark: number) => after(id, watermark, 1),
      // Told of it once only.
      changedAfter: async () => {
        Object.assign(running.log, { changedAfter: async () => new Map() });
        return new Map([[conversationId, 3]]);
      },
    });
    await storeElsewhere(running, conversationId, ['1', '2', '3']);
    const stream = await openStream(streamUrl);
    await stream.received(3);
    expect(stream.watermark).toBe('3');
  } finally {
    await running.close();
  }
});
