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
  // The plan somebody made for the ballot to come; `today` when that is the day.
  {
    name: 'vote.recall',
    arguments: {},
    result: { time: 'text', from: 'text', by: 'text', today: 'boolean' },
  },
  // Stops the reminders that were still to come.
  { name: 'vote.done', arguments: {}, result: { stopped: 'number' } },
];
