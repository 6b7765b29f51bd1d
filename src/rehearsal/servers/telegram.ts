import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import { isGone } from '../simulated-supporter.js';
import { drawFate } from './faults.js';
import { createBurstLimit, createSlidingLimit } from './limits.js';
import { answerJson, fieldOf, startNetwork, type NetworkServer } from './network-server.js';
import { QUESTION, THINKS_MS, TOLERANCE, type NetworkOptions } from './network.js';
import { countRefused } from './tally.js';

/** One message a second in one chat; short bursts are let through. */
const CHAT_BURST = 5;
const CHAT_EVERY_MS = 1_000;
/** How long an answer to somebody who wrote counts to their chat alone. */
const ANSWER_MS = 60_000;
const LONGEST_POLL_S = 30;

type Update = { readonly update_id: number; readonly message: unknown };

/** Starts a server that speaks Telegram's Bot API to the bot of a token, with its limits. */
export async function startTelegram(
  token: string,
  options: NetworkOptions,
): Promise<NetworkServer> {
  const { tally, faults, random } = options;
  const inAll = createSlidingLimit(Math.ceil(options.perSecond * TOLERANCE));
  const perChat = createBurstLimit(CHAT_BURST, CHAT_EVERY_MS);
  const updates: Update[] = [];
  /** When people wrote what nobody answered yet, and when each last wrote. */
  const waiting = new Map<string, number>();
  const wroteAt = new Map<string, number>();
  let wake: () => void = () => undefined;
  let ids = 0;
  let throttledAt = Date.now();

  /** Seconds to wait, when this is too much. */
  function tooMuch(chat: string, isReminder: boolean, at: number): number | undefined {
    const isBusy = faults.throttledEveryMs > 0 && at - throttledAt > faults.throttledEveryMs;
    if (isBusy) throttledAt = at;
    const isAnswer = !isReminder && at - (wroteAt.get(chat) ?? -Infinity) < ANSWER_MS;
    const chatMs = perChat.take(chat, at);
    const allMs = isAnswer || chatMs !== undefined ? undefined : inAll.take(at);
    const waitMs = isBusy ? 1 : (chatMs ?? allMs);
    if (waitMs === undefined) return undefined;
    countRefused(tally, isBusy ? 'busy' : chatMs === undefined ? 'rate' : 'chat rate');
    return Math.ceil(waitMs / 1_000);
  }

  async function sendMessage(body: unknown, response: ServerResponse): Promise<void> {
    const chat = String(fieldOf(body, 'chat_id'));
    const isReminder = options.reminders.has(String(fieldOf(body, 'text')));
    const at = Date.now();
    const { delayMs, end } = drawFate(faults, random);
    if (isGone('telegram', chat)) {
      countRefused(tally, 'blocked');
      return refuse(response, 403, 'Forbidden: bot was blocked by the user');
    }
    const seconds = tooMuch(chat, isReminder, at);
    if (seconds !== undefined) {
      const parameters = { retry_after: seconds };
      return refuse(response, 429, `Too Many Requests: retry after ${seconds}`, { parameters });
    }
    if (end === 'bad_gateway') {
      tally.cuts += 1;
      countRefused(tally, 'bad gateway');
      await sleep(delayMs);
      return refuse(response, 502, 'Bad Gateway');
    }
    take(chat, isReminder, at);
    if (delayMs > 0) await sleep(delayMs);
    if (end === 'cut') {
      tally.cuts += 1;
      return void response.destroy();
    }
    const message = { message_id: (ids += 1), date: unixTime(at), chat: { id: Number(chat) } };
    answerJson(response, 200, { ok: true, result: message });
  }

  function take(chat: string, isReminder: boolean, at: number): void {
    const since = waiting.get(chat);
    if (since !== undefined && !isReminder) {
      waiting.delete(chat);
      tally.answeredInMs.push(at - since);
    }
    if (!isReminder) return;
    tally.accepted += 1;
    options.accepted(chat, at);
    if (random() < options.talkative()) {
      setTimeout(() => write(chat), THINKS_MS.least + random() * THINKS_MS.more).unref();
    }
  }

  function write(chat: string): void {
    const at = Date.now();
    tally.asked += 1;
    waiting.set(chat, at);
    wroteAt.set(chat, at);
    const from = { id: Number(chat), is_bot: false, first_name: 'Rehearsal', language_code: 'fr' };
    const place = { id: Number(chat), type: 'private' };
    const message = {
      message_id: (ids += 1),
      date: unixTime(at),
      chat: place,
      from,
      text: QUESTION,
    };
    updates.push({ update_id: (ids += 1), message });
    wake();
  }

  async function getUpdates(body: unknown, response: ServerResponse): Promise<void> {
    const offset = Number(fieldOf(body, 'offset') ?? 0);
    const seconds = Math.min(LONGEST_POLL_S, Number(fieldOf(body, 'timeout') ?? 0));
    while (updates[0] !== undefined && updates[0].update_id < offset) updates.shift();
    if (updates.length === 0 && seconds > 0) {
      await Promise.race([
        new Promise<void>((resolve) => (wake = resolve)),
        sleep(seconds * 1_000, undefined, { ref: false }),
      ]);
    }
    answerJson(response, 200, { ok: true, result: updates.slice(0, 100) });
  }

  return startNetwork((path, body, response) => {
    const [, bot, method = ''] = path.split('/');
    if (bot !== `bot${token}`) return refuse(response, 401, 'Unauthorized');
    switch (method) {
      case 'sendMessage':
        return sendMessage(body, response);
      case 'getUpdates':
        return getUpdates(body, response);
      case 'getWebhookInfo':
        return answerJson(response, 200, { ok: true, result: { url: '' } });
      case 'getMe':
        return answerJson(response, 200, { ok: true, result: BOT });
      default:
        return answerJson(response, 200, { ok: true, result: true });
    }
  }, tally);
}

const BOT = { id: 1, is_bot: true, first_name: 'Rehearsal', username: 'rehearsal_bot' };

function refuse(response: ServerResponse, code: number, description: string, more = {}): void {
  answerJson(response, code, { ok: false, error_code: code, description, ...more });
}

function unixTime(at: number): number {
  return Math.floor(at / 1_000);
}
