import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A token of the form that @BotFather gives. */
export const TOKEN = '123456:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi';

/** How the server misbehaves; `random` gives numbers from 0 to 1, so that a seed repeats a run. */
export type Faults = {
  /** Messages to one chat, and to all chats, in any second; more is answered 429. */
  perChat?: number;
  inAll?: number;
  random?: () => number;
  /** Chances that a sendMessage is answered 429 or 502 without being accepted. */
  throttled?: number;
  badGateway?: number;
  /** Chance that it is accepted and the connection then cut without an answer. */
  cut?: number;
  /** Milliseconds before each answer. */
  slowMs?: number;
  /** What the next calls of sendMessage are answered instead: a status, or `cut`. */
  next?: ({ status: number; description: string; retryAfter?: number } | 'cut' | 'refuse')[];
};

export type Shown = {
  readonly id: number;
  readonly text: string;
  readonly at: number;
  /** Labels and data of the buttons under it, which edits change. */
  buttons: readonly { readonly text: string; readonly data: string }[];
  /** The keyboard below the chat that came with it. */
  readonly keyboard?: unknown;
  /** What the supporter had last said or pressed when it came. */
  readonly after: number;
};

type Json = { readonly [key: string]: unknown };
type Webhook = { readonly url: string; readonly secret: string };

/** A server that speaks the Bot API on loopback, limits included, and the phones of the people behind it. */
export type BotApi = {
  readonly url: string;
  readonly faults: Faults;
  /** What every chat shows of ours, in order. */
  shown(chat: string): readonly Shown[];
  /** Every call, by method. */
  calls(method: string): readonly Json[];
  /** Somebody writes; resolves with the id of the update. */
  say(chat: string, text: string, more?: Json): number;
  /** Somebody presses the button with this label under the last message that has one. */
  press(chat: string, label: string): number;
  /** Any other update. */
  push(update: Json): number;
  /** Ids of updates that the bot has not confirmed yet. */
  pending(): readonly number[];
  /** Pretends that a webhook was set by somebody. */
  setWebhook(webhook: Webhook | undefined): void;
  webhook(): Webhook | undefined;
  /** How many messages to a chat were accepted, and the answer cut off. */
  cuts(chat: string): number;
  onShown(listener: (chat: string, shown: Shown) => void): void;
  close(): Promise<void>;
};

/** Starts it on a port of its own. */
export async function startBotApi(faults: Faults = {}): Promise<BotApi> {
  const updates: { update_id: number; chat: string; body: Json; sent: boolean }[] = [];
  const chats = new Map<string, Shown[]>();
  const calls = new Map<string, Json[]>();
  const sentAt = new Map<string, number[]>();
  const cuts = new Map<string, number>();
  const lastOf = new Map<string, number>();
  const listeners: ((chat: string, shown: Shown) => void)[] = [];
  let webhook: Webhook | undefined;
  let polls: (() => void)[] = [];
  let ids = 1_000;
  let closed = false;

  function push(update: Json): number {
    const update_id = (ids += 1);
    const chat = chatOf(update);
    lastOf.set(chat, update_id);
    updates.push({ update_id, chat, body: { update_id, ...update }, sent: false });
    if (webhook === undefined) for (const wake of polls.splice(0)) wake();
    else void deliver(chat);
    return update_id;
  }

  const delivering = new Set<string>();
  /** Telegram brings the updates of one chat in order, and again until they are taken. */
  async function deliver(chat: string): Promise<void> {
    if (delivering.has(chat)) return;
    delivering.add(chat);
    for (;;) {
      const first = updates.find((one) => one.chat === chat);
      if (first === undefined || webhook === undefined || closed) break;
      const { url, secret } = webhook;
      const status = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-telegram-bot-api-secret-token': secret,
        },
        body: JSON.stringify(first.body),
      }).then(
        (response) => response.text().then(() => response.status),
        () => 0,
      );
      if (status >= 200 && status < 300) updates.splice(updates.indexOf(first), 1);
      else await new Promise((resolve) => setTimeout(resolve, 50));
    }
    delivering.delete(chat);
  }

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, bot, method = ''] = (request.url ?? '').split('/');
    if (bot === 'file')
      return void response.setHeader('content-type', 'image/jpeg').end(Buffer.from([1, 2, 3]));
    const body = await readBody(request);
    if (bot !== `bot${TOKEN}`) return reply(response, 401, { description: 'Unauthorized' });
    add(calls, method, body);
    if (faults.slowMs !== undefined) await new Promise((r) => setTimeout(r, faults.slowMs));
    switch (method) {
      case 'getMe':
        return reply(response, 200, { id: 1, is_bot: true, first_name: 'B', username: 'test_bot' });
      case 'getUpdates':
        return getUpdates(response, body);
      case 'sendMessage':
        return sendMessage(response, body);
      case 'editMessageReplyMarkup': {
        const edited = chats
          .get(word(body['chat_id']))
          ?.find((one) => one.id === body['message_id']);
        if (edited !== undefined) edited.buttons = buttonsOf(body['reply_markup']);
        return reply(response, 200, true);
      }
      case 'getFile':
        return body['file_id'] === 'gone'
          ? reply(response, 400, { description: 'Bad Request: file is temporarily unavailable' })
          : reply(response, 200, {
              file_id: body['file_id'],
              file_path: 'photos/1.jpg',
              file_size: 3,
            });
      case 'getWebhookInfo':
        return reply(response, 200, { url: webhook?.url ?? '' });
      case 'deleteWebhook':
        webhook = undefined;
        return reply(response, 200, true);
      case 'setWebhook': {
        webhook = { url: word(body['url']), secret: word(body['secret_token']) };
        for (const { chat } of updates) void deliver(chat);
        return reply(response, 200, true);
      }
      default:
        return reply(response, 200, true);
    }
  }

  async function getUpdates(response: ServerResponse, body: Json): Promise<void> {
    if (webhook !== undefined) return reply(response, 409, { description: 'Conflict: webhook' });
    const offset = Number(body['offset'] ?? 0);
    while (updates[0] !== undefined && updates[0].update_id < offset) updates.shift();
    if (updates.length === 0 && Number(body['timeout']) > 0) {
      const gone = once(response, 'close');
      const woken = new Promise<void>((resolve) => polls.push(resolve));
      const late = new Promise<void>((r) => setTimeout(r, Number(body['timeout']) * 1_000).unref());
      await Promise.race([gone, woken, late]);
    }
    if (webhook !== undefined) return reply(response, 409, { description: 'Conflict: webhook' });
    const batch = updates.slice(0, Number(body['limit'] ?? 100));
    reply(
      response,
      200,
      batch.map((one) => one.body),
    );
  }

  function sendMessage(response: ServerResponse, body: Json): void {
    const chat = word(body['chat_id']);
    const random = faults.random ?? Math.random;
    const arranged = faults.next?.shift();
    if (arranged === 'refuse') return void response.destroy();
    if (typeof arranged === 'object') {
      const { status, description, retryAfter } = arranged;
      return reply(response, status, { description, ...retry(retryAfter) });
    }
    const late = lateOf(chat);
    if (late !== undefined) {
      return reply(response, 429, { description: 'Too Many Requests', ...retry(late) });
    }
    if (random() < (faults.throttled ?? 0)) {
      return reply(response, 429, { description: 'Too Many Requests', ...retry(1) });
    }
    if (random() < (faults.badGateway ?? 0)) {
      return reply(response, 502, { description: 'Bad Gateway' });
    }
    const markup = body['reply_markup'];
    const shown: Shown = {
      id: (ids += 1),
      text: word(body['text']),
      at: performance.now(),
      buttons: buttonsOf(markup),
      ...(isJson(markup) && 'keyboard' in markup ? { keyboard: markup['keyboard'] } : {}),
      after: lastOf.get(chat) ?? 0,
    };
    add(chats, chat, shown);
    for (const listener of listeners) listener(chat, shown);
    if (arranged === 'cut' || random() < (faults.cut ?? 0)) {
      cuts.set(chat, (cuts.get(chat) ?? 0) + 1);
      return void response.destroy();
    }
    reply(response, 200, {
      message_id: shown.id,
      chat: { id: Number(chat), type: 'private' },
      date: 0,
    });
  }

  /** Seconds to wait when a limit is reached; undefined when the message may go, and counts. */
  function lateOf(chat: string): number | undefined {
    if (faults.perChat === undefined && faults.inAll === undefined) return undefined;
    const now = performance.now();
    for (const [key, most] of [
      [chat, faults.perChat],
      ['', faults.inAll],
    ] as const) {
      if (most === undefined) continue;
      const recent = (sentAt.get(key) ?? []).filter((at) => at > now - 1_000);
      sentAt.set(key, recent);
      if (recent.length >= most) return 1;
    }
    for (const key of [chat, '']) add(sentAt, key, now);
    return undefined;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    shown: (chat) => [...(chats.get(chat) ?? [])],
    calls: (method) => [...(calls.get(method) ?? [])],
    push,
    say: (chat, text, more) =>
      push({
        message: {
          message_id: (ids += 1),
          date: Math.floor(Date.now() / 1_000),
          chat: { id: Number(chat), type: 'private' },
          from: { id: Number(chat), is_bot: false, first_name: 'Léa', language_code: 'fr' },
          text,
          ...more,
        },
      }),
    press(chat, label) {
      const under = [...(chats.get(chat) ?? [])].reverse();
      const message = under.find(({ buttons }) => buttons.some(({ text }) => text === label));
      const data = message?.buttons.find(({ text }) => text === label)?.data;
      if (message === undefined || data === undefined) throw new Error(`No button "${label}".`);
      return push({
        callback_query: {
          id: `q${(ids += 1)}`,
          from: { id: Number(chat), is_bot: false, first_name: 'Léa', language_code: 'fr' },
          data,
          message: {
            message_id: message.id,
            chat: { id: Number(chat), type: 'private' },
            reply_markup: {
              inline_keyboard: message.buttons.map(({ text, data: own }) => [
                { text, callback_data: own },
              ]),
            },
          },
        },
      });
    },
    pending: () => updates.map(({ update_id }) => update_id),
    setWebhook(next) {
      webhook = next;
      for (const wake of polls.splice(0)) wake();
    },
    webhook: () => webhook,
    cuts: (chat) => cuts.get(chat) ?? 0,
    onShown: (listener) => void listeners.push(listener),
    async close() {
      closed = true;
      for (const wake of polls.splice(0)) wake();
      polls = [];
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function reply(response: ServerResponse, status: number, result: unknown): void {
  if (response.destroyed) return;
  const answer =
    status === 200 ? { ok: true, result } : { ok: false, error_code: status, ...asJson(result) };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

function add<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

function retry(seconds: number | undefined): Json {
  return seconds === undefined ? {} : { parameters: { retry_after: seconds } };
}

function buttonsOf(markup: unknown): Shown['buttons'] {
  const rows = isJson(markup) ? markup['inline_keyboard'] : undefined;
  if (!Array.isArray(rows)) return [];
  return rows.flat().map((button: unknown) => {
    const { text, callback_data: data } = asJson(button);
    return { text: word(text), data: word(data) };
  });
}

function chatOf(update: Json): string {
  for (const key of ['message', 'edited_message', 'my_chat_member'] as const) {
    const chat = asJson(asJson(update[key])['chat'])['id'];
    if (chat !== undefined) return word(chat);
  }
  return word(asJson(asJson(update['callback_query'])['from'])['id']);
}

async function readBody(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : asJson(JSON.parse(text));
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function asJson(value: unknown): Json {
  return isJson(value) ? value : {};
}

function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
