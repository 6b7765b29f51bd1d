import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the donations' domain. */
export const DONATION_ACTIONS: readonly ActionDeclaration[] = [
  /**
   * `eligible` and `own_money` are what the supporter declared. `state` is `ready`, with the `url` of the
   * payment page; `over_ceiling`, with what is `left` to give before the ceiling of the law; or `closed`.
   */
  {
    name: 'donation.prompt',
    arguments: {
      amount: { type: 'amount' },
      eligible: { type: 'boolean', optional: true },
      own_money: { type: 'boolean', optional: true },
    },
    result: { state: 'text', url: 'text', left: 'amount' },
  },
  // Without a day, a month from now; `monthly` repeats until the election.
  {
    name: 'donation.pledge',
    arguments: {
      amount: { type: 'amount' },
      on: { type: 'date', optional: true },
      monthly: { type: 'boolean', optional: true },
    },
    result: { on: 'date' },
  },
];
