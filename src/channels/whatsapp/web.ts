import { setTimeout as sleep } from 'node:timers/promises';
import {
  WHATSAPP_LIMITS,
  type Channel,
  type Host,
  type Inbound,
  type Login,
  type MayLeave,
  type Message,
  type OpenedChannel,
  type Pacing,
  type SendResult,
} from '../channel.js';
import { createSendParts } from '../send-parts.js';
import { addressOfChat, chatOfAddress, readWebMessage } from './read-web-message.js';
import { renderMessage, type RenderWords } from './render-message.js';
import type { WebClient, WebEvents } from './web-client.js';

/** Within this time another process takes over from one that died. */
export const WEB_LEASE_MS = 30_000;
/** How soon a browser that went down is opened again: twice as long each time, to five minutes. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;
const AGAIN_AFTER_MS = 500;
const NOT_READY_MS = 5_000;

export type WebOptions = {
  readonly host: Host;
  /** One process at a time has the session. */
  readonly lease: { hold(): Promise<boolean>; release(): Promise<void> };
  readonly leaseEveryMs?: number;
  readonly firstPauseMs?: number;
  /** Makes a client, not opened yet; rejects with a sentence for the operator when there is no browser. */
  createClient(events: WebEvents): Promise<WebClient>;
  /** Shows the code to scan; undefined: there is nothing to scan any more. */
  showCode(code: string | undefined): void;
  /** Runs sends when their turn comes; replies before bulk messages. */
  readonly throttle: Pick<Pacing, 'run'>;
  /** Runs work of one person in order. */
  readonly inOrder: <T>(address: string, work: () => Promise<T>) => Promise<T>;
  words(language: string): RenderWords;
};

/** Opens WhatsApp through a browser that is logged in as a linked device of a phone. */
export function openWeb(options: WebOptions): OpenedChannel {
  const { host, lease, leaseEveryMs = WEB_LEASE_MS / 3, firstPauseMs = FIRST_PAUSE_MS } = options;
  const stopping = new AbortController();
  let missing: string | undefined = 'whatsapp: not started';
  let client: WebClient | undefined;
  let isReady = false;
  let running: Promise<void> | undefined;
  let failures = 0;
  let login: Login = { type: 'opening' };
  /** Ends the wait of the run that has the browser now. */
  let wentDown: (reason: string) => void = () => undefined;
  /** How many messages of people are not saved yet. */
  const waiting = new Map<string, number>();
  const sendParts = createSendParts();

  async function send(address: string, message: Message, mayLeave: MayLeave): Promise<SendResult> {
    if (message.type === 'echo') return { type: 'sent' };
    const chat = chatOfAddress(address);
    if (chat === undefined) return { type: 'failed', reason: 'unreachable' };
    const parts = renderMessage(message, options.words(message.language), false);
    return sendParts(address, message, parts, ({ text }) =>
      options.throttle.run(message.bulk === true, () => sendText(chat, text, mayLeave)),
    );
  }

  async function sendText(chat: string, text: string, mayLeave: MayLeave): Promise<SendResult> {
    if (client === undefined || !isReady) {
      return { type: 'failed', reason: 'throttled', retryAfterMs: NOT_READY_MS };
    }
    const permit = mayLeave();
    if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
    try {
      const id = await client.send(chat, text);
      return id === undefined ? { type: 'failed', reason: 'unreachable' } : { type: 'sent', id };
    } catch (error) {
      return { type: 'failed', reason: isNobody(error) ? 'unreachable' : 'in_doubt' };
    }
  }

  /** Takes one message in until it is saved; WhatsApp shows it as unread until then. */
  async function takeUntilSaved(inbound: Inbound): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if ((await host.receive(inbound)) !== 'busy') return await settle(inbound.address);
      } catch (error) {
        host.tell('error', 'A message could not be saved, and is tried again.', error);
      }
      await pause(AGAIN_AFTER_MS);
    }
  }

  /** A chat is shown as read once every message of it is saved. */
  async function settle(address: string): Promise<void> {
    const left = (waiting.get(address) ?? 1) - 1;
    if (left > 0) return void waiting.set(address, left);
    waiting.delete(address);
    const chat = chatOfAddress(address);
    if (chat !== undefined) await client?.markSeen(chat).catch(() => undefined);
  }

  function take(payload: unknown): void {
    const inbound = readWebMessage(payload);
    if (inbound === undefined) return;
    waiting.set(inbound.address, (waiting.get(inbound.address) ?? 0) + 1);
    void options.inOrder(inbound.address, () => takeUntilSaved(inbound));
  }

  const events: WebEvents = {
    qr(code) {
      login = { type: 'waiting', code };
      options.showCode(code);
      say(
        'whatsapp: not logged in; run "portevoix whatsapp", and scan the code with the phone of the number (WhatsApp > Linked devices)',
      );
    },
    ready() {
      isReady = true;
      login = { type: 'connected' };
      failures = 0;
      options.showCode(undefined);
      say(undefined);
      // What came while nobody was here, or was not saved before a crash.
      client?.unseen().then(
        (messages) => messages.forEach(take),
        (error: unknown) => host.tell('warn', 'Older unread messages could not be read.', error),
      );
    },
    message: take,
    ack(chat, id, ack) {
      const address = addressOfChat(chat);
      const state = ack < 0 ? 'failed' : STATES[Math.min(ack, 3)];
      if (address === undefined || state === undefined) return;
      host
        .status(address, id, state)
        .catch((error: unknown) => host.tell('error', 'A state could not be saved.', error));
    },
    down: (reason) => wentDown(reason),
  };

  /** Has the browser open for as long as this process holds the lease. */
  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (!(await lease.hold().catch(() => false))) {
        // Another process has the session, and answers for the number.
        missing = undefined;
        login = { type: 'standby' };
        await pause(leaseEveryMs);
        continue;
      }
      const reason = await runOnce();
      if (stopping.signal.aborted) break;
      const ms = Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** failures);
      failures += 1;
      say(`whatsapp: ${reason}; tried again in ${Math.ceil(ms / 1_000)} s`);
      await pause(ms);
    }
  }

  /** Opens the browser and resolves, once it is closed again, with what ended it. */
  async function runOnce(): Promise<string> {
    if (login.type !== 'logged_out') login = { type: 'opening' };
    let isLoggedOut = false;
    const ended = new Promise<string>((resolve) => {
      wentDown = (reason) => {
        isLoggedOut = LOGGED_OUT.includes(reason);
        resolve(sentenceOf(reason));
      };
    });
    const stopped = new Promise<string>((resolve) => {
      stopping.signal.addEventListener('abort', () => resolve('stopped'), { once: true });
    });
    const keeping = setInterval(() => {
      void lease
        .hold()
        .catch(() => false)
        .then((isHeld) => isHeld || wentDown('LEASE_LOST'));
    }, leaseEveryMs);
    try {
      client = await options.createClient(events);
      const opened = client.open().then(() => ended);
      return await Promise.race([opened, ended, stopped]);
    } catch (error) {
      host.tell('warn', 'WhatsApp Web could not be opened.', error);
      return error instanceof NoBrowser ? error.message : 'WhatsApp Web could not be opened';
    } finally {
      clearInterval(keeping);
      isReady = false;
      login = { type: isLoggedOut ? 'logged_out' : 'opening' };
      options.showCode(undefined);
      await client?.close().catch(() => undefined);
      client = undefined;
    }
  }

  /** Tells the operator once of what keeps WhatsApp from answering, and when it does again. */
  function say(sentence: string | undefined): void {
    if (sentence === missing) return;
    missing = sentence;
    if (sentence === undefined) host.tell('info', 'whatsapp: at work');
    else host.tell('warn', sentence);
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  const channel: Channel = {
    name: 'whatsapp',
    // A linked device draws no buttons: choices are numbered.
    limits: { ...WHATSAPP_LIMITS, buttons: 0, buttonLabel: 0, listRows: 0, listLabel: 0 },
    exact: false,
    send,
    showTyping(address) {
      const chat = chatOfAddress(address);
      if (chat !== undefined && isReady) client?.showTyping(chat).catch(() => undefined);
    },
    fetchFile: async (id, mostBytes) => client?.fetchFile(id, mostBytes),
  };

  return {
    channel,
    async start() {
      // The browser takes its time, and a person to scan the code; the program does not wait for it.
      running ??= run();
      await Promise.resolve();
    },
    notReady: () => missing,
    login: () => login,
    async close() {
      stopping.abort();
      await running;
      await lease.release().catch(() => undefined);
    },
  };
}

/** There is no browser on this machine; the message says what to do. */
export class NoBrowser extends Error {
  override readonly name = 'NoBrowser';
}

/** States of a message by WhatsApp's numbers: 1 taken by the server, 2 on the phone, 3 read. */
const STATES = [undefined, 'sent', 'delivered', 'read'] as const;

function isNobody(error: unknown): boolean {
  return error instanceof Error && /no lid for user|wid error|invalid wid/i.test(error.message);
}

/** What WhatsApp says when the phone ended the session. */
const LOGGED_OUT: readonly string[] = ['LOGOUT', 'UNPAIRED', 'AUTH_FAILURE'];

/** Why the browser went down, from WhatsApp's words in capitals; nothing else is shown. */
function sentenceOf(reason: string): string {
  switch (reason) {
    case 'LOGOUT':
    case 'UNPAIRED':
    case 'AUTH_FAILURE':
      return 'logged out on the phone';
    case 'CONFLICT':
      return 'another browser took over the session';
    case 'BROWSER_GONE':
      return 'the browser ended';
    case 'LEASE_LOST':
      return 'another process took over the session';
    default:
      return 'disconnected';
  }
}
