import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the volunteers' domain; a signup's `state` is one word of product's list. */
export const VOLUNTEER_ACTIONS: readonly ActionDeclaration[] = [
  // Shifts to come that somebody can still sign up for, those that suit first; each is an option.
  {
    name: 'volunteer.offer_shifts',
    arguments: {
      tasks: { type: 'list', optional: true },
      times: { type: 'list', optional: true },
      postal_code: { type: 'text', optional: true },
    },
    result: { options: 'list' },
  },
  // The shifts that the volunteer is signed up for and that are not over; each is an option.
  { name: 'volunteer.my_shifts', arguments: {}, result: { options: 'list' } },
  // `scheduled`, `invited` while it waits for a place, or `declined` when there is none left at all.
  {
    name: 'volunteer.sign_up',
    arguments: { shift: { type: 'text' } },
    result: { state: 'text', when: 'date', where: 'text' },
  },
  {
    name: 'volunteer.cancel',
    arguments: { shift: { type: 'text' } },
    result: { state: 'text', when: 'date', where: 'text' },
  },
  {
    name: 'volunteer.check_in',
    arguments: { shift: { type: 'text', optional: true } },
    result: { state: 'text' },
  },
];
