import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the supporters' domain. */
export const SUPPORTER_ACTIONS: readonly ActionDeclaration[] = [
  { name: 'email.confirm', arguments: {} },
  { name: 'supporter.tag', arguments: { tag: { type: 'text' } } },
  { name: 'supporter.untag', arguments: { tag: { type: 'text' } } },
  // Without a purpose, every consent is withdrawn.
  { name: 'consent.withdraw', arguments: { purpose: { type: 'text', optional: true } } },
];
