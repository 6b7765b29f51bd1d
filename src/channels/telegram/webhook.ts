import express, { Router } from 'express';
import { isSameSecret } from '../../sign.js';

/** Updates are small; a longer body is not Telegram's. */
const BODY_LIMIT = '1mb';

export type WebhookOptions = {
  readonly secret: string;
  /** Whether the update is saved; Telegram brings again what is not. Never rejects. */
  take(payload: unknown): Promise<boolean>;
};

/**
 * Makes the door that Telegram calls in webhook mode. The secret it was given comes back in a header
 * (Bot API, setWebhook) and is compared in constant time before the body is read.
 */
export function createWebhook({ secret, take }: WebhookOptions): Router {
  const router = Router();
  router.use((request, response, next) => {
    const given = request.get('X-Telegram-Bot-Api-Secret-Token') ?? '';
    if (request.method === 'POST' && isSameSecret(given, secret)) return next();
    response
      .status(401)
      .json({ error: { code: 'Unauthorized', message: 'This is not Telegram.' } });
  });
  router.post('/', express.json({ limit: BODY_LIMIT }), async (request, response) => {
    const payload: unknown = request.body;
    response.status((await take(payload)) ? 200 : 503).json({});
  });
  return router;
}
