import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { WebSocket } from 'ws';
import type { Inbound, Receive } from '../../../src/channels/channel.js';
import type {
  Activity,
  ActivitySet,
  ConversationResponse,
} from '../../../src/channels/webchat/protocol.js';
import {
  createWebChat,
  type WebChat,
  type WebChatOptions,
} from '../../../src/channels/webchat/webchat.js';
import { createMemoryLog, type MemoryLog } from './memory-log.js';
import { freely } from '../freely.js';

/** A web chat on a port of its own, and what came in. */
export type RunningChat = {
  readonly chat: WebChat;
  readonly log: MemoryLog;
  readonly inbounds: readonly Inbound[];
  readonly reported: readonly unknown[];
  /** Where the routes begin. */
  readonly url: string;
  /** Moves the chat's clock. */
  pass(ms: number): void;
  /** Opens a conversation, as a client without a token does. */
  open(): Promise<ConversationResponse>;
  request(path: string, init?: Init): Promise<Response>;
  post(conversation: ConversationResponse, json: unknown): Promise<Response>;
  /** Says words of ours in a conversation. */
  say(conversation: string, id: string, text?: string): Promise<unknown>;
  close(): Promise<void>;
};

type Init = Omit<RequestInit, 'headers'> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  /** Posted as the body. */
  readonly json?: unknown;
};

/** Where the chat's clock begins, and what signs its tokens. */
export const NOON = Date.UTC(2030, 0, 1, 12);
export const SECRET = 'a secret of the tests';

/** Starts a web chat whose `receive` takes everything once, unless another is given. */
export async function startChat(
  options: Partial<WebChatOptions> & { readonly receive?: Receive } = {},
): Promise<RunningChat> {
  let clock = NOON;
  const inbounds: Inbound[] = [];
  const reported: unknown[] = [];
  const seen = new Set<string>();
  const log = createMemoryLog();
  const app = express();
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const root = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const url = `${root}/directline/v3/directline`;
  const { receive, ...others } = options;
  const uploads = new Map<string, Uint8Array>();
  const chat = createWebChat({
    receive: async (inbound) => {
      inbounds.push(inbound);
      if (receive !== undefined) return receive(inbound);
      const key = `${inbound.address} ${inbound.id}`;
      if (seen.has(key)) return 'repeated';
      seen.add(key);
      return 'taken';
    },
    log,
    secret: SECRET,
    publicUrl: root,
    limits: { on: true },
    uploads: {
      kindOf: (bytes) => (bytes[0] === 0x89 ? 'image/png' : undefined),
      put: async (id, _conversation, bytes) => void uploads.set(id, bytes),
      get: async (id) => uploads.get(id),
      drop: async (id) => void uploads.delete(id),
    },
    clientAddress: (request) => request.socket.remoteAddress ?? '',
    now: () => clock,
    bot: { id: 'portevoix', name: 'Campagne' },
    report: (error) => reported.push(error),
    ...others,
  });
  app.use('/directline/v3/directline', chat.router);
  server.on('upgrade', (request, socket, head) => {
    if (!chat.upgrade(request, socket, head)) socket.destroy();
  });

  const request: RunningChat['request'] = (path, { token, json, headers, ...init } = {}) =>
    fetch(url + path, {
      ...init,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { method: 'POST', body: JSON.stringify(json) }),
    });

  return {
    chat,
    log,
    inbounds,
    reported,
    url,
    request,
    pass: (ms) => void (clock += ms),
    async open() {
      const response = await request('/conversations', { method: 'POST' });
      const opened: ConversationResponse = JSON.parse(await response.text());
      return opened;
    },
    post: ({ conversationId, token }, json) =>
      request(`/conversations/${conversationId}/activities`, { token, json }),
    say: (conversation, id, text = id) =>
      chat.send(conversation, { id, at: clock, type: 'text', text, language: 'fr' }, freely),
    async close() {
      await chat.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The JSON of an answer, taken for what the test expects of it. */
export async function bodyOf<T>(response: Response): Promise<T> {
  const body: T = JSON.parse(await response.text());
  return body;
}

/** A client of a `streamUrl` that keeps what it was sent. */
export type StreamClient = {
  readonly socket: WebSocket;
  readonly activities: readonly Activity[];
  /** Every frame as it came, empty ones too. */
  readonly frames: readonly string[];
  /** The last watermark; `0` before the first. */
  readonly watermark: string;
  /** Resolves when this many activities came. */
  received(count: number): Promise<void>;
  /** Resolves with why and how the server closed. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
};

/** Opens a stream and waits until it is open. */
export async function openStream(streamUrl: string): Promise<StreamClient> {
  const socket = new WebSocket(streamUrl);
  const activities: Activity[] = [];
  const frames: string[] = [];
  let watermark = '0';
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  socket.on('message', (data: Buffer) => {
    const frame = data.toString();
    frames.push(frame);
    if (frame === '') return;
    const set: ActivitySet = JSON.parse(frame);
    activities.push(...set.activities);
    watermark = set.watermark ?? watermark;
  });
  await once(socket, 'open');
  return {
    socket,
    activities,
    frames,
    closed,
    get watermark() {
      return watermark;
    },
    async received(count) {
      while (activities.length < count) await once(socket, 'message');
    },
  };
}
