import { afterEach, describe, expect, test } from '@jest/globals';
import type { Message, Question, Receipt } from '../../../src/channels/channel.js';
import { startBotApi, type BotApi } from './bot-api.js';
import { startTelegram, until, WEBHOOK_SECRET, type RunningTelegram } from './running-telegram.js';
import { freely } from '../freely.js';

const CHAT = '4242';
const OPTIONS = ['river', 'health', 'schools', 'housing'].map((value) => ({
  value,
  label: value.toUpperCase(),
}));
const CHOICE: Question = { turn: 4, answer: 'choice', options: OPTIONS };
const CHOICES: Question = { ...CHOICE, answer: 'choices', multiple: { min: 1, max: 2 } };

let telegram: RunningTelegram;
let api: BotApi | undefined;
afterEach(async () => {
  await telegram.close();
  await api?.close();
  api = undefined;
});

let ids = 0;
function asking(question: Question): Message {
  const id = `1.${(ids += 1)}`;
  return { id, at: 0, type: 'text', text: 'Lesquels ?', language: 'fr', question };
}

function labels(): string[] {
  return (
    telegram.api
      .shown(CHAT)
      .at(-1)
      ?.buttons.map(({ text }) => text) ?? []
  );
}

async function said(text: string): Promise<void> {
  const before = telegram.inbounds.length;
  telegram.api.say(CHAT, text);
  await until(() => telegram.inbounds.length > before);
}

describe('choosing on Telegram', () => {
  test('one of several answers at once, and shows what was chosen', async () => {
    telegram = await startTelegram();
    await telegram.opened.channel.send(CHAT, asking(CHOICE), freely);
    telegram.api.press(CHAT, 'HEALTH');
    await until(() => telegram.api.calls('answerCallbackQuery').length === 1);
    expect(telegram.inbounds).toMatchObject([
      { address: CHAT, input: { type: 'chose', turn: 4, values: ['health'] } },
    ]);
    await until(() => labels().length === 1);
    expect(labels()).toEqual(['✓ HEALTH']);
    telegram.api.press(CHAT, '✓ HEALTH');
    await until(() => telegram.api.calls('answerCallbackQuery').length === 2);
    expect(telegram.inbounds).toHaveLength(1);
  });

  test('several marks them on the buttons, and answers when it is done', async () => {
    telegram = await startTelegram();
    await telegram.opened.channel.send(CHAT, asking(CHOICES), freely);
    expect(labels()).toEqual(['RIVER', 'HEALTH', 'SCHOOLS', 'HOUSING']);
    telegram.api.press(CHAT, 'SCHOOLS');
    await until(() => labels().includes('✓ SCHOOLS'));
    expect(labels()).toEqual(['RIVER', 'HEALTH', '✓ SCHOOLS', 'HOUSING', 'C’est bon (1)']);
    telegram.api.press(CHAT, 'RIVER');
    await until(() => labels().includes('✓ RIVER'));
    // A third takes the place of the first.
    telegram.api.press(CHAT, 'HEALTH');
    await until(() => labels().includes('✓ HEALTH'));
    expect(labels()).toEqual(['✓ RIVER', '✓ HEALTH', 'SCHOOLS', 'HOUSING', 'C’est bon (2)']);
    telegram.api.press(CHAT, '✓ HEALTH');
    await until(() => labels().includes('HEALTH'));
    expect(telegram.inbounds).toEqual([]);
    telegram.api.press(CHAT, 'C’est bon (1)');
    await until(() => telegram.inbounds.length === 1);
    expect(telegram.inbounds).toMatchObject([
      { input: { type: 'chose', turn: 4, values: ['river'] } },
    ]);
  });

  test('of values too long for a button answers with the value', async () => {
    telegram = await startTelegram();
    const long = 'ß'.repeat(60);
    const options = [{ value: long, label: 'Samedi' }, ...OPTIONS];
    await telegram.opened.channel.send(CHAT, asking({ ...CHOICE, options }), freely);
    for (const { data } of telegram.api.shown(CHAT).at(-1)?.buttons ?? []) {
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    }
    telegram.api.press(CHAT, 'Samedi');
    await until(() => telegram.inbounds.length === 1);
    expect(telegram.inbounds).toMatchObject([{ input: { type: 'chose', values: [long] } }]);
  });

  test('outlives the process that asked', async () => {
    api = await startBotApi();
    const keyboards = new Map();
    telegram = await startTelegram({ api, keyboards });
    await telegram.opened.channel.send(CHAT, asking(CHOICES), freely);
    api.press(CHAT, 'SCHOOLS');
    await until(() => labels().includes('✓ SCHOOLS'));
    await telegram.close();
    telegram = await startTelegram({ api, keyboards });
    api.press(CHAT, 'C’est bon (1)');
    await until(() => telegram.inbounds.length === 1);
    expect(telegram.inbounds).toMatchObject([{ input: { values: ['schools'] } }]);
  });

  test('on a keyboard that is kept no longer is an old button', async () => {
    api = await startBotApi();
    telegram = await startTelegram({ api });
    await telegram.opened.channel.send(CHAT, asking(CHOICES), freely);
    await telegram.close();
    telegram = await startTelegram({ api });
    api.press(CHAT, 'SCHOOLS');
    await until(() => telegram.inbounds.length === 1);
    expect(telegram.inbounds).toMatchObject([{ input: { type: 'chose', turn: 4, values: [] } }]);
  });
});

describe('sharing on Telegram', () => {
  test('offers a button to share a number, which goes with the next message', async () => {
    telegram = await startTelegram();
    const { channel } = telegram.opened;
    const phone: Question = { turn: 2, answer: 'phone', options: [], skip: 'Plus tard' };
    await channel.send(CHAT, asking(phone), freely);
    expect(telegram.api.shown(CHAT)[0]?.keyboard).toEqual([
      [{ text: 'Envoyer mon numéro', request_contact: true }],
      [{ text: 'Plus tard' }],
    ]);
    await channel.send(
      CHAT,
      { id: '2.0', at: 0, type: 'text', text: 'Merci', language: 'fr' },
      freely,
    );
    await channel.send(
      CHAT,
      { id: '3.0', at: 0, type: 'text', text: 'Encore', language: 'fr' },
      freely,
    );
    expect(telegram.api.calls('sendMessage').map((call) => call['reply_markup'])).toEqual([
      expect.anything(),
      { remove_keyboard: true },
      undefined,
    ]);
  });
});

describe('polling', () => {
  test('keeps the order of each chat, and holds up no other', async () => {
    const order: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    telegram = await startTelegram({
      receive: async ({ address, input }) => {
        if (address === '1' && order.length === 0) await held;
        order.push(`${address} ${input.type === 'said' ? input.text : ''}`);
        return 'taken';
      },
    });
    telegram.api.say('1', 'a');
    telegram.api.say('1', 'b');
    telegram.api.say('2', 'c');
    await until(() => order.length === 1 || telegram.inbounds.length === 2);
    release();
    await until(() => order.length === 3);
    expect(order.filter((one) => one.startsWith('1'))).toEqual(['1 a', '1 b']);
  });

  test('confirms an update only once it is saved', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    telegram = await startTelegram({
      receive: async () => {
        await held;
        return 'taken';
      },
    });
    const id = telegram.api.say(CHAT, 'Bonjour');
    await until(() => telegram.inbounds.length === 1);
    expect(telegram.api.pending()).toEqual([id]);
    release();
    await until(() => telegram.api.pending().length === 0);
  });

  test('brings again what could not be saved, until it is', async () => {
    let tries = 0;
    telegram = await startTelegram({
      receive: async (): Promise<Receipt> => {
        if ((tries += 1) < 3) throw new Error('the store is away');
        return 'taken';
      },
    });
    telegram.api.say(CHAT, 'Bonjour');
    await until(() => telegram.api.pending().length === 0);
    expect(telegram.inbounds).toHaveLength(3);
    expect(new Set(telegram.inbounds.map(({ id }) => id)).size).toBe(1);
  });

  test('leaves what it did not save to the next process', async () => {
    api = await startBotApi();
    telegram = await startTelegram({
      api,
      receive: async () => Promise.reject(new Error('the store is away')),
    });
    const id = api.say(CHAT, 'Bonjour');
    await until(() => telegram.inbounds.length > 0);
    await telegram.close();
    expect(api.pending()).toEqual([id]);
    telegram = await startTelegram({ api });
    await until(() => api?.pending().length === 0);
    expect(telegram.inbounds).toMatchObject([{ id: `u${id}` }]);
  });

  test('removes a webhook that was left, and says so', async () => {
    api = await startBotApi();
    api.setWebhook({ url: 'http://127.0.0.1:9/', secret: 'x' });
    telegram = await startTelegram({ api });
    await said('Bonjour');
    expect(api.webhook()).toBeUndefined();
    expect(telegram.told.join()).toContain('webhook');
  });

  test('says once that Telegram is away, and goes on when it is back', async () => {
    telegram = await startTelegram();
    await said('un');
    // A webhook set by somebody else makes Telegram refuse to be polled.
    telegram.api.setWebhook({ url: 'http://127.0.0.1:9/', secret: 'x' });
    telegram.api.push({ poll: {} });
    await until(() => telegram.opened.notReady?.() !== undefined);
    expect(telegram.told.filter((one) => one.startsWith('warn'))).toHaveLength(1);
    telegram.api.setWebhook(undefined);
    await said('deux');
    expect(telegram.opened.notReady?.()).toBeUndefined();
  });
});

describe('the webhook', () => {
  async function post(secret: string | undefined, body: string): Promise<number> {
    const response = await fetch(`${telegram.url}/telegram/webhook`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      },
      body,
    });
    await response.text();
    return response.status;
  }

  test('is set with its secret, and opens to nobody else', async () => {
    telegram = await startTelegram({ mode: 'webhook' });
    expect(telegram.api.webhook()).toEqual({
      url: `${telegram.url}/telegram/webhook`,
      secret: WEBHOOK_SECRET,
    });
    expect(await post(undefined, '{}')).toBe(401);
    expect(await post(`${WEBHOOK_SECRET}x`, '{}')).toBe(401);
    expect(await post(WEBHOOK_SECRET, '{}')).toBe(200);
    expect(telegram.inbounds).toEqual([]);
  });

  test('refuses nonsense and bodies that are too large', async () => {
    telegram = await startTelegram({ mode: 'webhook' });
    expect(await post(WEBHOOK_SECRET, '{"update_id":')).toBe(400);
    expect(await post(WEBHOOK_SECRET, `"${'x'.repeat(2_000_000)}"`)).toBe(413);
    expect(await post(WEBHOOK_SECRET, '{"update_id":{"$gt":0},"message":[]}')).toBe(200);
    expect(telegram.inbounds).toEqual([]);
  });

  test('asks for an update again whose supporter has too much waiting', async () => {
    let tries = 0;
    telegram = await startTelegram({
      mode: 'webhook',
      receive: async () => ((tries += 1) < 3 ? 'busy' : 'taken'),
    });
    telegram.api.say(CHAT, 'Bonjour');
    await until(() => telegram.api.pending().length === 0);
    expect(tries).toBe(3);
  });
});

describe('around conversations', () => {
  test('somebody who blocks the bot, or comes back, is told of', async () => {
    telegram = await startTelegram();
    for (const status of ['kicked', 'member']) {
      telegram.api.push({
        my_chat_member: { chat: { id: 7, type: 'private' }, new_chat_member: { status } },
      });
    }
    await until(() => telegram.reachable.length === 2);
    expect(telegram.reachable).toEqual([
      ['7', false],
      ['7', true],
    ]);
  });

  test('where somebody goes who shares it live is told of, and is no message', async () => {
    telegram = await startTelegram();
    telegram.api.push({
      edited_message: {
        message_id: 3,
        date: 0,
        edit_date: 20,
        chat: { id: 7, type: 'private' },
        from: { id: 7, is_bot: false },
        location: { latitude: 48.1, longitude: -1.6, live_period: 900 },
      },
    });
    await until(() => telegram.moved.length === 1);
    expect(telegram.moved).toEqual([['7', 48.1, -1.6]]);
    expect(telegram.inbounds).toEqual([]);
  });

  test('a group hears why the bot leaves', async () => {
    telegram = await startTelegram();
    const chat = { id: -1_001, type: 'supergroup' };
    telegram.api.push({ my_chat_member: { chat, new_chat_member: { status: 'member' } } });
    await until(() => telegram.api.calls('leaveChat').length === 1);
    expect(telegram.api.shown('-1001').map(({ text }) => text)).toEqual(['Écrivez-moi en privé.']);
    expect(telegram.inbounds).toEqual([]);
  });

  test('the menu of commands is set in every language', async () => {
    telegram = await startTelegram();
    await until(() => telegram.api.calls('setMyCommands').length === 3);
    expect(telegram.api.calls('setMyCommands').map((call) => call['language_code'])).toEqual([
      undefined,
      'fr',
      'en',
    ]);
  });

  test('a file is fetched by the id its message had', async () => {
    telegram = await startTelegram();
    const file = await telegram.opened.channel.fetchFile?.('large', 2_000_000);
    expect(file).toEqual({ bytes: new Uint8Array([1, 2, 3]), contentType: 'image/jpeg' });
    expect(await telegram.opened.channel.fetchFile?.('large', 2)).toBe('too_large');
    expect(await telegram.opened.channel.fetchFile?.('gone', 2_000_000)).toBeUndefined();
  });
});
