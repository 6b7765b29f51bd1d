import type { Settings } from '../config.js';
import type { Conversation } from '../conversation/conversation.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { removeOldDeliveries } from '../outreach/messages/remove-old.js';
import type { Job } from '../scheduler.js';
import type { Tables } from './open-tables.js';
import type { wireCanvass } from './wire-canvass.js';
import type { DonationsParts } from './wire-donations.js';
import type { wireElectionDay } from './wire-election-day.js';
import type { wireInvitations } from './wire-invitations.js';
import type { PeopleParts } from './wire-people.js';
import { wirePosts } from './wire-posts.js';
import type { wireSequences } from './wire-sequences.js';
import type { wireVolunteers } from './wire-volunteers.js';

/** How often timers that are due, and outboxes nobody works on, are looked for. */
const SWEEP_EVERY_MS = 3_000;

/** How often the gateway is asked about payments that nobody told us of. */
const RECONCILE_EVERY_MS = 30_000;

/** How often everything that was given is looked through for the agent. */
const TELL_AGENT_EVERY_MS = 600_000;

/** How often some of what was kept long enough is removed: a bounded part each time. */
const RETENTION_EVERY_MS = 600_000;

export type RecurringWorkOptions = {
  readonly settings: Settings;
  readonly tables: Tables;
  readonly conversation: Pick<Conversation, 'feedDue' | 'resumeAbandoned'>;
  readonly inviter: Pick<ReturnType<typeof wireInvitations>, 'sendSome'>;
  readonly electionDay: Pick<ReturnType<typeof wireElectionDay>, 'lookAfterProxies'>;
  readonly volunteers: Pick<ReturnType<typeof wireVolunteers>, 'lookAfter'>;
  readonly canvass: Pick<ReturnType<typeof wireCanvass>, 'lookAfter'>;
  readonly donations: Pick<DonationsParts, 'lookAfter' | 'reconcile'>;
  /** Writes to the agent about what is to be looked at. */
  tellAgent(): Promise<void>;
  readonly sequences: Pick<ReturnType<typeof wireSequences>, 'enrol'>;
  readonly people: Pick<PeopleParts, 'retention'>;
  library(): Library;
  readonly log: Log;
  now(): number;
};

/** What is done again and again, by one process at a time. */
export function recurringWork(options: RecurringWorkOptions): Job[] {
  const { settings, tables, conversation, inviter, donations, library, log, now } = options;

  async function removeOverdue(): Promise<void> {
    const removed = await options.people.retention.removeSome();
    const before = new Date(now() - settings.keepConversationsDays * 86_400_000);
    await removeOldDeliveries(tables.messages, tables.deliveries, before);
    const isSomething = Object.values(removed).some((count) => count > 0);
    if (isSomething) log.info(removed, 'removed what was kept long enough');
  }

  const sweep = (name: string, run: Job['run']): Job => ({ name, everyMs: SWEEP_EVERY_MS, run });
  return [
    sweep('timers', conversation.feedDue),
    sweep('outboxes', conversation.resumeAbandoned),
    sweep('invitations', async () => void (await inviter.sendSome())),
    sweep(
      'follow-ups',
      together([
        options.electionDay.lookAfterProxies,
        options.volunteers.lookAfter,
        options.canvass.lookAfter,
        options.sequences.enrol,
      ]),
    ),
    sweep('donations', donations.lookAfter),
    { name: 'open checkouts', everyMs: RECONCILE_EVERY_MS, run: donations.reconcile },
    { name: 'gifts to look at', everyMs: TELL_AGENT_EVERY_MS, run: options.tellAgent },
    sweep('posts', wirePosts({ ...tables, settings, log, library, now })),
    { name: 'retention', everyMs: RETENTION_EVERY_MS, run: removeOverdue },
  ];
}

/** Several works as one, for each job costs a few writes a round; one that fails keeps none of the others. */
function together(works: readonly Job['run'][]): Job['run'] {
  return async () => {
    const ended = await Promise.allSettled(works.map((work) => work()));
    const failures = ended.flatMap((one): unknown[] =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    if (failures.length > 0) throw new AggregateError(failures, 'Some of the follow-ups failed.');
  };
}
