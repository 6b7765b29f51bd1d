import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the donations' domain. */
export const DONATION_ACTIONS: readonly ActionDeclaration[] = [
  { name: 'donation.prompt', arguments: { amount: { type: 'amount' } }, result: { url: 'text' } },
  {
    name: 'donation.pledge',
    arguments: { amount: { type: 'amount' }, on: { type: 'date', optional: true } },
    result: { on: 'date' },
  },
];
