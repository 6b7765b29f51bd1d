import { createSign, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const APP_ID = '2f0c7f4e-5a41-4c1d-9a53-0d2b6f3f1a77';
export const PASSWORD = 'a~client.secret-that-nobody-may-see';
export const TENANT = '9b7a6c1e-1111-4222-8333-abcdefabcdef';
/** Where the connectors of two networks listen. */
export const TEAMS = 'https://smba.trafficmanager.net/fr/';
export const DIRECT_LINE = 'https://directline.botframework.com/';

/** How the connector answers what is sent next. */
export type Fault =
  | { readonly status: number; readonly code?: string; readonly retryAfter?: string }
  /** It takes the message, and the connection is cut without an answer, or the answer never comes. */
  | 'cut'
  | 'slow';

type Json = { readonly [key: string]: unknown };
export type Shown = {
  readonly text: string;
  readonly type: string;
  readonly choices: readonly string[];
  readonly activity: Json;
};

/** Claims of a token, and how it is signed, where they differ from what they should be. */
export type Forgery = {
  readonly issuer?: string;
  readonly audience?: string;
  readonly serviceUrl?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
  readonly signed?: 'by another key' | 'not at all';
  readonly claims?: Json;
};

/** What of Microsoft concerns a bot: the sign-in, the Bot Service with its keys, and the connectors. */
export type Microsoft = {
  readonly port: number;
  readonly faults: Fault[];
  /** False: neither keys nor tokens can be had. */
  up: boolean;
  /** Activities whose typing was shown, by conversation. */
  readonly typing: string[];
  /** Hosts that were shown our token, with the path. */
  readonly shownToken: string[];
  /** Files by path. */
  readonly files: Map<string, string>;
  /** What people see in a conversation, oldest first. */
  shown(conversation: string): readonly Shown[];
  /** A token of the Bot Service for the bot, or a forged one. */
  token(serviceUrl: string, forgery?: Forgery): string;
  /** Brings an activity to the bot; answers the status. */
  bring(door: string, activity: Json, forgery?: Forgery): Promise<number>;
  onShown(listener: (conversation: string, shown: Shown) => void): void;
  close(): Promise<void>;
};

// The SDK remembers keys for a day and tokens for an hour, in all of a process.
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const kid = randomUUID();
/** Tokens that were given to the app. */
const given = new Set<string>();

/** Starts it on a port of its own. */
export async function startMicrosoft(): Promise<Microsoft> {
  const faults: Fault[] = [];
  const typing: string[] = [];
  const shownToken: string[] = [];
  const files = new Map<string, string>();
  const shown = new Map<string, Shown[]>();
  const listeners: ((conversation: string, one: Shown) => void)[] = [];

  const microsoft: Microsoft = {
    get port() {
      return (server.address() as AddressInfo).port;
    },
    faults,
    up: true,
    typing,
    shownToken,
    files,
    shown: (conversation) => shown.get(conversation) ?? [],
    token(serviceUrl, forgery = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const payload = {
        iss: forgery.issuer ?? 'https://api.botframework.com',
        aud: forgery.audience ?? APP_ID,
        serviceurl: forgery.serviceUrl ?? serviceUrl,
        nbf: now - 4_000,
        exp: now + (forgery.expiresIn ?? 3_600),
        ...forgery.claims,
      };
      if (forgery.signed === 'not at all')
        return `${encode({ alg: 'none', kid })}.${encode(payload)}.`;
      const key = forgery.signed === 'by another key' ? other.privateKey : privateKey;
      return sign({ alg: 'RS256', typ: 'JWT', kid }, payload, key);
    },
    async bring(door, activity, forgery) {
      const response = await fetch(door, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${this.token(String(activity['serviceUrl']), forgery)}`,
        },
        body: JSON.stringify(activity),
      });
      await response.text();
      return response.status;
    },
    onShown: (listener) => void listeners.push(listener),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  const server = createServer((request, response) => {
    void answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const host = String(request.headers['x-forwarded-host'] ?? request.headers.host);
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const body = await readBody(request);
    if (!microsoft.up) return void request.socket.destroy();
    if (host === 'login.microsoftonline.com') return signIn(path, body, response);
    if (host === 'login.botframework.com') return keys(path, response);
    const isOurs = given.has(String(request.headers.authorization).replace('Bearer ', ''));
    if (isOurs) shownToken.push(`${host}${path}`);
    const file = files.get(`https://${host}${path}`);
    if (file !== undefined) {
      return void response.writeHead(200, { 'content-type': 'image/png' }).end(file);
    }
    if (host !== 'smba.trafficmanager.net' && host !== 'directline.botframework.com') {
      return json(response, 404, {});
    }
    if (!isOurs) return json(response, 401, { message: 'Authorization has been denied.' });
    return connect(path, body, request, response);
  }

  /** Microsoft's sign-in, for the app with its password. */
  function signIn(path: string, body: string, response: ServerResponse): void {
    const [, tenant = ''] = path.split('/');
    const root = `https://login.microsoftonline.com/${tenant}`;
    if (path.endsWith('/openid-configuration')) {
      return json(response, 200, {
        issuer: `${root}/v2.0`,
        authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
        token_endpoint: `${root}/oauth2/v2.0/token`,
        jwks_uri: `${root}/discovery/v2.0/keys`,
      });
    }
    // One key for all, so that only what a token says tells who may use it.
    if (path.endsWith('/keys')) return keys(path, response);
    const form = new URLSearchParams(body);
    const isApp =
      form.get('client_id') === APP_ID &&
      form.get('client_secret') === PASSWORD &&
      form.get('scope')?.includes('https://api.botframework.com/.default') === true;
    if (!isApp || tenant !== TENANT) {
      return json(response, 401, {
        error: 'invalid_client',
        error_description: 'AADSTS7000215: Invalid client secret provided.',
        error_codes: [7_000_215],
        correlation_id: randomUUID(),
      });
    }
    const access_token = `token-${randomUUID()}`;
    given.add(access_token);
    return json(response, 200, { token_type: 'Bearer', expires_in: 3_600, access_token });
  }

  /** The keys that the Bot Service signs with. */
  function keys(path: string, response: ServerResponse): void {
    if (path.endsWith('/openidconfiguration')) {
      return json(response, 200, {
        issuer: 'https://api.botframework.com',
        jwks_uri: 'https://login.botframework.com/v1/.well-known/keys',
      });
    }
    const { n, e, kty } = publicKey.export({ format: 'jwk' });
    const endorsements = ['msteams', 'directline', 'facebook', 'sms'];
    return json(response, 200, { keys: [{ kty, n, e, kid, use: 'sig', endorsements }] });
  }

  /** A connector: takes what the bot says in a conversation. */
  function connect(
    path: string,
    body: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    const [, name] = /^(?:\/fr)?\/v3\/conversations\/([^/]+)\/activities$/.exec(path) ?? [];
    if (request.method !== 'POST' || name === undefined) return json(response, 404, {});
    const conversation = decodeURIComponent(name);
    const activity = asJson(body);
    if (activity['type'] === 'typing') {
      typing.push(conversation);
      return json(response, 200, { id: randomUUID() });
    }
    const fault = faults.shift();
    if (typeof fault === 'object') {
      const after = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      response.writeHead(fault.status, { 'content-type': 'application/json', ...after });
      const error = { code: fault.code ?? 'ServiceError', message: 'It names Léa, and says no.' };
      return void response.end(JSON.stringify({ error }));
    }
    const one = { ...shownOf(activity), activity };
    shown.set(conversation, [...(shown.get(conversation) ?? []), one]);
    if (fault === 'cut') request.socket.destroy();
    else if (fault !== 'slow') json(response, 200, { id: `1:${randomUUID()}` });
    for (const listener of listeners) listener(conversation, one);
  }

  return microsoft;
}

function shownOf(activity: Json): Omit<Shown, 'activity'> {
  const suggested = asArray(asRecord(activity['suggestedActions'])['actions']);
  const cards = asArray(activity['attachments']).flatMap((one) =>
    asArray(asRecord(asRecord(one)['content'])['buttons']),
  );
  const choices = [...suggested, ...cards].map((action) => String(asRecord(action)['title']));
  const text = String(activity['text']);
  // Without buttons, choices stand in the text.
  const numbered = [...text.matchAll(/^(?:\d+\.|-) (.+)$/gm)].map(([, label = '']) => label);
  return {
    text,
    type: String(activity['type']),
    choices: choices.length > 0 ? choices : numbered,
  };
}

function sign(header: Json, payload: Json, key: KeyObject): string {
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function json(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function asJson(text: string): Json {
  return asRecord(JSON.parse(text));
}

function asRecord(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
