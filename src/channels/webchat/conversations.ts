import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Receipt, Receive } from '../channel.js';
import type { ActivityLog } from './activity-log.js';
import { primaryLanguage } from './locale.js';
import { readOpening } from './posted.js';
import type {
  ActivitySet,
  ConversationResponse,
  PostedResponse,
  TokenResponse,
} from './protocol.js';
import { createRate } from './rate.js';
import { fileIdOf, readActivity } from './read-activity.js';
import type { Upload } from './read-upload.js';
import { Refusal } from './refusal.js';
import { TOKEN_LIFE, type Holder, type Tokens } from './token.js';

/** Activities in one answer of `GET activities`. */
const PAGE = 200;
const BUSY_RETRY_MS = 2000;

export type ConversationOptions = {
  readonly receive: Receive;
  readonly log: Pick<ActivityLog, 'after'>;
  readonly tokens: Tokens;
  /** How the world reaches the program, without a slash at the end. */
  readonly publicUrl: string;
  readonly limits: { readonly on: boolean };
  readonly uploads: Uploads;
  /** Address the client connects from, as the operator's proxies tell it. */
  readonly clientAddress: (request: IncomingMessage) => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** Where files are until they are kept for good. */
export type Uploads = {
  /** What a file is by its bytes, as a content type; undefined for what is not taken. */
  kindOf(bytes: Uint8Array): string | undefined;
  /** Keeps it for a day under an id; one that is there already stays. */
  put(id: string, conversation: string, bytes: Uint8Array): Promise<void>;
  get(id: string): Promise<Uint8Array | undefined>;
  drop(id: string): Promise<void>;
};

/** What Direct Line's requests do; each throws a `Refusal` when it is not to be. */
export type Conversations = {
  /** A token for a new conversation, of a supporter nobody knows yet. */
  generate(request: IncomingMessage): TokenResponse;
  /** The conversation of the `Authorization` header's token, which must be `id` when given. */
  holder(request: IncomingMessage, id?: string): Holder;
  refresh(holder: Holder): TokenResponse;
  /** A token for the conversation of a resume token, if it is still known up to the watermark. */
  resume(request: IncomingMessage, watermark: number): Promise<TokenResponse>;
  /** Opens the holder's conversation, or a new one. */
  open(
    request: IncomingMessage,
    body: unknown,
    query: string | undefined,
  ): Promise<{ readonly status: 200 | 201; readonly body: ConversationResponse }>;
  reconnect(holder: Holder, watermark: number): ConversationResponse;
  post(holder: Holder, payload: unknown): Promise<PostedResponse>;
  /** Refuses an upload before it is read, when there were too many. */
  allowUpload(request: IncomingMessage): void;
  /** Takes files in, and with them what was written about them. */
  upload(holder: Holder, upload: Upload): Promise<PostedResponse>;
  page(holder: Holder, watermark: number): Promise<ActivitySet>;
};

/** Creates what stands behind the routes. */
export function createConversations(options: ConversationOptions): Conversations {
  const { receive, log, tokens, limits, now } = options;
  const newConversations = createRate(300, 60_000);
  const messages = createRate(10, 5000);
  const uploading = createRate(30, 600_000);

  function allowClient(request: IncomingMessage): void {
    if (!limits.on) return;
    const waitMs = newConversations(options.clientAddress(request), now());
    allow(waitMs, 'Too many new conversations from this address.');
  }

  function found(request: IncomingMessage): Holder {
    allowClient(request);
    return { conversation: unguessable(), user: `dl_${unguessable()}` };
  }

  function respond(holder: Holder): TokenResponse {
    return {
      conversationId: holder.conversation,
      token: tokens.issue('chat', holder),
      expires_in: TOKEN_LIFE.chat,
      userId: holder.user,
    };
  }

  function respondLasting(holder: Holder): TokenResponse {
    return { ...respond(holder), resumeToken: tokens.issue('resume', holder) };
  }

  function reconnect(holder: Holder, watermark: number): ConversationResponse {
    const socketUrl = options.publicUrl.replace(/^http/, 'ws');
    const query = new URLSearchParams({
      watermark: String(watermark),
      t: tokens.issue('stream', holder),
    });
    const path = `/directline/v3/directline/conversations/${holder.conversation}/stream`;
    return { ...respond(holder), streamUrl: `${socketUrl}${path}?${query.toString()}` };
  }

  return {
    generate: (request) => respondLasting(found(request)),
    holder(request, id) {
      const holder = tokens.read('chat', bearer(request));
      if (id !== undefined && id !== holder.conversation) {
        throw new Refusal('Forbidden', 'The token is for another conversation.');
      }
      return holder;
    },
    refresh: respond,
    async resume(request, watermark) {
      allowClient(request);
      const holder = tokens.read('resume', bearer(request));
      // Numbers would begin again below the client's watermark, and it would never hear of them.
      const [last] = await log.after(holder.conversation, Math.max(0, watermark - 1), 1);
      if (last === undefined) throw new Refusal('NotFound', 'The conversation is not known here.');
      return respondLasting(holder);
    },
    async open(request, body, query) {
      const { locales, join } = readOpening(body);
      const locale = primaryLanguage(...locales, query, request.headers['accept-language']);
      const token = bearer(request);
      // Microsoft's client without a token sends this word.
      const none = token === undefined || token === 'undefined';
      const holder = none ? found(request) : tokens.read('chat', token);
      const receipt = await receive({
        channel: 'web',
        address: holder.conversation,
        id: join === undefined ? 'opened' : `linked-${join}`,
        at: now(),
        ...(locale !== undefined && { locale }),
        input: join === undefined ? { type: 'opened' } : { type: 'linked', payload: join },
      });
      refuseBusy(receipt);
      return { status: receipt === 'taken' ? 201 : 200, body: reconnect(holder, 0) };
    },
    reconnect,
    async post({ conversation, user }, payload) {
      const spare = randomUUID();
      const inbound = readActivity(payload, conversation, user, now(), spare);
      if (inbound === undefined) return { id: `${conversation}|e-${spare}` };
      if (limits.on) {
        allow(messages(conversation, now()), 'Too many messages at once; please wait a moment.');
      }
      refuseBusy(await receive(inbound));
      return { id: `${conversation}|${inbound.id}` };
    },
    allowUpload(request) {
      if (!limits.on) return;
      allow(
        uploading(options.clientAddress(request), now()),
        'Too many files; please wait a while.',
      );
    },
    async upload({ conversation, user }, { payload, files }) {
      const known = files.map(({ name, bytes }) => {
        const contentType = options.uploads.kindOf(bytes);
        if (contentType === undefined) throw new Refusal('NotSupported', UNKNOWN_KIND);
        return { contentType, ...(name === undefined ? {} : { name }) };
      });
      const posted = { type: 'message', ...payload, attachments: known };
      const inbound = readActivity(posted, conversation, user, now(), randomUUID(), known);
      if (inbound === undefined) throw new Refusal('BadArgument', 'An upload is a message.');
      // The bytes first: a saved turn asks for them at once.
      for (const [index, { bytes }] of files.entries()) {
        await options.uploads.put(fileIdOf(conversation, inbound.id, index), conversation, bytes);
      }
      refuseBusy(await receive(inbound));
      return { id: `${conversation}|${inbound.id}` };
    },
    async page({ conversation }, watermark) {
      const rows = await log.after(conversation, watermark, PAGE);
      return {
        activities: rows.map((row) => row.activity),
        watermark: String(rows.at(-1)?.seq ?? watermark),
      };
    },
  };
}

const UNKNOWN_KIND =
  'Pictures, sound, film and PDF can be sent here; please send one of those, or write instead.';

function allow(waitMs: number, otherwise: string): void {
  if (waitMs > 0) throw new Refusal('TooManyRequests', otherwise, waitMs);
}

function unguessable(): string {
  return randomBytes(18).toString('base64url');
}

/** Reads a watermark from a query; absent or empty stands for the beginning. */
export function readWatermark(value: unknown): number {
  if (value === undefined || value === '') return 0;
  if (typeof value === 'string' && /^\d{1,15}$/.test(value)) return Number(value);
  throw new Refusal('BadArgument', 'The watermark is not one that this server gave.');
}

function refuseBusy(receipt: Receipt): void {
  if (receipt === 'busy') {
    throw new Refusal(
      'TooManyRequests',
      'Answers to earlier messages are still on their way; please wait a moment.',
      BUSY_RETRY_MS,
    );
  }
}

function bearer(request: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1];
}
