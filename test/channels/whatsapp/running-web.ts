import type { Inbound, OpenedChannel, Receive } from '../../../src/channels/channel.js';
import { openWeb, type WebOptions } from '../../../src/channels/whatsapp/web.js';
import type { WebClient, WebEvents } from '../../../src/channels/whatsapp/web-client.js';
import { createKeyedQueue } from '../../../src/conversation/keyed-queue.js';
import { createThrottle } from '../../../src/outreach/throttle.js';
import { WORDS } from './running-cloud.js';

/** Phones of people, and the browsers that were opened on the campaign's number. */
export type PretendedWeb = {
  /** Every browser that was opened, with what it told of and whether it was closed. */
  readonly browsers: { readonly events: WebEvents; isClosed: boolean }[];
  /** What phones show of ours, by chat. */
  shown(chat: string): readonly string[];
  /** Somebody writes; answers the id. Unread until it is seen. */
  say(chat: string, text: string): string;
  isSeen(id: string): boolean;
  /** What the next sends come to instead. */
  readonly next: (Error | 'nobody')[];
  /** What opening the browser comes to instead. */
  readonly nextOpen: Error[];
};

/** Pretends WhatsApp Web as `WebClient` has it; a browser is logged in at once unless told otherwise. */
export function pretendWeb(isLoggedIn = true): PretendedWeb & {
  createClient: WebOptions['createClient'];
} {
  const browsers: PretendedWeb['browsers'] = [];
  const phones = new Map<string, string[]>();
  const unread: { id: string; chat: string; payload: unknown }[] = [];
  const seen = new Set<string>();
  const next: PretendedWeb['next'] = [];
  const nextOpen: Error[] = [];
  let ids = 0;

  async function createClient(events: WebEvents): Promise<WebClient> {
    const browser = { events, isClosed: false };
    browsers.push(browser);
    return {
      async open() {
        const wrong = nextOpen.shift();
        if (wrong !== undefined) throw wrong;
        if (isLoggedIn) events.ready();
        else events.qr('2@code');
      },
      async send(chat, text) {
        const wrong = next.shift();
        if (wrong instanceof Error) throw wrong;
        if (wrong === 'nobody') return undefined;
        phones.set(chat, [...(phones.get(chat) ?? []), text]);
        return `out${(ids += 1)}`;
      },
      async markSeen(chat) {
        for (const one of unread) if (one.chat === chat) seen.add(one.id);
      },
      showTyping: async () => undefined,
      unseen: async () => unread.filter(({ id }) => !seen.has(id)).map(({ payload }) => payload),
      fetchFile: async () => undefined,
      async close() {
        browser.isClosed = true;
      },
    };
  }

  return {
    createClient,
    browsers,
    next,
    nextOpen,
    shown: (chat) => phones.get(chat) ?? [],
    isSeen: (id) => seen.has(id),
    say(chat, text) {
      const id = `false_${chat}_${(ids += 1)}`;
      const timestamp = 1_893_499_200;
      const payload = { id: { _serialized: id }, from: chat, timestamp, type: 'chat', body: text };
      unread.push({ id, chat, payload });
      const last = browsers.at(-1);
      if (last?.isClosed === false) last.events.message(payload);
      return id;
    },
  };
}

export type RunningWeb = {
  readonly opened: OpenedChannel;
  readonly web: PretendedWeb;
  readonly inbounds: readonly Inbound[];
  readonly told: readonly string[];
  readonly noted: readonly string[];
  /** The code that is shown now. */
  code(): string | undefined;
};

/** Starts the channel on pretended browsers. */
export async function startWeb(
  options: {
    readonly receive?: Receive;
    readonly web?: ReturnType<typeof pretendWeb>;
    readonly hold?: () => Promise<boolean>;
    readonly createClient?: WebOptions['createClient'];
  } = {},
): Promise<RunningWeb> {
  const web = options.web ?? pretendWeb();
  const inbounds: Inbound[] = [];
  const told: string[] = [];
  const noted: string[] = [];
  let code: string | undefined;
  const opened = openWeb({
    host: {
      async receive(inbound) {
        inbounds.push(inbound);
        return options.receive?.(inbound) ?? 'taken';
      },
      reachable: async (address, is) => void noted.push(`${address} reachable ${is}`),
      status: async (address, id, state) => void noted.push(`${address} ${id} ${state}`),
      moved: async () => undefined,
      optedOut: async (address) => void noted.push(`${address} opted out`),
      now: () => Date.now(),
      tell: (level, sentence, error) =>
        told.push(`${level} ${sentence} ${error instanceof Error ? error.message : ''}`),
    },
    lease: { hold: options.hold ?? (async () => true), release: async () => undefined },
    leaseEveryMs: 20,
    firstPauseMs: 10,
    createClient: options.createClient ?? web.createClient,
    showCode: (shown) => void (code = shown),
    throttle: createThrottle(1),
    inOrder: createKeyedQueue().run,
    words: () => WORDS,
  });
  await opened.start?.();
  return { opened, web, inbounds, told, noted, code: () => code };
}
