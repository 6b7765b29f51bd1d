import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { DOOR_PATH, openBotFramework } from '../../../src/channels/botframework/botframework.js';
import type { Reference } from '../../../src/channels/botframework/read-activity.js';
import type { Inbound, OpenedChannel, Receive } from '../../../src/channels/channel.js';
import { createKeyedQueue } from '../../../src/conversation/keyed-queue.js';
import { createThrottle } from '../../../src/outreach/throttle.js';
import { APP_ID, PASSWORD, startMicrosoft, TENANT, type Microsoft } from './microsoft.js';
import { redirect } from './redirect.cjs';

export const WORDS = {
  number: 'Répondez par un numéro.',
  numbers: 'Répondez par des numéros.',
  group: 'Écrivez-moi seul à seul.',
};

export type RunningBotFramework = {
  readonly opened: OpenedChannel;
  readonly microsoft: Microsoft;
  readonly inbounds: readonly Inbound[];
  readonly told: readonly string[];
  /** What else the channel told the program, in order. */
  readonly noted: readonly string[];
  readonly references: ReadonlyMap<string, Reference>;
  /** Where the Bot Service calls. */
  readonly door: string;
  close(): Promise<void>;
};

/** Starts the channel, with Microsoft on loopback in place of the real one. */
export async function startBotFramework(
  options: {
    readonly receive?: Receive;
    readonly appId?: string;
    readonly answerWithinMs?: number;
  } = {},
): Promise<RunningBotFramework> {
  const microsoft = await startMicrosoft();
  const endRedirect = redirect(() => microsoft.port);
  const inbounds: Inbound[] = [];
  const told: string[] = [];
  const noted: string[] = [];
  const references = new Map<string, Reference>();
  const app = express();
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const opened = openBotFramework({
    appId: options.appId ?? APP_ID,
    password: PASSWORD,
    tenantId: TENANT,
    ...(options.answerWithinMs === undefined ? {} : { answerWithinMs: options.answerWithinMs }),
    host: {
      async receive(inbound) {
        inbounds.push(inbound);
        return options.receive?.(inbound) ?? 'taken';
      },
      reachable: async (address, is) => void noted.push(`${address} reachable ${is}`),
      status: async () => undefined,
      moved: async () => undefined,
      optedOut: async () => undefined,
      now: () => Date.now(),
      tell: (level, sentence, error) =>
        told.push(`${level} ${sentence} ${error instanceof Error ? error.message : ''}`),
    },
    throttle: createThrottle(30),
    references: {
      get: async (address) => references.get(address),
      async put(address, reference) {
        references.set(address, reference);
        return true;
      },
    },
    inOrder: createKeyedQueue().run,
    words: () => WORDS,
  });
  for (const [path, router] of opened.routes ?? []) app.use(path, router);
  await opened.start?.();
  if (options.appId === undefined) await until(() => opened.notReady?.() === undefined);
  return {
    opened,
    microsoft,
    inbounds,
    told,
    noted,
    references,
    door: `http://127.0.0.1:${port}${DOOR_PATH}`,
    async close() {
      await opened.close();
      server.closeAllConnections();
      server.close();
      endRedirect();
      await microsoft.close();
    },
  };
}

/** Resolves once something is true; the test's own time limit ends it otherwise. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
