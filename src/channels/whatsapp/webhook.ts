import { createHmac } from 'node:crypto';
import express, { Router } from 'express';
import { isSame, isSameSecret } from '../../sign.js';

/** One webhook holds up to a thousand messages, 3 MB at most (Cloud API). */
const BODY_LIMIT = '4mb';

export type WebhookOptions = {
  /** The secret of the app, by which Meta signs. */
  readonly appSecret: string;
  /** What Meta must say when the address of the webhook is set. */
  readonly verifyToken: string;
  /** Whether all it tells is saved; Meta brings again what is not. Never rejects. */
  take(payload: unknown): Promise<boolean>;
};

/**
 * Makes the door that Meta calls. GET proves to Meta that the address is ours; POST brings what
 * happened, signed with HMAC-SHA256 over the very bytes of the body, and both are compared in constant
 * time.
 */
export function createWebhook({ appSecret, verifyToken, take }: WebhookOptions): Router {
  const router = Router();
  router.get('/', (request, response) => {
    const { query } = request;
    const isOurs =
      query['hub.mode'] === 'subscribe' &&
      isSameSecret(word(query['hub.verify_token']), verifyToken);
    if (!isOurs) return refuse(response);
    response.type('text/plain').send(word(query['hub.challenge']).slice(0, 200));
  });
  router.post(
    '/',
    express.raw({ type: () => true, limit: BODY_LIMIT }),
    async (request, response) => {
      const bytes: unknown = request.body;
      const given = /^sha256=([\da-f]{64})$/i.exec(request.get('X-Hub-Signature-256') ?? '')?.[1];
      const body = Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
      const expected = createHmac('sha256', appSecret).update(body).digest();
      if (given === undefined || !isSame(Buffer.from(given, 'hex'), expected)) {
        return refuse(response);
      }
      response.status((await take(asJson(body.toString('utf8')))) ? 200 : 503).json({});
    },
  );
  return router;
}

function refuse(response: express.Response): void {
  response.status(401).json({ error: { code: 'Unauthorized', message: 'This is not WhatsApp.' } });
}

function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Signed, but no JSON: Meta would bring it for days, and it is nothing for us. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
