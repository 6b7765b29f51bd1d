import type Stripe from 'stripe' with { 'resolution-mode': 'import' };
import { RefundRefused, type Gateway } from './gateway.js';
import { noticeOfSession } from './read-stripe.js';

/** How long an answer of Stripe is waited for; a flow waits thirty seconds. */
const TIMEOUT_MS = 12_000;

export type StripeSettings = {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Another server that speaks Stripe's API; absent: Stripe's own. */
  readonly apiRoot?: string;
};

/** Gives Stripe's client, which is loaded when it is first needed. */
export type StripeClient = () => Promise<Stripe>;

/** Makes the official client when it is first asked for. */
export function createStripeClient({ secretKey, apiRoot }: StripeSettings): StripeClient {
  let client: Promise<Stripe> | undefined;
  const load = async (): Promise<Stripe> => {
    const { default: StripeApi } = await import('stripe');
    return new StripeApi(secretKey, {
      timeout: TIMEOUT_MS,
      maxNetworkRetries: 2,
      telemetry: false,
      ...serverOf(apiRoot),
    });
  };
  return () => {
    client ??= load();
    return client;
  };
}

function serverOf(apiRoot: string | undefined) {
  if (apiRoot === undefined) return {};
  const { protocol, hostname, port } = new URL(apiRoot);
  const isPlain = protocol === 'http:';
  return {
    host: hostname,
    port: port === '' ? (isPlain ? 80 : 443) : Number(port),
    protocol: isPlain ? ('http' as const) : ('https' as const),
  };
}

/** Takes donations on Stripe Checkout, for the agent whose account the key is of. */
export function createStripe(client: StripeClient): Gateway {
  return {
    name: 'stripe',
    trial: false,
    async open(checkout) {
      const { donation, begun, cents, currency, title, language, until } = checkout;
      const stripe = await client();
      const metadata = { donation };
      const session = await stripe.checkout.sessions.create(
        {
          mode: 'payment',
          submit_type: 'donate',
          client_reference_id: donation,
          line_items: [
            {
              quantity: 1,
              price_data: {
                currency: currency.toLowerCase(),
                unit_amount: cents,
                product_data: { name: title },
              },
            },
          ],
          // The donor gives what was asked, in the campaign's currency.
          adaptive_pricing: { enabled: false },
          metadata,
          payment_intent_data: { metadata, description: title },
          locale: language === 'fr' ? 'fr' : 'en',
          expires_at: Math.floor(until.getTime() / 1_000),
          success_url: checkout.returnUrl,
          cancel_url: checkout.cancelUrl,
        },
        { idempotencyKey: `checkout-${donation}-${begun}` },
      );
      if (session.url === null) throw new Error('Stripe gave no page for a checkout.');
      return { session: session.id, url: session.url };
    },
    async look(id) {
      const stripe = await client();
      const session = await stripe.checkout.sessions.retrieve(id, {
        expand: ['payment_intent.latest_charge'],
      });
      return noticeOfSession(session);
    },
    async refund({ payment, key, refund, donation, cents }) {
      const stripe = await client();
      try {
        await stripe.refunds.create(
          { payment_intent: payment, amount: cents, metadata: { donation, refund } },
          { idempotencyKey: `refund-${key}` },
        );
      } catch (error) {
        if (error instanceof stripe.errors.StripeInvalidRequestError) {
          throw new RefundRefused(error.message);
        }
        throw error;
      }
    },
  };
}
