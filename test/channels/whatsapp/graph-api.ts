import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { GRAPH_VERSION } from '../../../src/channels/whatsapp/graph.js';

export const PHONE = '106540352242922';
export const ACCOUNT = '102290129340398';
export const TOKEN = 'EAAG-a-token-that-nobody-may-see';
export const APP_SECRET = '0123456789abcdef0123456789abcdef';

/** How the server misbehaves; `random` gives numbers from 0 to 1, so that a seed repeats a run. */
export type Faults = {
  /** Messages to all people in any second; more is answered 130429. */
  inAll?: number;
  /** A burst to one person, and after it one message in so many milliseconds; more is answered 131056. */
  pair?: { readonly burst: number; readonly everyMs: number };
  random?: () => number;
  /** Chances that a message is answered 130429 or 502 without being accepted. */
  throttled?: number;
  badGateway?: number;
  /** Chance that it is accepted and the connection then cut without an answer. */
  cut?: number;
  /** Chance that a webhook is brought twice. */
  twice?: number;
  /** What the next messages are answered instead: a status with a code, or a broken connection. */
  next?: ({ status: number; code?: number } | 'cut' | 'refuse')[];
};

/** One message of ours, as the phone shows it. */
export type Shown = {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
  readonly choices: readonly { readonly id: string; readonly label: string }[];
};

type Json = { readonly [key: string]: unknown };
export type Template = { name: string; language: string; status: string; body: string };

/** A server that speaks the Graph API on loopback, its limits included, and the phones behind it. */
export type GraphApi = {
  readonly url: string;
  readonly faults: Faults;
  readonly templates: Template[];
  /** Where webhooks go from now on. */
  connect(webhook: string): void;
  /** What somebody's phone shows of ours, in order. `who` is a number without +, or a user id. */
  shown(who: string): readonly Shown[];
  /** Bodies of all calls that sent or read something. */
  readonly calls: readonly Json[];
  /** Somebody writes; answers the id of the message. */
  say(who: string, text: string): string;
  /** Somebody taps the choice with this label under the last message that has it. */
  tap(who: string, label: string): string;
  /** Any other message of somebody. */
  push(who: string, message: Json): string;
  /** A webhook of another kind: what `value` holds beside the metadata. */
  tell(value: Json, field?: string): void;
  /** Webhooks that were not taken yet. */
  pending(): number;
  /** Ids of messages that were shown as read. */
  readonly read: readonly string[];
  /** How many messages to somebody were accepted, and the answer cut off. */
  cuts(who: string): number;
  onShown(listener: (who: string, shown: Shown) => void): void;
  close(): Promise<void>;
};

/** Starts it on a port of its own. */
export async function startGraphApi(faults: Faults = {}): Promise<GraphApi> {
  const random = (): number => (faults.random ?? Math.random)();
  const phones = new Map<string, Shown[]>();
  const spoke = new Set<string>();
  const calls: Json[] = [];
  const read: string[] = [];
  const cuts = new Map<string, number>();
  const pairs = new Map<string, { tokens: number; at: number }>();
  const templates: Template[] = [];
  const listeners: ((who: string, shown: Shown) => void)[] = [];
  let sentAt: number[] = [];
  let webhook: string | undefined;
  let ids = 0;
  let waiting = 0;
  let closed = false;

  /** Brought until it is taken, as Meta does; other webhooks overtake it meanwhile. */
  async function deliver(body: string): Promise<void> {
    waiting += 1;
    const signature = createHmac('sha256', APP_SECRET).update(body).digest('hex');
    let left = random() < (faults.twice ?? 0) ? 2 : 1;
    while (left > 0 && !closed) {
      const status = await post(webhook, body, signature);
      if (status === 200) left -= 1;
      else await sleep(30);
    }
    waiting -= 1;
  }

  function tell(value: Json, field = 'messages'): void {
    const metadata = { display_phone_number: '33100000000', phone_number_id: PHONE };
    void deliver(
      JSON.stringify({
        object: 'whatsapp_business_account',
        entry: [
          {
            id: ACCOUNT,
            changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }],
          },
        ],
      }),
    );
  }

  function push(who: string, message: Json): string {
    const id = `wamid.in${(ids += 1)}`;
    spoke.add(who);
    const from = /^\d+$/.test(who) ? { from: who } : { from_user_id: who };
    const timestamp = String(Math.floor(Date.now() / 1_000));
    tell({ messages: [{ ...from, id, timestamp, ...message }] });
    return id;
  }

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return refuse(response, 401, 190);
    if (pathname === '/files/1') {
      return void response.setHeader('content-type', 'image/jpeg').end(Buffer.from([1, 2, 3]));
    }
    const [, version, node, edge] = pathname.split('/');
    if (version !== GRAPH_VERSION) return refuse(response, 400, 2635);
    if (node === PHONE && edge === 'messages') {
      const body = asJson(JSON.parse((await readBody(request)) || '{}'));
      calls.push(body);
      return takeMessage(response, body);
    }
    if (node === PHONE && edge === undefined) {
      return reply(response, {
        id: PHONE,
        quality_rating: 'GREEN',
        whatsapp_business_manager_messaging_limit: 'TIER_2K',
      });
    }
    if (node === ACCOUNT && edge === 'message_templates') {
      const wanted = searchParams.get('name') ?? '';
      return reply(response, {
        data: templates
          .filter(({ name }) => name.startsWith(wanted))
          .map(({ body, ...rest }) => ({ ...rest, components: [{ type: 'BODY', text: body }] })),
      });
    }
    if (node === 'photo') {
      return reply(response, { url: `${url}/files/1`, mime_type: 'image/jpeg', id: 'photo' });
    }
    if (node === 'strange') return reply(response, { url: 'https://example.org/files/1' });
    return refuse(response, 404, 100);
  }

  function takeMessage(response: ServerResponse, body: Json): void {
    if (body['status'] === 'read') {
      read.push(word(body['message_id']));
      return reply(response, { success: true });
    }
    const who = word(body['to']) || word(body['recipient']);
    const arranged = faults.next?.shift();
    if (arranged === 'refuse') return void response.destroy();
    if (typeof arranged === 'object') return refuse(response, arranged.status, arranged.code);
    const late = lateOf(who);
    if (late !== undefined) return refuse(response, 429, late);
    if (random() < (faults.throttled ?? 0)) return refuse(response, 429, 130429);
    if (random() < (faults.badGateway ?? 0)) return refuse(response, 502);
    const shown = { id: `wamid.out${(ids += 1)}`, ...drawn(body) };
    const wrong = faultOf(who, shown, body);
    if (wrong !== undefined) return refuse(response, 400, wrong);
    phones.set(who, [...(phones.get(who) ?? []), shown]);
    for (const listener of listeners) listener(who, shown);
    tellStatuses(who, shown.id);
    if (arranged === 'cut' || random() < (faults.cut ?? 0)) {
      cuts.set(who, (cuts.get(who) ?? 0) + 1);
      return void response.destroy();
    }
    reply(response, { messaging_product: 'whatsapp', messages: [{ id: shown.id }] });
  }

  /** They come each for itself, in whatever order. */
  function tellStatuses(who: string, id: string): void {
    const recipient = /^\d+$/.test(who) ? { recipient_id: who } : { recipient_user_id: who };
    for (const status of ['read', 'sent', 'delivered']) {
      tell({ statuses: [{ id, status, timestamp: '1', ...recipient }] });
    }
  }

  /** The code of a limit that is reached; undefined when the message may go, and counts. */
  function lateOf(who: string): number | undefined {
    const now = performance.now();
    sentAt = sentAt.filter((at) => at > now - 1_000);
    if (faults.inAll !== undefined && sentAt.length >= faults.inAll) return 130429;
    if (faults.pair !== undefined) {
      const { burst, everyMs } = faults.pair;
      const before = pairs.get(who) ?? { tokens: burst, at: now };
      const tokens = Math.min(burst, before.tokens + (now - before.at) / everyMs);
      if (tokens < 1) return 131056;
      pairs.set(who, { tokens: tokens - 1, at: now });
    }
    sentAt.push(now);
    return undefined;
  }

  /** What Meta refuses about a message: what is too long, too many or not to be sent now. */
  function faultOf(who: string, { text, choices, kind }: Shown, body: Json): number | undefined {
    if (kind === 'template') {
      const { name, language } = asJson(body['template']);
      const known = templates.find(
        (one) => one.name === name && one.language === asJson(language)['code'],
      );
      if (known === undefined) return 132001;
      if (known.status !== 'APPROVED') return 132015;
      return /[\n\t]| {5}/.test(text) || text.length > 1_024 ? 132005 : undefined;
    }
    if (!spoke.has(who)) return 131047;
    if (text === '' || text.length > (kind === 'text' ? 4_096 : 1_024)) return 131009;
    const [most, label, id] = kind === 'list' ? [10, 24, 200] : [3, 20, 256];
    const isWrong =
      choices.length > most ||
      new Set(choices.map((one) => one.label)).size < choices.length ||
      choices.some((one) => one.label === '' || one.label.length > label || one.id.length > id);
    return isWrong ? 131009 : undefined;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    faults,
    templates,
    calls,
    read,
    connect: (to) => void (webhook = to),
    shown: (who) => phones.get(who) ?? [],
    push,
    tell,
    say: (who, text) => push(who, { type: 'text', text: { body: text } }),
    tap(who, label) {
      const under = [...(phones.get(who) ?? [])].reverse();
      const message = under.find(({ choices }) => choices.some((one) => one.label === label));
      const choice = message?.choices.find((one) => one.label === label);
      if (message === undefined || choice === undefined) throw new Error(`No choice "${label}".`);
      const kind = message.kind === 'list' ? 'list_reply' : 'button_reply';
      const chosen = { id: choice.id, title: choice.label };
      return push(who, { type: 'interactive', interactive: { type: kind, [kind]: chosen } });
    },
    pending: () => waiting,
    cuts: (who) => cuts.get(who) ?? 0,
    onShown: (listener) => void listeners.push(listener),
    async close() {
      closed = true;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What the phone makes of a message. */
function drawn(body: Json): Omit<Shown, 'id'> {
  if (body['type'] === 'text') {
    return { kind: 'text', text: word(asJson(body['text'])['body']), choices: [] };
  }
  if (body['type'] === 'template') {
    const [component] = asArray(asJson(body['template'])['components']);
    const [parameter] = asArray(asJson(component)['parameters']);
    return { kind: 'template', text: word(asJson(parameter)['text']), choices: [] };
  }
  const interactive = asJson(body['interactive']);
  const action = asJson(interactive['action']);
  const [section] = asArray(action['sections']);
  const drawnAs = [
    ...asArray(action['buttons']).map((button) => asJson(asJson(button)['reply'])),
    ...asArray(asJson(section)['rows']).map(asJson),
  ];
  return {
    kind: word(interactive['type']),
    text: word(asJson(interactive['body'])['text']),
    choices: drawnAs.map(({ id, title }) => ({ id: word(id), label: word(title) })),
  };
}

async function post(url: string | undefined, body: string, signature: string): Promise<number> {
  if (url === undefined) return 0;
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  }).then(
    (response) => response.text().then(() => response.status),
    () => 0,
  );
}

function reply(response: ServerResponse, answer: unknown): void {
  if (response.destroyed) return;
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

function refuse(response: ServerResponse, status: number, code?: number): void {
  if (response.destroyed) return;
  if (code === undefined) return void response.writeHead(status).end('<html>Bad Gateway</html>');
  const error = { message: `(#${code}) no`, type: 'OAuthException', code, fbtrace_id: 'x' };
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error }));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function asJson(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
