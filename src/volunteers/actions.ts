import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the volunteers' domain; a signup's `state` is one word of product's list. */
export const VOLUNTEER_ACTIONS: readonly ActionDeclaration[] = [
  {
    name: 'volunteer.offer_shifts',
    arguments: {
      skill: { type: 'text', optional: true },
      postal_code: { type: 'text', optional: true },
    },
    result: { options: 'list' },
  },
  {
    name: 'volunteer.sign_up',
    arguments: { shift: { type: 'text' } },
    result: { state: 'text', when: 'text', where: 'text' },
  },
  {
    name: 'volunteer.check_in',
    arguments: { shift: { type: 'text', optional: true } },
    result: { state: 'text' },
  },
  {
    name: 'proxy.offer',
    arguments: { postal_code: { type: 'text', optional: true } },
    result: { matched: 'boolean' },
  },
  {
    name: 'proxy.request',
    arguments: { postal_code: { type: 'text', optional: true } },
    result: { matched: 'boolean' },
  },
];
