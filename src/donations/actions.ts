import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the donations' domain. */
export const DONATION_ACTIONS: readonly ActionDeclaration[] = [
  /**
   * Whether gifts are taken from this person now: `state` is `open`, with `amounts` that suit them, what is
   * `left` to give and the `ceiling` of the law where there is one, and how many `gifts` they made;
   * `over_ceiling`, or `closed`. `trial` says that no money moves.
   */
  {
    name: 'donation.offer',
    arguments: {},
    result: {
      amounts: 'list',
      state: 'text',
      left: 'amount',
      ceiling: 'amount',
      gifts: 'number',
      trial: 'boolean',
    },
  },
  /**
   * `eligible` and `own_money` are what the supporter declared; `pledge` is the one that it keeps. `state` is
   * `ready`, with the `url` of the payment page; `over_ceiling`, with what is `left` to give before the
   * `ceiling` of the law; `not_eligible`, `not_own_money`, `too_small`, or `closed`.
   */
  {
    name: 'donation.prompt',
    keeps: 'donations',
    arguments: {
      amount: { type: 'amount' },
      eligible: { type: 'boolean', optional: true },
      own_money: { type: 'boolean', optional: true },
      pledge: { type: 'text', optional: true },
    },
    result: { state: 'text', url: 'text', left: 'amount', ceiling: 'amount', trial: 'boolean' },
  },
  /** They would rather not: nobody asks them for money by message for a while. */
  { name: 'donation.not_now', keeps: 'donations', arguments: {} },
  /**
   * Without a day, a month from now; `monthly` repeats until the election, the ceiling or the last day of
   * gifts. `state` is `noted`, with the day it is reminded of `on` and how many `times` there will be;
   * `over_ceiling`, with what is `left`; or `closed`.
   */
  {
    name: 'donation.pledge',
    keeps: 'pledges',
    arguments: {
      amount: { type: 'amount' },
      on: { type: 'date', optional: true },
      monthly: { type: 'boolean', optional: true },
    },
    result: { on: 'date', state: 'text', left: 'amount', times: 'number' },
  },
  /** Reminds no more of a pledge, or, when none is named, of any. */
  { name: 'donation.end_pledge', arguments: { pledge: { type: 'text', optional: true } } },
  /**
   * What the flow `donation-news` was started for. `kind` is `paid`, `pending`, `failed` or `pledge`; `over`
   * is what is beyond the ceiling and will be returned.
   */
  {
    name: 'donation.news',
    arguments: {},
    result: {
      kind: 'text',
      amount: 'amount',
      reference: 'text',
      over: 'amount',
      left: 'amount',
      gifts: 'number',
      share: 'text',
      trial: 'boolean',
      pledge: 'text',
      monthly: 'boolean',
      last: 'boolean',
    },
  },
];
