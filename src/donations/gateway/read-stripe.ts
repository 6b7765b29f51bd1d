import type Stripe from 'stripe' with { 'resolution-mode': 'import' };
import type { GatewayNotice, NoticeAbout } from './gateway.js';

/** What an event of Stripe is about, and what it tells. */
export type StripeNews = { readonly about: NoticeAbout; readonly notice: GatewayNotice };

/** Reads an event of Stripe; undefined for those that are nothing to us. */
export function readStripeEvent(event: Stripe.Event): StripeNews | undefined {
  if (
    event.type === 'checkout.session.completed' ||
    event.type === 'checkout.session.async_payment_succeeded'
  ) {
    const session = event.data.object;
    const notice = noticeOfSession(session);
    return notice === undefined ? undefined : { about: aboutSession(session, notice), notice };
  }
  if (event.type === 'checkout.session.async_payment_failed') {
    return { about: aboutSession(event.data.object), notice: { type: 'failed' } };
  }
  if (event.type === 'checkout.session.expired') {
    return { about: aboutSession(event.data.object), notice: { type: 'expired' } };
  }
  if (event.type === 'charge.refunded') {
    const { amount_refunded: cents, metadata, payment_intent: payment } = event.data.object;
    return { about: about(metadata, payment), notice: { type: 'refunded', cents } };
  }
  if (event.type === 'refund.failed') {
    const { amount: cents, metadata, payment_intent: payment } = event.data.object;
    const refund = metadata?.['refund'];
    const named = refund === undefined ? {} : { refund };
    return { about: about(metadata, payment), notice: { type: 'refund_failed', cents, ...named } };
  }
  if (
    event.type === 'charge.dispute.created' ||
    event.type === 'charge.dispute.updated' ||
    event.type === 'charge.dispute.closed'
  ) {
    return readDispute(event.data.object);
  }
  return undefined;
}

function readDispute(dispute: Stripe.Dispute): StripeNews | undefined {
  const { id, amount: cents, status, metadata, payment_intent: payment } = dispute;
  const state = disputeState(status);
  if (state === undefined) return undefined;
  return {
    about: about(metadata, payment),
    notice: { type: 'disputed', dispute: id, cents, state },
  };
}

/** What a checkout came to; undefined while it is open. */
export function noticeOfSession(session: Stripe.Checkout.Session): GatewayNotice | undefined {
  const { status, payment_status: paid, amount_total: cents, currency } = session;
  const intent = session.payment_intent;
  const payment = idOf(intent);
  if (status === 'expired') return { type: 'expired' };
  if (status !== 'complete') return undefined;
  if (paid === 'paid' && payment !== undefined && cents !== null && currency !== null) {
    const method = methodOf(session);
    return {
      type: 'paid',
      cents,
      currency: currency.toUpperCase(),
      payment,
      ...(method === undefined ? {} : { method }),
    };
  }
  // A debit that bounced: Stripe would have the donor try another way, on a page that is closed.
  const isBack =
    typeof intent === 'object' &&
    intent !== null &&
    (intent.status === 'requires_payment_method' || intent.status === 'canceled');
  if (isBack) return { type: 'failed' };
  return { type: 'pending', ...(payment === undefined ? {} : { payment }) };
}

/** How it was paid, where that is known: by the payment itself, or because there was but one way. */
function methodOf(session: Stripe.Checkout.Session): string | undefined {
  const { payment_intent: intent, payment_method_types: types } = session;
  const charge = typeof intent === 'object' ? intent?.latest_charge : undefined;
  const told = typeof charge === 'object' ? charge?.payment_method_details?.type : undefined;
  return told ?? (types?.length === 1 ? types[0] : undefined);
}

function aboutSession(
  session: Pick<Stripe.Checkout.Session, 'id' | 'client_reference_id' | 'payment_intent'>,
  notice?: GatewayNotice,
): NoticeAbout {
  const { id, client_reference_id: donation } = session;
  const payment = notice?.type === 'paid' ? notice.payment : undefined;
  return {
    session: id,
    ...(donation === null ? {} : { donation }),
    ...(payment === undefined ? {} : { payment }),
  };
}

function about(
  metadata: Stripe.Metadata | null | undefined,
  intent: string | { readonly id: string } | null | undefined,
): NoticeAbout {
  const donation = metadata?.['donation'];
  const payment = idOf(intent);
  return {
    ...(donation === undefined ? {} : { donation }),
    ...(payment === undefined ? {} : { payment }),
  };
}

function idOf(named: string | { readonly id: string } | null | undefined): string | undefined {
  return typeof named === 'object' ? named?.id : named;
}

/** Inquiries (`warning_…`) take no money back, and are left to Stripe’s own pages. */
function disputeState(status: string): 'open' | 'won' | 'lost' | undefined {
  switch (status) {
    case 'needs_response':
    case 'under_review':
      return 'open';
    case 'won':
      return 'won';
    case 'lost':
      return 'lost';
    default:
      return undefined;
  }
}
