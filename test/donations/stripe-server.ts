import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A checkout as Stripe keeps it, as far as we look at it. */
type Session = {
  readonly id: string;
  readonly object: 'checkout.session';
  readonly client_reference_id: string;
  readonly amount_total: number;
  readonly currency: string;
  readonly success_url: string;
  readonly cancel_url: string;
  readonly expires_at: number;
  readonly locale: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly payment_method_types: readonly string[];
  readonly url: string;
  status: 'open' | 'complete' | 'expired';
  payment_status: 'paid' | 'unpaid';
  payment_intent: string | null;
};

/** A server on this machine that speaks as much of Stripe's API as we use, to the official client. */
export type StripeServer = {
  readonly url: string;
  readonly key: string;
  readonly webhookSecret: string;
  /** Checkouts by id, the oldest first. */
  readonly sessions: ReadonlyMap<string, Session>;
  readonly refunds: readonly {
    readonly payment_intent: string;
    readonly amount: number;
    readonly key: string;
  }[];
  /** What was asked wrongly: no key, a key used for something else, a time Stripe does not take. */
  readonly faults: readonly string[];
  /** The donor pays on Stripe's page, or by a debit that takes days. */
  pay(session: string, how?: 'card' | 'debit'): void;
  expire(session: string): void;
  /** An event about a checkout, as Stripe writes it. */
  event(type: string, object: object): string;
  /** The session as an event or an answer has it. */
  shown(session: string): object;
  /** What a charge is in events. */
  charge(session: string, refunded: number): object;
  /** Posts an event to the program, signed at a time (epoch seconds; now, when absent). */
  post(url: string, body: string, at?: number, secret?: string): Promise<number>;
  close(): Promise<void>;
};

export async function startStripe(): Promise<StripeServer> {
  const key = 'sk_test_loopback_0123456789';
  const webhookSecret = 'whsec_loopback_0123456789';
  const sessions = new Map<string, Session>();
  const refunds: { payment_intent: string; amount: number; key: string }[] = [];
  const faults: string[] = [];
  const answers = new Map<string, { readonly asked: string; readonly answer: object }>();

  function createSession(form: URLSearchParams): Session {
    const id = `cs_test_${randomUUID().replaceAll('-', '')}`;
    const [cents, count] = ['[price_data][unit_amount]', '[quantity]'].map((part) =>
      Number(form.get(`line_items[0]${part}`)),
    );
    const expires = Number(form.get('expires_at'));
    const inMinutes = (expires - Date.now() / 1_000) / 60;
    // Stripe takes 30 minutes to 24 hours.
    if (inMinutes < 30 || inMinutes > 1_440) faults.push(`expires in ${inMinutes} minutes`);
    const session: Session = {
      id,
      object: 'checkout.session',
      client_reference_id: form.get('client_reference_id') ?? '',
      amount_total: (cents ?? 0) * (count ?? 0),
      currency: form.get('line_items[0][price_data][currency]') ?? '',
      success_url: form.get('success_url') ?? '',
      cancel_url: form.get('cancel_url') ?? '',
      expires_at: expires,
      locale: form.get('locale') ?? '',
      metadata: { donation: form.get('metadata[donation]') ?? '' },
      payment_method_types: ['card', 'sepa_debit'],
      url: `https://checkout.stripe.example/${id}`,
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
    };
    sessions.set(id, session);
    return session;
  }

  function shown(id: string): Session {
    const session = sessions.get(id);
    if (session === undefined) throw new Error(`There is no session ${id}.`);
    return { ...session };
  }

  function answer(method: string, path: string, form: URLSearchParams, key_: string): object {
    if (method === 'POST' && path === '/v1/checkout/sessions') return createSession(form);
    if (method === 'POST' && path === '/v1/refunds') {
      const payment_intent = form.get('payment_intent') ?? '';
      const amount = Number(form.get('amount'));
      refunds.push({ payment_intent, amount, key: key_ });
      return { id: `re_${refunds.length}`, object: 'refund', amount, status: 'succeeded' };
    }
    const [, id = ''] = /^\/v1\/checkout\/sessions\/(\w+)$/.exec(path) ?? [];
    const session = shown(id);
    const paid = session.payment_intent;
    const charge = { payment_method_details: { type: 'card' } };
    return {
      ...session,
      payment_intent:
        paid === null ? null : { id: paid, status: 'succeeded', latest_charge: charge },
    };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of request) text += String(piece);
    const send = (status: number, body: object): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const { pathname } = new URL(request.url ?? '', 'http://stripe');
    if (request.headers.authorization !== `Bearer ${key}`) {
      faults.push(`${pathname} without the key`);
      return send(401, { error: { type: 'invalid_request_error', message: 'No such key.' } });
    }
    const method = request.method ?? '';
    const idempotency = String(request.headers['idempotency-key'] ?? '');
    if (method === 'POST' && idempotency === '') faults.push(`${pathname} without a key`);
    const known = answers.get(idempotency);
    if (method === 'POST' && known !== undefined) {
      // Stripe refuses a key that comes with other parameters.
      if (known.asked === text) return send(200, known.answer);
      faults.push(`${pathname} with a key used for something else`);
      return send(400, { error: { type: 'idempotency_error', message: 'Another request.' } });
    }
    const given = answer(method, pathname, new URLSearchParams(text), idempotency);
    if (method === 'POST') answers.set(idempotency, { asked: text, answer: given });
    send(200, given);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      faults.push(String(error));
      response.writeHead(404, { 'Content-Type': 'application/json' });
      response.end('{"error":{"type":"invalid_request_error","message":"No such thing."}}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;

  function change(id: string, next: Partial<Session>): void {
    Object.assign(sessions.get(id) ?? {}, next);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    key,
    webhookSecret,
    sessions,
    refunds,
    faults,
    pay: (id, how = 'card') =>
      change(id, {
        status: 'complete',
        payment_status: how === 'card' ? 'paid' : 'unpaid',
        payment_intent: `pi_${id}`,
      }),
    expire: (id) => change(id, { status: 'expired' }),
    shown,
    event: (type, object) =>
      JSON.stringify({
        id: `evt_${randomUUID()}`,
        object: 'event',
        type,
        created: Math.floor(Date.now() / 1_000),
        data: { object },
      }),
    charge: (id, refunded) => {
      const { payment_intent, amount_total: amount, metadata } = shown(id);
      return {
        id: `ch_${id}`,
        object: 'charge',
        amount,
        amount_refunded: refunded,
        payment_intent,
        metadata,
      };
    },
    async post(url, body, at = Math.floor(Date.now() / 1_000), secret = webhookSecret) {
      const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
      const answered = await fetch(`${url}/payments/stripe/webhook`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Stripe-Signature': `t=${at},v1=${signature}`,
        },
        body,
      });
      await answered.text();
      return answered.status;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
