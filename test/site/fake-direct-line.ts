import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import express, { type Request, type Response as Answer } from 'express';
import { WebSocketServer, type WebSocket } from 'ws';
import type {
  Activity,
  MessageActivity,
  PostedMessage,
  TokenResponse,
} from '../../src/channels/webchat/protocol.js';

/** What the fake bot says: everything of a message that a test cares about. */
export type Spoken = Partial<Omit<MessageActivity, 'type' | 'id' | 'from'>>;

export type Script = {
  opening(locale: string): readonly Spoken[];
  reply(posted: PostedMessage): readonly Spoken[];
};

type Talk = {
  readonly id: string;
  readonly userId: string;
  readonly activities: MessageActivity[];
  readonly taken: Map<string, string>;
  readonly sockets: Set<WebSocket>;
};

const BASE = '/directline/v3/directline';

/** A small Direct Line server whose bot follows a script, with the faults a test asks for. */
export function createFakeDirectLine(script: Script) {
  const talks = new Map<string, Talk>();
  const tokens = new Map<string, Talk>();
  const resumeTokens = new Map<string, Talk>();
  const faults = {
    /** Answers given to the next posts instead of taking them. */
    posts: [] as { status: number; retryAfter?: number; taken?: boolean }[],
    /** Answers given to the next uploads instead of taking them. */
    uploads: [] as { status: number }[],
    /** Answers given to the next wishes to resume. */
    resumes: [] as { status: number; retryAfter?: number }[],
    /** Sockets are refused. */
    sockets: false,
    /** Echoes and replies are stored but not pushed. */
    deaf: false,
  };
  const seen = { posts: [] as PostedMessage[], renewals: 0, resumptions: 0, openings: 0, polls: 0 };
  let lifeSeconds = 1800;

  function grant(talk: Talk): TokenResponse {
    const token = randomUUID();
    tokens.set(token, talk);
    return { conversationId: talk.id, token, expires_in: lifeSeconds, userId: talk.userId };
  }

  function grantLasting(talk: Talk): TokenResponse {
    const resumeToken = randomUUID();
    resumeTokens.set(resumeToken, talk);
    return { ...grant(talk), resumeToken };
  }

  function push(talk: Talk, activities: readonly Activity[]): void {
    if (faults.deaf) return;
    const stored = activities.some(({ type }) => type === 'message');
    const set = stored ? { activities, watermark: `${talk.activities.length}` } : { activities };
    for (const socket of talk.sockets) socket.send(JSON.stringify(set));
  }

  function store(talk: Talk, by: 'bot' | 'user', spoken: Spoken): MessageActivity {
    const id = `${talk.id}|${String(talk.activities.length).padStart(7, '0')}`;
    const activity: MessageActivity = {
      timestamp: new Date().toISOString(),
      channelId: 'directline',
      conversation: { id: talk.id },
      ...spoken,
      type: 'message',
      id,
      from: by === 'user' ? { id: talk.userId, role: 'user' } : { id: 'bot', role: 'bot' },
    };
    talk.activities.push(activity);
    push(talk, [activity]);
    return activity;
  }

  function take(talk: Talk, posted: PostedMessage): string {
    const key = posted.channelData?.clientActivityID ?? randomUUID();
    const before = talk.taken.get(key);
    if (before !== undefined) return before;
    const { from: _from, ...spoken } = posted;
    const { id } = store(
      talk,
      'user',
      posted.attachments ? spoken : { ...spoken, text: posted.text ?? '' },
    );
    talk.taken.set(key, id);
    for (const answer of script.reply(posted)) store(talk, 'bot', answer);
    return id;
  }

  function talkOf(authorization: string | undefined): Talk | undefined {
    return tokens.get(bearerOf(authorization));
  }

  const app = express.Router();
  app.use(BASE, express.json());
  app.use(BASE, (request, response, next) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    if (request.method === 'OPTIONS') response.sendStatus(204);
    else next();
  });
  app.post(`${BASE}/tokens/generate`, (_request, response) => {
    const id = randomUUID();
    const talk = {
      id,
      userId: `dl_${randomUUID()}`,
      activities: [],
      taken: new Map<string, string>(),
      sockets: new Set<WebSocket>(),
    };
    response.json(grantLasting(talk));
  });
  app.post(`${BASE}/tokens/resume`, (request, response) => {
    seen.resumptions += 1;
    const talk = resumeTokens.get(bearerOf(request.headers.authorization));
    const fault = faults.resumes.shift();
    if (fault !== undefined) refuse(response, fault.status, fault.retryAfter);
    else if (talk === undefined) refuse(response, 401);
    else if (Number(watermarkOf(request)) > talk.activities.length) refuse(response, 404);
    else response.json(grantLasting(talk));
  });
  app.use(BASE, (request, response, next) => {
    if (talkOf(request.headers.authorization) === undefined) refuse(response, 401);
    else next();
  });
  const talkIn = ({ req }: Answer): Talk => {
    const talk = talkOf(req.headers.authorization);
    if (talk === undefined) throw new Error('The token was checked before.');
    return talk;
  };
  const join = (request: IncomingMessage, talk: Talk, watermark: string) => ({
    ...grant(talk),
    streamUrl: `ws://${request.headers.host}${BASE}/stream?c=${talk.id}&w=${watermark}`,
  });
  app.post(`${BASE}/tokens/refresh`, (_request, response) => {
    seen.renewals += 1;
    response.json(grant(talkIn(response)));
  });
  app.post(`${BASE}/conversations`, (request, response) => {
    seen.openings += 1;
    const talk = talkIn(response);
    talks.set(talk.id, talk);
    const body: unknown = request.body;
    const locale = typeof body === 'object' && body && 'locale' in body ? String(body.locale) : '';
    for (const spoken of script.opening(locale)) store(talk, 'bot', spoken);
    response.status(201).json(join(request, talk, '0'));
  });
  app.get(`${BASE}/conversations/:id`, (request, response) => {
    response.json(join(request, talkIn(response), watermarkOf(request)));
  });
  app.get(`${BASE}/conversations/:id/activities`, (request, response) => {
    seen.polls += 1;
    const { activities } = talkIn(response);
    const from = Number(watermarkOf(request));
    response.json({ activities: activities.slice(from), watermark: `${activities.length}` });
  });
  app.post(`${BASE}/conversations/:id/activities`, (request, response) => {
    const posted = readPosted(request.body);
    const fault = faults.posts.shift();
    seen.posts.push(posted);
    if (fault === undefined || fault.taken === true) take(talkIn(response), posted);
    if (fault === undefined) response.json({ id: randomUUID() });
    else refuse(response, fault.status, fault.retryAfter);
  });

  app.post(`${BASE}/conversations/:id/upload`, async (request, response) => {
    const fault = faults.uploads.shift();
    const { activity, names } = await readForm(request);
    if (fault !== undefined) return refuse(response, fault.status);
    const attachments = names.map((name) => ({ contentType: 'image/png', name }));
    take(talkIn(response), { ...activity, attachments });
    response.json({ id: randomUUID() });
  });

  const streams = new WebSocketServer({ noServer: true });
  return {
    app,
    faults,
    seen,
    /** Serves the sockets of `server`. */
    attach(server: Server): void {
      server.on('upgrade', (request, socket, head) => {
        const url = new URL(request.url ?? '', 'http://localhost');
        const talk = talks.get(url.searchParams.get('c') ?? '');
        if (faults.sockets || talk === undefined) {
          socket.destroy();
          return;
        }
        streams.handleUpgrade(request, socket, head, (opened) => {
          for (const other of talk.sockets) other.close(1000, 'collision');
          talk.sockets.add(opened);
          opened.on('close', () => talk.sockets.delete(opened));
          opened.send('');
          const missed = talk.activities.slice(Number(url.searchParams.get('w')));
          if (missed.length > 0) push(talk, missed);
        });
      });
    },
    /** Cuts every socket, as a network does. */
    cut(): void {
      for (const { sockets } of talks.values()) for (const socket of sockets) socket.terminate();
    },
    /** Shows that an answer is being prepared, in every conversation. */
    type(): void {
      for (const talk of talks.values()) {
        push(talk, [
          {
            type: 'typing',
            id: randomUUID(),
            timestamp: new Date().toISOString(),
            channelId: 'directline',
            conversation: { id: talk.id },
            from: { id: 'bot', role: 'bot' },
          },
        ]);
      }
    },
    /** Says something unasked in every conversation. */
    say(spoken: Spoken): void {
      for (const talk of talks.values()) store(talk, 'bot', spoken);
    },
    /** The tokens given so far are no longer good; those that resume are. */
    expire: () => tokens.clear(),
    /** No token given so far is good for anything. */
    end(): void {
      tokens.clear();
      resumeTokens.clear();
    },
    grantFor: (seconds: number) => (lifeSeconds = seconds),
    /** What the supporter said, as the server has it, over all conversations. */
    heard: () =>
      [...talks.values()].flatMap((talk) =>
        talk.activities.filter(({ from }) => from.role === 'user').map(({ text }) => text),
      ),
    close: () => streams.close(),
  };
}

function bearerOf(authorization = ''): string {
  return authorization.replace('Bearer ', '');
}

function refuse(response: Answer, status: number, retryAfter?: number): void {
  if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
  response.status(status).json({ error: { code: 'ServiceError', message: 'as the test asked' } });
}

function watermarkOf({ query }: Request): string {
  return typeof query['watermark'] === 'string' ? query['watermark'] : '0';
}

/** The message of an upload, and the names of its files. */
async function readForm(
  request: Request,
): Promise<{ activity: PostedMessage; names: readonly string[] }> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(Buffer.concat(parts)), { headers }).formData();
  const activity = form.get('activity');
  const text = activity instanceof Blob ? await activity.text() : (activity ?? '{}');
  const names = form.getAll('file').map((file) => (typeof file === 'string' ? file : file.name));
  return { activity: readPosted(JSON.parse(text)), names };
}

function readPosted(body: unknown): PostedMessage {
  if (!isPosted(body)) throw new Error('The widget posted something else than a message.');
  return body;
}

function isPosted(body: unknown): body is PostedMessage {
  return typeof body === 'object' && body !== null && 'type' in body && body.type === 'message';
}
