import type { ActionDeclaration } from '../engine/action.js';

/** What is told of a shift. */
const FACTS = {
  title: 'text',
  when: 'date',
  where: 'text',
  map: 'text',
  calendar: 'text',
} as const;

/** What flows can ask of the volunteers' domain; a signup's `state` is one word of product's list. */
export const VOLUNTEER_ACTIONS: readonly ActionDeclaration[] = [
  // Asks the team for the parts that these tasks need: `none` needed, `asked`, `approved` all, or `declined`.
  {
    name: 'volunteer.apply',
    keeps: 'roles',
    arguments: { tasks: { type: 'list', optional: true } },
    result: { state: 'text' },
  },
  // Shifts to come that somebody can still sign up for, those that suit first; each is an option. Of those
  // at the time of `instead` too. Without any, `state` is `asked` while the team has to approve somebody.
  {
    name: 'volunteer.offer_shifts',
    arguments: {
      tasks: { type: 'list', optional: true },
      times: { type: 'list', optional: true },
      postal_code: { type: 'text', optional: true },
      instead: { type: 'text', optional: true },
    },
    result: { options: 'list', state: 'text' },
  },
  // The shifts that the volunteer is signed up for and that are not over; each is an option.
  { name: 'volunteer.my_shifts', arguments: {}, result: { options: 'list' } },
  // One shift, and how the volunteer stands there: a state, or `none`.
  {
    name: 'volunteer.shift',
    arguments: { shift: { type: 'text' } },
    result: { ...FACTS, state: 'text' },
  },
  // `scheduled`, `invited` while it waits for a place, `declined` when there is none left at all, or
  // `unapproved` when the team has to approve somebody first.
  {
    name: 'volunteer.sign_up',
    keeps: 'shifts',
    arguments: { shift: { type: 'text' } },
    result: { ...FACTS, state: 'text' },
  },
  // Gives one place back once there is another; the states of `sign_up` on the other.
  {
    name: 'volunteer.swap',
    keeps: 'shifts',
    arguments: { from: { type: 'text' }, to: { type: 'text' } },
    result: { ...FACTS, state: 'text' },
  },
  {
    name: 'volunteer.confirm',
    keeps: 'shifts',
    arguments: { shift: { type: 'text' } },
    result: { ...FACTS, state: 'text' },
  },
  {
    name: 'volunteer.cancel',
    keeps: 'shifts',
    arguments: { shift: { type: 'text' } },
    result: { ...FACTS, state: 'text' },
  },
  // `completed`, or why not: `not_signed_up`, `too_early`, `over`, `proof_needed`, `wrong_code`,
  // `too_many_codes`, `too_far`. Without a shift, the one that is on now.
  {
    name: 'volunteer.check_in',
    keeps: 'shifts',
    arguments: {
      shift: { type: 'text', optional: true },
      code: { type: 'text', optional: true },
      location: { type: 'location', optional: true },
    },
    result: { state: 'text' },
  },
  // What the flow that was started for a volunteer has to tell: `place`, `eve`, `soon`, `missed`,
  // `called_off`, `approved`, `not_approved`.
  {
    name: 'volunteer.news',
    arguments: {},
    result: { kind: 'text', shift: 'text', role: 'text', ...FACTS },
  },
  // The shifts that the volunteer leads and that are not over; each is an option.
  { name: 'volunteer.led_shifts', arguments: {}, result: { options: 'list' } },
  // For whoever leads it: who signed up, by name and state, and, as options, those who are still to come.
  {
    name: 'volunteer.team',
    arguments: { shift: { type: 'text' } },
    result: { options: 'list', team: 'text', code: 'text', people: 'number', waiting: 'number' },
  },
  // For whoever leads it: somebody of the team is there.
  {
    name: 'volunteer.mark_present',
    arguments: { shift: { type: 'text' }, person: { type: 'text' } },
    result: { state: 'text' },
  },
];
