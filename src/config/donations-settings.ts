/** What the environment says of donations, each value checked for itself. */
type DonationsValues = {
  readonly DONATION_GATEWAY: 'sandbox' | 'stripe';
  readonly STRIPE_SECRET_KEY?: string | undefined;
  readonly STRIPE_WEBHOOK_SECRET?: string | undefined;
  readonly STRIPE_API_ROOT?: string | undefined;
};

/** Who takes donations: a page of our own where no money moves, or Stripe for the agent's account. */
export type DonationsSettings =
  | { readonly gateway: 'sandbox' }
  | {
      readonly gateway: 'stripe';
      readonly secretKey: string;
      readonly webhookSecret: string;
      /** Another server that speaks Stripe's API; absent: Stripe's own. */
      readonly apiRoot?: string;
    };

/** What Stripe cannot do without, and where it is found. */
const NEEDS = [
  ['STRIPE_SECRET_KEY', 'the secret key of the agent’s account, from Developers > API keys'],
  [
    'STRIPE_WEBHOOK_SECRET',
    'the signing secret of a webhook to PUBLIC_URL/payments/stripe/webhook, from Developers > Webhooks',
  ],
] as const;

/** Each name that Stripe needs and that is missing, with its cure. */
export function donationsFaults(
  values: DonationsValues,
): readonly (readonly [name: string, message: string])[] {
  if (values.DONATION_GATEWAY !== 'stripe') return [];
  return NEEDS.filter(([name]) => values[name] === undefined).map(([name, what]) => [
    name,
    `must be set with DONATION_GATEWAY=stripe: ${what}`,
  ]);
}

/** The gateway that is chosen. */
export function readDonationsSettings(values: DonationsValues): {
  readonly donations: DonationsSettings;
} {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = values;
  const isStripe = values.DONATION_GATEWAY === 'stripe';
  // Stripe without its keys was refused before.
  if (!isStripe || secretKey === undefined || webhookSecret === undefined) {
    return { donations: { gateway: 'sandbox' } };
  }
  const apiRoot = values.STRIPE_API_ROOT;
  return {
    donations: {
      gateway: 'stripe',
      secretKey,
      webhookSecret,
      ...(apiRoot === undefined ? {} : { apiRoot }),
    },
  };
}
