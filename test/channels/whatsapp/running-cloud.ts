import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Inbound, OpenedChannel, Receive } from '../../../src/channels/channel.js';
import { openCloud, WEBHOOK_PATH } from '../../../src/channels/whatsapp/cloud.js';
import type { RenderWords } from '../../../src/channels/whatsapp/render-message.js';
import { createKeyedQueue } from '../../../src/conversation/keyed-queue.js';
import { createThrottle } from '../../../src/outreach/throttle.js';
import { ACCOUNT, APP_SECRET, PHONE, startGraphApi, TOKEN } from './graph-api.js';
import type { Faults, GraphApi } from './graph-api.js';

/** What Meta says when the address of the webhook is set. */
export const VERIFY_TOKEN = 'words-of-the-operator';
/** The template in which messages go out when the window is closed. */
export const TEMPLATE = 'campaign_news';
/** Words around choices. */
export const WORDS: RenderWords = {
  choose: 'Choisir',
  number: 'Répondez par un numéro.',
  numbers: 'Répondez par des numéros.',
};

export type RunningCloud = {
  readonly opened: OpenedChannel;
  readonly api: GraphApi;
  readonly inbounds: readonly Inbound[];
  readonly told: readonly string[];
  /** What else the channel told the program, in order. */
  readonly noted: readonly string[];
  /** The clock of the program, in epoch milliseconds, which tests may move on. */
  readonly clock: { skipMs: number };
  /** Where Meta calls. */
  readonly url: string;
  close(): Promise<void>;
};

/** Starts the channel against a Graph API of the tests. */
export async function startCloud(
  options: {
    readonly receive?: Receive;
    readonly faults?: Faults;
    readonly hasTemplate?: boolean;
  } = {},
): Promise<RunningCloud> {
  const api = await startGraphApi(options.faults);
  const inbounds: Inbound[] = [];
  const told: string[] = [];
  const noted: string[] = [];
  const clock = { skipMs: 0 };
  const heard = new Map<string, number>();
  const app = express();
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const opened = openCloud({
    apiRoot: api.url,
    phoneNumberId: PHONE,
    token: TOKEN,
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    ...(options.hasTemplate === true ? { template: { accountId: ACCOUNT, name: TEMPLATE } } : {}),
    host: {
      async receive(inbound) {
        inbounds.push(inbound);
        return options.receive?.(inbound) ?? 'taken';
      },
      reachable: async (address, is) => void noted.push(`${address} reachable ${is}`),
      status: async (address, _id, state, reason) =>
        void noted.push(`${address} ${state}${reason === undefined ? '' : ` ${reason}`}`),
      moved: async () => undefined,
      optedOut: async (address) => void noted.push(`${address} opted out`),
      now: () => Date.now() + clock.skipMs,
      tell: (level, sentence, error) =>
        told.push(`${level} ${sentence} ${error instanceof Error ? error.message : ''}`),
    },
    throttle: createThrottle(80),
    heard: {
      get: async (address) => heard.get(address),
      async put(address, at) {
        if (at - (heard.get(address) ?? -Infinity) <= 60_000) return false;
        heard.set(address, at);
        return true;
      },
      forget: async (address) => void heard.delete(address),
    },
    inOrder: createKeyedQueue().run,
    words: () => WORDS,
  });
  for (const [path, router] of opened.routes ?? []) app.use(path, router);
  const url = `http://127.0.0.1:${port}${WEBHOOK_PATH}`;
  api.connect(url);
  await opened.start?.();
  await until(() => opened.notReady?.() === undefined);
  return {
    opened,
    api,
    inbounds,
    told,
    noted,
    clock,
    url,
    async close() {
      await opened.close();
      await api.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Resolves once something is true; the test's own time limit ends it otherwise. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
