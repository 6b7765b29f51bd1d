import type { Currency } from '../../engine/currency.js';

/** A payment page to be opened. */
export type Checkout = {
  readonly donation: string;
  /** Times it was begun: each has a page of its own. */
  readonly begun: number;
  readonly cents: number;
  readonly currency: Currency;
  /** What the page says is paid for. */
  readonly title: string;
  readonly language: string;
  /** When the page closes. */
  readonly until: Date;
  /** Where the donor comes back to, once it is paid or given up. */
  readonly returnUrl: string;
  readonly cancelUrl: string;
};

/** What a gateway tells of a checkout, in whatever order and however often. */
export type GatewayNotice =
  | {
      readonly type: 'paid';
      readonly cents: number;
      readonly currency: string;
      readonly payment: string;
      readonly method?: string;
    }
  /** It will be known in some days whether it is paid. */
  | { readonly type: 'pending'; readonly payment?: string }
  | { readonly type: 'failed' }
  | { readonly type: 'expired' }
  /** What went back to the donor in all. */
  | { readonly type: 'refunded'; readonly cents: number }
  /** Money that should have gone back did not; ours by its id, another by what it was. */
  | { readonly type: 'refund_failed'; readonly refund?: string; readonly cents: number }
  | {
      readonly type: 'disputed';
      readonly dispute: string;
      readonly cents: number;
      readonly state: 'open' | 'won' | 'lost';
    };

/** How a notice names the donation it is about; `donation` where the gateway kept our id. */
export type NoticeAbout = {
  readonly donation?: string;
  readonly session?: string;
  readonly payment?: string;
};

export type RefundAsk = {
  readonly payment: string;
  /** The same when it is asked again. */
  readonly key: string;
  readonly refund: string;
  readonly donation: string;
  readonly cents: number;
};

/** Takes money for the agent. A call may be repeated with the same keys, and then changes nothing more. */
export type Gateway = {
  readonly name: 'sandbox' | 'stripe';
  /** No money moves: it is there to try things out. */
  readonly trial: boolean;
  open(checkout: Checkout): Promise<{ readonly session: string; readonly url: string }>;
  /** What became of a checkout; undefined while it is open. */
  look(session: string): Promise<GatewayNotice | undefined>;
  /** Throws `RefundRefused` when the gateway will not do it. */
  refund(ask: RefundAsk): Promise<void>;
};

/** The gateway will not return the money; the message says why, in its own words. */
export class RefundRefused extends Error {
  override readonly name = 'RefundRefused';
}
