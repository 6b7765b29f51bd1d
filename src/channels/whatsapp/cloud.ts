import { setTimeout as sleep } from 'node:timers/promises';
import {
  savedOrTold,
  WHATSAPP_LIMITS,
  type Channel,
  type Host,
  type MayLeave,
  type Message,
  type OpenedChannel,
  type Pacing,
  type SendResult,
} from '../channel.js';
import { createSendParts } from '../send-parts.js';
import type { CloudAccount } from './cloud-account.js';
import { createGraph } from './graph.js';
import { createPairRate } from './pair-rate.js';
import { readCode, readFailure, type Refusal } from './read-failure.js';
import { addressIn, readWebhook, type Notice } from './read-webhook.js';
import { renderMessage, type RenderWords } from './render-message.js';
import { createTemplates, usable } from './templates.js';
import { createWebhook } from './webhook.js';
import { writeCloud, writeTemplate, type CloudMessage } from './write-cloud.js';

/** Where Meta calls. */
export const WEBHOOK_PATH = '/whatsapp/webhook';
/** How long after somebody wrote anything may be said to them; a minute less, for clocks differ. */
const WINDOW_MS = 24 * 3_600_000 - 60_000;
const START_AGAIN_MS = 10_000;
/** How long bulk messages wait once WhatsApp saw spam in them. */
const FROZEN_MS = 24 * 3_600_000;
const TOO_QUICK_MS = 2_000;
/** What keeps happening is told once in this time. */
const TOLD_FOR_MS = 3_600_000;
/** People whose last message can still be shown as read. */
const MOST_SHOWN = 10_000;

export type CloudOptions = CloudAccount & {
  readonly host: Host;
  readonly throttle: Pacing;
  /** When people last wrote, in epoch milliseconds. */
  readonly heard: {
    get(address: string): Promise<number | undefined>;
    /** Keeps the latest; whether this one was news of some minutes. */
    put(address: string, at: number): Promise<boolean>;
    forget(address: string): Promise<void>;
  };
  /** Runs work of one person in order. */
  readonly inOrder: <T>(address: string, work: () => Promise<T>) => Promise<T>;
  words(language: string): RenderWords;
};

type Words = Extract<Message, { readonly type: 'text' }>;

/** Opens WhatsApp through Meta's Cloud API. */
export function openCloud(options: CloudOptions): OpenedChannel {
  const { host, throttle, heard, phoneNumberId } = options;
  const graph = createGraph(options);
  const pairRate = createPairRate();
  const templates =
    options.template && createTemplates({ graph, ...options.template, now: () => host.now() });
  const stopping = new AbortController();
  const toldAt = new Map<string, number>();
  /** The last message of people, to show it as read and an answer as being written. */
  const lastOf = new Map<string, string>();
  const sendParts = createSendParts();
  let frozenUntil = -Infinity;
  let missing: string | undefined = 'whatsapp: not started';

  async function send(address: string, message: Message, mayLeave: MayLeave): Promise<SendResult> {
    if (message.type === 'echo') return { type: 'sent' };
    if (message.bulk === true && host.now() < frozenUntil) {
      return { type: 'failed', reason: 'misconfigured' };
    }
    if (!(await isOpen(address))) return sendTemplate(address, message, mayLeave);
    const words = options.words(message.language);
    const parts = renderMessage(message, words, true).map((one) =>
      writeCloud(address, one, words.choose),
    );
    return sendParts(address, message, parts, (part) => post(address, part, message, mayLeave));
  }

  /** Whether the person wrote so lately that anything may be said. */
  async function isOpen(address: string): Promise<boolean> {
    const at = await heard.get(address);
    return at !== undefined && host.now() - at < WINDOW_MS;
  }

  async function sendTemplate(
    address: string,
    message: Words,
    mayLeave: MayLeave,
  ): Promise<SendResult> {
    if (options.template === undefined || templates === undefined) {
      tellOnce(
        'warn',
        'Messages to people who wrote more than a day ago are not sent: WhatsApp lets through only approved templates; set WHATSAPP_TEMPLATE.',
      );
      return { type: 'failed', reason: 'rejected' };
    }
    const words = options.words(message.language);
    const text = renderMessage(message, words, false)
      .map((one) => one.text)
      .join('\n\n');
    const filled = await templates.fill(text, message.language);
    if (filled.type === 'none') {
      tellOnce(
        'warn',
        filled.why === 'too long'
          ? 'A message was too long for the WhatsApp template and was not sent.'
          : 'The WhatsApp template is not approved in the language of a message, or has not just one variable {{1}}; the message was not sent.',
      );
      return {
        type: 'failed',
        reason: filled.why === 'too long' ? 'rejected' : 'misconfigured',
      };
    }
    const template = { name: options.template.name, language: filled.language };
    return post(address, writeTemplate(address, template, filled.text), message, mayLeave);
  }

  async function post(
    address: string,
    body: CloudMessage,
    message: Words,
    mayLeave: MayLeave,
  ): Promise<SendResult> {
    const waitMs = pairRate.take(address);
    if (waitMs !== undefined) {
      return { type: 'failed', reason: 'throttled', retryAfterMs: waitMs };
    }
    return throttle.run(message.bulk === true, async () => {
      const permit = mayLeave();
      if (permit.type === 'refused') return { type: 'withheld', refusal: permit } as const;
      try {
        const id = await graph.send(body);
        return { type: 'sent', ...(id === undefined ? {} : { id }) } as const;
      } catch (error) {
        const refusal = readFailure(error);
        await heed(address, refusal);
        return refusal.failed;
      }
    });
  }

  /** What a refusal means beside the one message, whether it comes at once or later in a webhook. */
  async function heed(address: string, { means }: Refusal): Promise<void> {
    switch (means) {
      case undefined:
        return;
      case 'opted_out':
        return host.optedOut(address);
      case 'frozen':
        frozenUntil = host.now() + FROZEN_MS;
        return tellOnce(
          'error',
          'WhatsApp restricted this number for spam: bulk messages are held back for a day. Look at its quality in the WhatsApp manager before sending more, or the number is lost.',
        );
      case 'locked':
        return tellOnce(
          'error',
          'WhatsApp refuses this account: it is locked, unpaid or not registered, or WHATSAPP_ACCESS_TOKEN is no longer valid. If it stays closed, "portevoix channel invite whatsapp" asks supporters to go on elsewhere.',
        );
      case 'template':
        tellOnce(
          'error',
          'WhatsApp refuses the template: it is paused, changed or gone. Pause what is sent with it until it is approved again.',
        );
        await templates?.refresh().catch(() => undefined);
        return;
      case 'window_closed':
        return heard.forget(address);
      case 'pair_limit':
        return pairRate.empty(address);
      case 'too_quick':
        return throttle.pause(TOO_QUICK_MS);
      default:
        return means satisfies never;
    }
  }

  function tellOnce(level: 'warn' | 'error', sentence: string): void {
    const before = toldAt.get(sentence) ?? -Infinity;
    if (host.now() - before < TOLD_FOR_MS) return;
    toldAt.set(sentence, host.now());
    host.tell(level, sentence);
  }

  /** Whether it is saved; false: the supporter has too much waiting. Rejects as the store does. */
  async function take(notice: Notice): Promise<boolean> {
    switch (notice.type) {
      case 'inbound': {
        const { address, id, at } = notice.inbound;
        // Before anything is answered, for the answer needs the window.
        const isNews = await heard.put(address, Math.min(at, host.now()));
        const receipt = await host.receive(notice.inbound);
        if (isNews) await host.reachable(address, true);
        if (receipt === 'taken') showRead(address, id);
        return receipt !== 'busy';
      }
      case 'status': {
        const refusal = notice.state === 'failed' ? readCode(notice.code ?? -1) : undefined;
        if (refusal !== undefined) {
          const { reason } = refusal.failed;
          if (reason === 'unreachable' || reason === 'blocked') {
            await host.reachable(notice.address, false);
          }
          await heed(notice.address, refusal);
        }
        await host.status(notice.address, notice.id, notice.state, refusal?.failed.reason);
        return true;
      }
      case 'moved':
        await host.reachable(notice.address, false);
        return true;
      case 'opted_out':
        await host.optedOut(notice.address);
        return true;
      case 'template':
        if (notice.name === options.template?.name) {
          host.tell('info', `The WhatsApp template is now ${notice.event}.`);
          await templates?.refresh().catch(() => undefined);
        }
        return true;
      case 'account':
        host.tell('warn', `WhatsApp tells of this account: ${notice.field} ${notice.event}.`);
        return true;
      default:
        return notice satisfies never;
    }
  }

  /** Best effort: people see two blue ticks. */
  function showRead(address: string, id: string): void {
    lastOf.delete(address);
    lastOf.set(address, id);
    const [oldest] = lastOf.keys();
    if (lastOf.size > MOST_SHOWN && oldest !== undefined) lastOf.delete(oldest);
    graph.markRead(id, false).catch(() => undefined);
  }

  /** Whether all that a webhook tells is saved; people are kept apart, and each in order. */
  async function takeAll(payload: unknown): Promise<boolean> {
    const notices = readWebhook(payload, phoneNumberId);
    const addresses = [...new Set(notices.map(addressIn))];
    const saved = await Promise.all(
      addresses.map((address) =>
        savedOrTold(
          options.inOrder(address, async () => {
            for (const notice of notices) {
              if (addressIn(notice) === address && !(await take(notice))) return false;
            }
            return true;
          }),
          host,
          'A message could not be saved; WhatsApp brings it again.',
        ),
      ),
    );
    return saved.every((one) => one);
  }

  /** Tries until Meta answers for our number: a wrong token is told of at the start, not at the first reply. */
  async function setUp(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const { quality, limit } = await graph.phone();
        missing = undefined;
        host.tell('info', `whatsapp: at work; quality ${quality}, messaging limit ${limit}`);
        return await lookAtTemplate();
      } catch (error) {
        const { means } = readFailure(error);
        const sentence =
          means === 'locked'
            ? 'whatsapp: it does not know this WHATSAPP_ACCESS_TOKEN or WHATSAPP_PHONE_NUMBER_ID; copy them again from Meta’s app dashboard'
            : 'whatsapp: cannot be reached';
        if (sentence !== missing) host.tell('warn', sentence);
        missing = sentence;
        await sleep(START_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  async function lookAtTemplate(): Promise<void> {
    if (options.template === undefined) return;
    const states = (await templates?.refresh().catch(() => undefined)) ?? [];
    const languages = states.filter(({ language }) => usable(states, language) !== undefined);
    if (languages.length > 0) return;
    host.tell(
      'warn',
      'The template WHATSAPP_TEMPLATE is approved in no language with one variable {{1}}: people who wrote more than a day ago cannot be reached.',
    );
  }

  const channel: Channel = {
    name: 'whatsapp',
    limits: WHATSAPP_LIMITS,
    exact: false,
    send,
    showTyping(address) {
      const id = lastOf.get(address);
      if (id !== undefined) graph.markRead(id, true).catch(() => undefined);
    },
    fetchFile: (id, mostBytes) => graph.media(id, mostBytes),
  };

  return {
    channel,
    routes: new Map([
      [
        WEBHOOK_PATH,
        createWebhook({
          appSecret: options.appSecret,
          verifyToken: options.verifyToken,
          take: takeAll,
        }),
      ],
    ]),
    async start() {
      // What Meta has to be asked may take its time; the program does not wait for it.
      void setUp();
      await Promise.resolve();
    },
    notReady: () => missing,
    async close() {
      stopping.abort();
      await Promise.resolve();
    },
  };
}
