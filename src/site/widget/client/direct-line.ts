import type {
  ActivitySet,
  ConversationResponse,
  OpeningRequest,
  PostedMessage,
  TokenResponse,
} from '../../../channels/webchat/protocol.js';
import { isRecord } from './saved-state.js';

/**
 * What became of a request. `refused`: the token or the conversation is no longer good;
 * `invalid`: this request will never be taken; `later`: try again, after `afterMs` if it says so.
 */
export type Reply<T> =
  | { readonly type: 'ok'; readonly value: T }
  | { readonly type: 'refused' }
  | { readonly type: 'invalid' }
  | { readonly type: 'later'; readonly afterMs?: number };

export type DirectLine = ReturnType<typeof createDirectLine>;

type Request = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token?: string;
  readonly body?: OpeningRequest | PostedMessage;
};

/** Speaks Direct Line 3.0 with the server at `origin`; a request is given up after `requestMs`. */
export function createDirectLine(origin: string, requestMs: number, fetcher: typeof fetch) {
  async function ask<T>(request: Request, read: (body: unknown) => T | undefined) {
    const { method, path, token, body } = request;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), requestMs);
    try {
      const response = await fetcher(`${origin}/directline/v3/directline/${path}`, {
        method,
        signal: abort.signal,
        // No cookies, ever: the token says who speaks.
        credentials: 'omit',
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return await readReply(response, read);
    } catch {
      return { type: 'later' } satisfies Reply<T>;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    generateToken: (locale: string) =>
      ask({ method: 'POST', path: 'tokens/generate', body: { locale } }, readToken),
    refreshToken: (token: string) =>
      ask({ method: 'POST', path: 'tokens/refresh', token }, readToken),
    resume: (resumeToken: string, watermark: string | undefined) =>
      ask(
        { method: 'POST', path: `tokens/resume${queryOf(watermark)}`, token: resumeToken },
        readToken,
      ),
    open: (token: string, locale: string, join?: string) => {
      const body: OpeningRequest = join === undefined ? { locale } : { locale, join };
      return ask({ method: 'POST', path: 'conversations', token, body }, readConversation);
    },
    reconnect: (id: string, token: string, watermark: string | undefined) =>
      ask(
        { method: 'GET', path: `conversations/${id}${queryOf(watermark)}`, token },
        readConversation,
      ),
    receive: (id: string, token: string, watermark: string | undefined) =>
      ask(
        { method: 'GET', path: `conversations/${id}/activities${queryOf(watermark)}`, token },
        readActivities,
      ),
    post: (id: string, token: string, body: PostedMessage) =>
      ask({ method: 'POST', path: `conversations/${id}/activities`, token, body }, () => true),
  };
}

async function readReply<T>(
  response: Response,
  read: (body: unknown) => T | undefined,
): Promise<Reply<T>> {
  if (response.ok) {
    const value = read(await response.json());
    return value === undefined ? { type: 'later' } : { type: 'ok', value };
  }
  const { status } = response;
  if (status === 401 || status === 403 || status === 404) return { type: 'refused' };
  if (status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('Retry-After') ?? '');
    return seconds > 0 ? { type: 'later', afterMs: seconds * 1000 } : { type: 'later' };
  }
  return { type: 'invalid' };
}

function queryOf(watermark: string | undefined): string {
  return watermark === undefined ? '' : `?watermark=${encodeURIComponent(watermark)}`;
}

function readToken(body: unknown): TokenResponse | undefined {
  return isToken(body) ? body : undefined;
}

function readConversation(body: unknown): ConversationResponse | undefined {
  return isToken(body) && 'streamUrl' in body && typeof body.streamUrl === 'string'
    ? { ...body, streamUrl: body.streamUrl }
    : undefined;
}

function isToken(body: unknown): body is TokenResponse {
  return (
    isRecord(body) &&
    typeof body['conversationId'] === 'string' &&
    typeof body['token'] === 'string' &&
    typeof body['expires_in'] === 'number' &&
    typeof body['userId'] === 'string' &&
    ['string', 'undefined'].includes(typeof body['resumeToken'])
  );
}

/** Reads a set of activities from an answer or a frame. */
export function readActivities(body: unknown): ActivitySet | undefined {
  return isActivities(body) ? body : undefined;
}

function isActivities(body: unknown): body is ActivitySet {
  return isRecord(body) && Array.isArray(body['activities']);
}
