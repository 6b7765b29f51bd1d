import type { Connection } from 'mongoose';
import type { Conversation } from '../conversation/conversation.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { openSegments } from '../outreach/segments/segments.js';
import { createLiveFeed } from '../staff/inbox/live-feed.js';
import { createKnownTags } from '../staff/people/known-tags.js';
import type { Figures } from '../staff/figures/figures.js';
import type { Route } from '../staff/route.js';
import { dashboardRoutes } from '../staff/routes/dashboard-routes.js';
import { eventRoutes } from '../staff/routes/event-routes.js';
import { inboxRoutes } from '../staff/routes/inbox-routes.js';
import { mergeRoutes } from '../staff/routes/merge-routes.js';
import { supporterRoutes } from '../staff/routes/supporter-routes.js';
import type { Tables } from './open-tables.js';
import type { PeopleParts } from './wire-people.js';

export type StaffPeopleOptions = {
  readonly connection: Connection;
  readonly tables: Tables;
  readonly conversation: Pick<Conversation, 'write' | 'resumeAbandoned' | 'feedDue'>;
  /** Names this process in leases. */
  readonly owner: string;
  readonly people: Pick<PeopleParts, 'erase' | 'merging'>;
  readonly figures: Figures;
  library(): Library;
  readonly log: Log;
  now(): number;
};

/** The routes of the console about supporters, their conversations and what happens in them. */
export function staffPeople(options: StaffPeopleOptions): Route[] {
  const { tables, conversation, people: parts, library, log, now } = options;
  const { people, deliveries, messages, staff } = tables;
  const report = (error: unknown): void => log.error({ err: error }, 'staff console');
  const feed = createLiveFeed({ journal: people.journal, report, now });
  const changed = (supporter: string): void => feed.tell(supporter);
  const tags = createKnownTags({ supporters: people.supporters, report, now });
  return [
    ...supporterRoutes({
      people,
      others: tables.others,
      segments: openSegments(options.connection),
      journal: people.journal,
      files: people.files,
      notes: staff.notes,
      deliveries,
      messageName: async (id) => (await messages.get(id))?.definition.name ?? id,
      campaign: () => library().campaign,
      write: conversation.write,
      erase: parts.erase,
      tags: tags.list,
      changed,
      now,
    }),
    ...mergeRoutes({
      supporters: people.supporters,
      merging: parts.merging,
      changed,
      report,
      now,
    }),
    ...inboxRoutes({
      people,
      members: staff.members,
      notes: staff.notes,
      assignments: staff.assignments,
      library,
      write: conversation.write,
      owner: options.owner,
      lastHeard: tables.lastHeard.get,
      hurry() {
        conversation.resumeAbandoned().catch(report);
        conversation.feedDue().catch(report);
      },
      changed,
      now,
    }),
    ...dashboardRoutes({ figures: options.figures }),
    ...eventRoutes(feed),
  ];
}
