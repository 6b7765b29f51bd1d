import { setTimeout as sleep } from 'node:timers/promises';
import { Api, GrammyError } from 'grammy';
import {
  savedOrTold,
  TELEGRAM_LIMITS,
  type Channel,
  type Host,
  type OpenedChannel,
  type Pacing,
} from '../channel.js';
import { needsKeeping, type Keyboard } from './buttons.js';
import { createPoll, POLL_LEASE_MS, type PollOptions } from './poll.js';
import { createPresses } from './presses.js';
import { readFailure } from './read-failure.js';
import { ALLOWED_UPDATES, chatOf, readUpdate, type Update } from './read-update.js';
import { fetchFile } from './fetch-file.js';
import { isLanguageCode, isSignal } from './types.js';
import { createWebhook } from './webhook.js';
import { showsReplyKeyboard, writeMessage, type ButtonWords } from './write-message.js';

/** Where Telegram calls in webhook mode. */
export const WEBHOOK_PATH = '/telegram/webhook';
/** How long one call may take; a call that is cut is in doubt. */
const CALL_WITHIN_S = 30;
/** How long a `busy` supporter's update is brought again before it is let go of. */
const BUSY_FOR_MS = 60_000;
const AGAIN_AFTER_MS = 500;
const START_AGAIN_MS = 10_000;

/** Words of the program beside those of flows. */
export type TelegramWords = ButtonWords & {
  /** Said once in a group: the assistant speaks to people only. */
  readonly group: string;
};

/** A command of the menu, without its slash, and what it does in a few words. */
export type MenuCommand = { readonly command: string; readonly description: string };

export type TelegramOptions = {
  readonly token: string;
  readonly apiRoot: string;
  readonly mode:
    | { readonly type: 'polling'; readonly lease: PollOptions['lease'] }
    | { readonly type: 'webhook'; readonly secret: string; readonly publicUrl: string };
  readonly host: Host;
  readonly throttle: Pacing;
  /** Keyboards of open questions, by chat and turn. */
  readonly keyboards: {
    get(chat: string, turn: number): Promise<Keyboard | undefined>;
    put(chat: string, turn: number, keyboard: Keyboard): Promise<void>;
  };
  /** Runs work of one chat in order. */
  readonly inOrder: <T>(chat: string, work: () => Promise<T>) => Promise<T>;
  words(language: string | undefined): TelegramWords;
  /** The menu by language; the first is shown to people whose language has none. */
  menus(): ReadonlyMap<string, readonly MenuCommand[]>;
};

/** Opens Telegram: replies and messages through the Bot API, updates by long polling or webhook. */
export function openTelegram(options: TelegramOptions): OpenedChannel {
  const { host, mode, throttle, keyboards } = options;
  const api = new Api(options.token, {
    apiRoot: options.apiRoot,
    timeoutSeconds: CALL_WITHIN_S,
  });
  const presses = createPresses({ api, host, keyboards, words: options.words });
  /** Chats that show a keyboard to share something, until a message replaces it. */
  const sharing = new Set<string>();
  const stopping = new AbortController();
  /** What the bot is called, once Telegram was asked. */
  let username: string | undefined;
  let missing: string | undefined = 'telegram: not started';

  const channel: Channel = {
    name: 'telegram',
    limits: TELEGRAM_LIMITS,
    exact: false,
    async send(address, message, mayLeave) {
      if (message.type === 'echo') return { type: 'sent' };
      const { question } = message;
      if (question !== undefined && needsKeeping(question)) {
        await keyboards.put(address, question.turn, { question, chosen: [] });
      }
      const written = writeMessage(message, options.words(message.language), sharing.has(address));
      return throttle.run(message.bulk === true, async () => {
        const permit = mayLeave();
        if (permit.type === 'refused') return { type: 'withheld', refusal: permit } as const;
        try {
          const { message_id: id } = await api.raw.sendMessage({ chat_id: address, ...written });
          if (showsReplyKeyboard(written)) sharing.add(address);
          else if (
            written.reply_markup !== undefined &&
            'remove_keyboard' in written.reply_markup
          ) {
            sharing.delete(address);
          }
          return { type: 'sent', id: String(id) } as const;
        } catch (error) {
          const failure = readFailure(error);
          // Telegram counts what goes to all chats together.
          if (failure.retryAfterMs !== undefined) throttle.pause(failure.retryAfterMs);
          return failure;
        }
      });
    },
    showTyping(address) {
      api.raw.sendChatAction({ chat_id: address, action: 'typing' }).catch(() => undefined);
    },
    async linkTo(payload) {
      username ??= (await api.raw.getMe()).username;
      return `https://t.me/${username}?start=${payload}`;
    },
    fetchFile: (id, mostBytes) =>
      fetchFile(api, id, `${options.apiRoot}/file/bot${options.token}`, mostBytes),
  };

  /** Whether the update is saved; false: the supporter has too much waiting. Rejects as the store does. */
  async function take(update: Update | undefined): Promise<boolean> {
    switch (update?.type) {
      case undefined:
        return true;
      case 'inbound':
        return (await host.receive(update.inbound)) !== 'busy';
      case 'pressed':
        return presses.take(update.press);
      case 'reachable':
        await host.reachable(update.chat, update.reachable);
        return true;
      case 'moved':
        await host.moved(update.chat, update.place);
        return true;
      case 'group':
        leaveGroup(update.chat, update.locale);
        return true;
      default:
        return update satisfies never;
    }
  }

  /** Says why, and goes: what is said in a group is nothing for the assistant. Best effort. */
  function leaveGroup(chat: string, locale: string | undefined): void {
    const said = { chat_id: chat, text: options.words(locale).group };
    void throttle
      .run(true, () => api.raw.sendMessage(said))
      .catch(() => undefined)
      .then(() => api.raw.leaveChat({ chat_id: chat }))
      .catch(() => undefined);
  }

  /** Takes one update in until it is saved; false when the program stops before that. */
  async function takeUntilSaved(update: Update | undefined): Promise<boolean> {
    const since = host.now();
    while (!stopping.signal.aborted) {
      try {
        if (await take(update)) return true;
        if (host.now() - since > BUSY_FOR_MS) {
          host.tell('error', 'An update was let go of: its supporter has too much waiting.');
          return true;
        }
      } catch (error) {
        host.tell('error', 'An update could not be saved, and is tried again.', error);
      }
      await pause(AGAIN_AFTER_MS);
    }
    return false;
  }

  async function takeAll(
    updates: readonly { readonly update_id: number }[],
  ): Promise<number | undefined> {
    const saved = await Promise.all(
      updates.map((payload) => {
        const update = readUpdate(payload, host.now());
        return options.inOrder(chatOf(update), () => takeUntilSaved(update));
      }),
    );
    const first = saved.indexOf(false);
    return first < 0 ? undefined : updates[first]?.update_id;
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  const poll =
    mode.type === 'polling'
      ? createPoll({
          lease: mode.lease,
          leaseEveryMs: POLL_LEASE_MS / 3,
          getUpdates: (asked, signal) =>
            api.raw.getUpdates(
              { ...asked, allowed_updates: [...ALLOWED_UPDATES] },
              isSignal(signal) ? signal : undefined,
            ),
          takeAll,
          failed: say,
        })
      : undefined;

  /** Tells the operator once of what keeps Telegram from answering, and when it does again. */
  function say(error: unknown): void {
    const sentence = error === undefined ? undefined : sentenceOf(error);
    if (sentence === missing) return;
    missing = sentence;
    if (sentence === undefined) host.tell('info', 'telegram: at work');
    else host.tell('warn', sentence);
  }

  /** Tries until Telegram knows how updates are to come. */
  async function setUp(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (mode.type === 'webhook') {
          await api.raw.setWebhook({
            url: mode.publicUrl + WEBHOOK_PATH,
            secret_token: mode.secret,
            allowed_updates: [...ALLOWED_UPDATES],
            max_connections: 100,
          });
        } else if (((await api.raw.getWebhookInfo()).url ?? '') !== '') {
          await api.raw.deleteWebhook({});
          host.tell(
            'info',
            'A webhook that was still set has been removed, for updates are polled.',
          );
        }
        say(undefined);
        poll?.start();
        return await setMenus();
      } catch (error) {
        say(error);
        await pause(START_AGAIN_MS);
      }
    }
  }

  async function setMenus(): Promise<void> {
    let isFirst = true;
    for (const [language, commands] of options.menus()) {
      if (isFirst) await api.raw.setMyCommands({ commands: [...commands] });
      if (isLanguageCode(language)) {
        await api.raw.setMyCommands({ commands: [...commands], language_code: language });
      }
      isFirst = false;
    }
  }

  return {
    channel,
    ...(mode.type === 'webhook'
      ? {
          routes: new Map([
            [
              WEBHOOK_PATH,
              createWebhook({
                secret: mode.secret,
                take(payload) {
                  const update = readUpdate(payload, host.now());
                  const taking = options.inOrder(chatOf(update), () => take(update));
                  return savedOrTold(
                    taking,
                    host,
                    'An update could not be saved; Telegram brings it again.',
                  );
                },
              }),
            ],
          ]),
        }
      : {}),
    async start() {
      // What Telegram has to be told may take its time; the program does not wait for it.
      void setUp();
      await Promise.resolve();
    },
    notReady: () => missing,
    async close() {
      stopping.abort();
      await poll?.stop();
    },
  };
}

/** A failed call in a sentence: Telegram's own words, or the kind of error; never the address called, which holds the token. */
function sentenceOf(error: unknown): string {
  if (error instanceof GrammyError) {
    if (error.error_code === 401 || error.error_code === 404) {
      return 'telegram: it does not know this TELEGRAM_BOT_TOKEN; copy it again from @BotFather';
    }
    if (error.error_code === 409) {
      return 'telegram: another program polls with this token; stop it, or give each a bot of its own';
    }
    return `telegram: ${error.method} was refused (${error.error_code})`;
  }
  return 'telegram: cannot be reached';
}
