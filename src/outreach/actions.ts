import type { ActionDeclaration } from '../engine/action.js';

/** What flows can ask of the outreach domain. */
export const OUTREACH_ACTIONS: readonly ActionDeclaration[] = [
  // When, from where and how somebody means to vote; the reminder repeats it.
  {
    name: 'vote.plan',
    keeps: 'vote_plans',
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
  { name: 'vote.done', keeps: 'votes', arguments: {}, result: { stopped: 'number' } },
  // `matched`: somebody is asked to vote for whom they asked for, or they are asked about somebody.
  {
    name: 'proxy.offer',
    keeps: 'proxies',
    arguments: { postal_code: { type: 'text', optional: true } },
    result: { matched: 'boolean' },
  },
  {
    name: 'proxy.request',
    keeps: 'proxies',
    arguments: { postal_code: { type: 'text', optional: true } },
    result: { matched: 'boolean' },
  },
  // What the flow `proxy-news` was started for: its `kind`, the request, and what may be told of the other.
  {
    name: 'proxy.news',
    arguments: {},
    result: {
      kind: 'text',
      request: 'text',
      name: 'text',
      phone: 'text',
      voter_number: 'text',
      town: 'text',
    },
  },
  {
    name: 'proxy.accept',
    keeps: 'proxies',
    arguments: {
      request: { type: 'text' },
      phone: { type: 'text', optional: true },
      voter_number: { type: 'text', optional: true },
    },
    result: { accepted: 'boolean' },
  },
  { name: 'proxy.decline', keeps: 'proxies', arguments: { request: { type: 'text' } } },
  // The requester says that the official step is done.
  { name: 'proxy.confirm', keeps: 'proxies', arguments: {}, result: { confirmed: 'boolean' } },
  // What somebody asked for, and what they offered.
  { name: 'proxy.cancel', arguments: {}, result: { cancelled: 'number' } },
];
