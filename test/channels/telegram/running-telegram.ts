import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Inbound, OpenedChannel, Receive } from '../../../src/channels/channel.js';
import type { Keyboard } from '../../../src/channels/telegram/buttons.js';
import { openTelegram, type TelegramOptions } from '../../../src/channels/telegram/telegram.js';
import { createKeyedQueue } from '../../../src/conversation/keyed-queue.js';
import { createThrottle } from '../../../src/outreach/throttle.js';
import { startBotApi, TOKEN, type BotApi, type Faults } from './bot-api.js';

/** What Telegram must send with each update. */
export const WEBHOOK_SECRET = 'the-secret-of-the-webhook';

export type RunningTelegram = {
  readonly opened: OpenedChannel;
  readonly api: BotApi;
  readonly inbounds: readonly Inbound[];
  readonly told: readonly string[];
  readonly reachable: readonly (readonly [string, boolean])[];
  readonly moved: readonly (readonly [string, number, number])[];
  /** Where the routes of the channel are. */
  readonly url: string;
  close(): Promise<void>;
};

/** Starts Telegram against a Bot API of the tests, unless one is given. */
export async function startTelegram(
  options: {
    readonly receive?: Receive;
    readonly mode?: 'polling' | 'webhook';
    readonly api?: BotApi;
    readonly faults?: Faults;
    readonly keyboards?: Map<string, Keyboard>;
  } = {},
): Promise<RunningTelegram> {
  const api = options.api ?? (await startBotApi(options.faults));
  const inbounds: Inbound[] = [];
  const told: string[] = [];
  const reachable: [string, boolean][] = [];
  const moved: [string, number, number][] = [];
  const keyboards = options.keyboards ?? new Map<string, Keyboard>();
  const app = express();
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const publicUrl = `http://127.0.0.1:${port}`;
  const mode: TelegramOptions['mode'] =
    options.mode === 'webhook'
      ? { type: 'webhook', secret: WEBHOOK_SECRET, publicUrl }
      : { type: 'polling', lease: { hold: async () => true, release: async () => undefined } };
  const opened = openTelegram({
    token: TOKEN,
    apiRoot: api.url,
    mode,
    host: {
      async receive(inbound) {
        inbounds.push(inbound);
        return options.receive?.(inbound) ?? 'taken';
      },
      reachable: async (address, is) => void reachable.push([address, is]),
      status: async () => undefined,
      moved: async (address, { lat, lon }) => void moved.push([address, lat, lon]),
      optedOut: async () => undefined,
      now: () => Date.now(),
      tell: (level, sentence, error) =>
        told.push(`${level} ${sentence} ${error instanceof Error ? error.message : ''}`),
    },
    throttle: createThrottle(30),
    keyboards: {
      get: async (chat, turn) => structuredClone(keyboards.get(`${chat} ${turn}`)),
      put: async (chat, turn, keyboard) => void keyboards.set(`${chat} ${turn}`, keyboard),
    },
    inOrder: createKeyedQueue().run,
    words: () => ({
      done: 'C’est bon',
      shareContact: 'Envoyer mon numéro',
      shareLocation: 'Envoyer ma position',
      group: 'Écrivez-moi en privé.',
    }),
    menus: () =>
      new Map([
        ['fr', [{ command: 'stop', description: 'Plus de messages' }]],
        ['en', [{ command: 'stop', description: 'No more messages' }]],
      ]),
  });
  for (const [path, router] of opened.routes ?? []) app.use(path, router);
  await opened.start?.();
  while (opened.notReady?.() !== undefined && api.calls('setMyCommands').length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return {
    opened,
    api,
    inbounds,
    told,
    reachable,
    moved,
    url: publicUrl,
    async close() {
      await opened.close();
      if (options.api === undefined) await api.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Resolves once something is true; the test's own time limit ends it otherwise. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
