import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { openStore } from '../../src/store/connection.js';
import { openAddresses } from '../../src/supporters/addresses.js';
import { openSupporters } from '../../src/supporters/supporters.js';
import {
  answerWelcome,
  emailOf,
  endsWelcome,
  WELCOME,
} from '../channels/telegram/answer-welcome.js';
import { startBotApi, TOKEN, type BotApi } from '../channels/telegram/bot-api.js';
import { launch, type Launched } from './launch.js';
import { seeded } from './seeded.js';

/** A crowd of a thousand takes some minutes: `CROWD=1000 npx jest test/program/telegram`. */
const CHATS = Number(process.env['CROWD'] ?? 80);
const KILLS = Math.min(5, Number(process.env['KILLS'] ?? 5));
const SEED = Number(process.env['KILL_SEED'] ?? 20_320_314);

let api: BotApi;
let program: Launched;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await program.remove();
  await api.close();
});

/** Waits until nothing is left to be sent, beside the running program. */
async function settled(dataDir: string): Promise<void> {
  const store = await openStore({ dataDir });
  closers.push(() => store.close());
  const { table } = openSupporters(store.connection);
  while ((await table.count({ 'outbox.0': { $exists: true } })) > 0) await sleep(200);
  await closers.pop()?.();
}

test.each(['polling', 'webhook'] as const)(
  'a crowd on Telegram goes through welcome by %s, limits, faults and kills in the middle',
  async (mode) => {
    const random = seeded(SEED);
    api = await startBotApi({
      perChat: 1,
      inAll: 120,
      random,
      throttled: 0.03,
      badGateway: 0.02,
      cut: 0.02,
    });
    const finished = new Set<string>();
    const chats = Array.from({ length: CHATS }, (_, index) => String(10_001 + index));
    api.onShown((chat, shown) => {
      if (endsWelcome(shown.text)) finished.add(chat);
      // People answer a little later, and a message that comes twice only once.
      if (shown.text === api.shown(chat).at(-2)?.text) return;
      const answer = answerWelcome(api, chat, shown);
      if (answer !== undefined) setTimeout(answer, 5 + random() * 200);
    });
    program = await launch({
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: api.url,
      TELEGRAM_MODE: mode,
      TELEGRAM_RATE_PER_SECOND: '100',
      LOG_LEVEL: 'error',
    });
    for (const chat of chats) api.say(chat, '/start');
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep(600 + random() * 1_500);
      await program.kill('SIGKILL');
      await program.restart();
    }
    while (finished.size < CHATS) await sleep(100);
    // The last words may still be in doubt, and go out again.
    await settled(program.dataDir);
    await program.kill('SIGTERM');

    for (const chat of chats) {
      const texts = api.shown(chat).map(({ text }) => text);
      const once = texts.filter((text, index) => texts.indexOf(text) === index);
      expect(once).toEqual(WELCOME.map((text) => expect.stringMatching(text)));
      // Nothing came twice but what was in doubt: at most one for each cut and each kill.
      expect(texts.length - once.length).toBeLessThanOrEqual(KILLS + api.cuts(chat));
      // And at once after the first, never out of order.
      expect(texts.filter((text, index) => text !== texts[index - 1])).toEqual(once);
    }
    const store = await openStore({ dataDir: program.dataDir });
    closers.push(() => store.close());
    const supporters = openSupporters(store.connection);
    const addresses = openAddresses(store.connection, supporters);
    expect(await supporters.table.count({})).toBe(CHATS);
    for (const chat of chats) {
      const row = await addresses.find('telegram', chat);
      const record = await supporters.get(row?.supporter ?? '');
      expect(record).toMatchObject({
        email: emailOf(chat),
        postal_code: '75011',
        preferences: { topics: ['river'] },
        last: { channel: 'telegram', address: chat },
        outbox: [],
      });
      expect(record?.consents.map(({ purpose, given }) => [purpose, given])).toEqual([
        ['engagement', true],
        ['newsletter', true],
      ]);
    }
  },
  240_000,
);
