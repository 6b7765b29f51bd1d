import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the outreach domain. */
export const OUTREACH_ACTIONS: readonly ActionDeclaration[] = [
  // When, from where and how somebody means to vote; the reminder repeats it.
  {
    name: 'vote.plan',
    arguments: {
      time: { type: 'text' },
      from: { type: 'text', optional: true },
      by: { type: 'text', optional: true },
    },
    result: { remind_at: 'date' },
  },
  // Stops the reminders that were still to come.
  { name: 'vote.done', arguments: {}, result: { stopped: 'number' } },
];
