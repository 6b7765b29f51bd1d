import type { ActionDeclaration } from '../engine/action.js';
import { PLACE_FIELDS } from './places/place.js';

/** What flows can ask of the supporters' domain. */
export const SUPPORTER_ACTIONS: readonly ActionDeclaration[] = [
  { name: 'email.confirm', arguments: {} },
  { name: 'supporter.tag', writes: ['tags'], arguments: { tag: { type: 'text' } } },
  { name: 'supporter.untag', arguments: { tag: { type: 'text' } } },
  // Without a purpose, every consent is withdrawn.
  { name: 'consent.withdraw', arguments: { purpose: { type: 'text', optional: true } } },
  // Where somebody with a postal code may live, by default their own: `one` commune, `several`, only the
  // `area`, or `unknown`.
  {
    name: 'supporter.locate',
    writes: PLACE_FIELDS,
    arguments: { postal_code: { type: 'text', optional: true } },
    result: { state: 'text', options: 'list', commune: 'text' },
  },
  // A link to a copy of everything known, valid for a short time.
  { name: 'privacy.export', arguments: {}, result: { url: 'text' } },
  { name: 'privacy.erase', arguments: {} },
  // A link that opens the conversation on another channel; it works once, within an hour.
  { name: 'supporter.link', arguments: { channel: { type: 'text' } }, result: { url: 'text' } },
  // A code to the address, if somebody confirmed it; nothing tells whether anybody did.
  {
    name: 'supporter.send_code',
    arguments: { email: { type: 'text' } },
    result: { state: 'text' },
  },
  {
    name: 'supporter.check_code',
    arguments: { email: { type: 'text' }, code: { type: 'text' } },
    result: { state: 'text' },
  },
  // After a right code: one profile of two, which goes on here.
  { name: 'supporter.join', arguments: { email: { type: 'text' } } },
  {
    name: 'staff.handoff',
    keeps: 'handoffs',
    arguments: { reason: { type: 'text', optional: true } },
  },
  {
    name: 'webhook.call',
    tells: true,
    arguments: { name: { type: 'text' }, data: { type: 'text', optional: true } },
    result: { status: 'number' },
  },
];
