import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Router } from 'express';
import { WEB_LIMITS, type Channel, type Receive } from '../channel.js';
import type { ActivityLog } from './activity-log.js';
import { createAppendQueue } from './append-queue.js';
import { createConversations, type Uploads } from './conversations.js';
import { createPump } from './pump.js';
import { createRoutes } from './routes.js';
import { createSockets } from './sockets.js';
import { createTokens } from './token.js';
import { createUpgrade, type Upgrade } from './upgrade.js';
import { writeActivity, writeEcho, writeTyping } from './write-activity.js';

export type WebChatOptions = {
  readonly receive: Receive;
  readonly log: ActivityLog;
  /** Signs the tokens of conversations; a change ends all of them. */
  readonly secret: string;
  /** How the world reaches the program; `streamUrl` begins with it. */
  readonly publicUrl: string;
  readonly limits: { readonly on: boolean };
  readonly uploads: Uploads;
  /** Address the client connects from, as the operator's proxies tell it. */
  readonly clientAddress: (request: IncomingMessage) => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly bot: { readonly id: string; readonly name: string };
  /** Told of what went wrong on our side; it holds no words of a supporter. */
  readonly report: (error: unknown) => void;
  /** Whether other processes append to the log too: sockets then learn of it within a second. */
  readonly watchOthers?: boolean;
  /** Between two signs of life on a WebSocket; 25 s by default. */
  readonly keepAliveMs?: number;
};

export type WebChat = Channel & {
  /** To be mounted at `/directline/v3/directline`, before anything that reads bodies. */
  readonly router: Router;
  /** For the HTTP server's `upgrade` event. */
  readonly upgrade: Upgrade;
  /** Sends the open socket of a conversation, if any, what the log has for it. */
  pushNew(conversation: string): void;
  openSockets(): number;
  /** Stores what is being sent and closes the sockets, whose clients then come back. */
  close(): Promise<void>;
};

/** Creates the web chat: a server of Direct Line 3.0 for the widget and for Microsoft's clients. */
export function createWebChat(options: WebChatOptions): WebChat {
  const { log, limits, now, bot, report, clientAddress } = options;
  const publicUrl = options.publicUrl.replace(/\/+$/, '');
  const tokens = createTokens(options.secret, now);
  const sockets = createSockets({
    log,
    report,
    keepAliveMs: options.keepAliveMs ?? 25_000,
    opened: () => pump?.wake(),
  });
  const pump = options.watchOthers === true ? createPump({ log, sockets, report, now }) : undefined;
  const queue = createAppendQueue(log, (conversation) => sockets.pushNew(conversation));
  const conversations = createConversations({
    receive: options.receive,
    log,
    tokens,
    publicUrl,
    limits,
    uploads: options.uploads,
    clientAddress,
    now,
  });
  let stopping = false;

  return {
    name: 'web',
    exact: true,
    limits: WEB_LIMITS,
    async send(conversation, message, mayLeave) {
      const activity =
        message.type === 'echo'
          ? writeEcho(message.echo, conversation)
          : writeActivity(message, { conversation, bot });
      if (activity === undefined) return { type: 'failed', reason: 'rejected' };
      const permit = mayLeave();
      if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
      try {
        await queue.append(conversation, activity);
        return { type: 'sent' };
      } catch (error) {
        report(error);
        return { type: 'failed', reason: 'in_doubt' };
      }
    },
    showTyping(conversation) {
      const typing = writeTyping(`t-${randomUUID()}`, now(), { conversation, bot });
      sockets.whisper(conversation, { activities: [typing] });
    },
    async fetchFile(id, mostBytes) {
      const bytes = await options.uploads.get(id);
      if (bytes === undefined) return undefined;
      if (bytes.length > mostBytes) return 'too_large';
      return { bytes, contentType: options.uploads.kindOf(bytes) ?? 'application/octet-stream' };
    },
    dropFile: (id) => options.uploads.drop(id),
    linkTo: async (payload) => `${publicUrl}/?join=${payload}`,
    router: createRoutes(conversations, report),
    upgrade: createUpgrade({ tokens, sockets, limits, clientAddress, stopping: () => stopping }),
    pushNew: (conversation) => sockets.pushNew(conversation),
    openSockets: () => sockets.count(),
    async close() {
      stopping = true;
      pump?.stop();
      await queue.drain();
      await sockets.close();
    },
  };
}
