import express, { Router } from 'express';
import type Stripe from 'stripe' with { 'resolution-mode': 'import' };
import type { Settled } from '../checkout/settle.js';
import type { Gateway, GatewayNotice, NoticeAbout } from './gateway.js';
import { readStripeEvent } from './read-stripe.js';
import type { StripeClient } from './stripe.js';

/** Where Stripe calls. */
export const STRIPE_WEBHOOK = '/payments/stripe/webhook';
/** An event is at most some kilobytes. */
const BODY_LIMIT = '256kb';
/** How old a signature may be: what was recorded cannot be played again later. */
const TOLERANCE_S = 300;

export type StripeWebhookOptions = {
  readonly client: StripeClient;
  readonly secret: string;
  readonly gateway: Pick<Gateway, 'look'>;
  settle(about: NoticeAbout, notice: GatewayNotice): Promise<Settled>;
  report(error: unknown): void;
};

/**
 * Makes the door that Stripe calls. An event is signed over the very bytes of the body; one that is not, or
 * whose signature is older than five minutes, is refused. It is answered once what it tells is saved; what
 * cannot be saved yet is brought again by Stripe, for three days.
 */
export function createStripeWebhook(options: StripeWebhookOptions): Router {
  const { client, secret, gateway } = options;

  async function heed(event: Stripe.Event): Promise<Settled> {
    const news = readStripeEvent(event);
    if (news === undefined) return 'unknown';
    const { about, notice } = news;
    // The books want to know how it was paid; should Stripe not say now, they have all the rest.
    if (notice.type === 'paid' && notice.method === undefined && about.session !== undefined) {
      const fuller = await gateway.look(about.session).catch(() => undefined);
      if (fuller?.type === 'paid') return options.settle(about, fuller);
    }
    return options.settle(about, notice);
  }

  const router = Router();
  router.post(
    '/',
    express.raw({ type: () => true, limit: BODY_LIMIT }),
    async (request, response) => {
      const bytes: unknown = request.body;
      const body = Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
      const signature = request.get('Stripe-Signature') ?? '';
      const stripe = await client();
      let event: Stripe.Event;
      try {
        event = stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_S);
      } catch {
        response
          .status(400)
          .json({ error: { code: 'Unauthorized', message: 'This is not signed by Stripe.' } });
        return;
      }
      try {
        const settled = await heed(event);
        response.status(settled === 'later' ? 503 : 200).json({ settled });
      } catch (error) {
        options.report(error);
        response.status(503).json({ settled: 'later' });
      }
    },
  );
  return router;
}
