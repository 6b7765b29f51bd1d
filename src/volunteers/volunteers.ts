import type { Connection } from 'mongoose';
import type { Table } from '../store/table.js';
import { openShifts, type Shifts } from './shifts.js';
import { openVolunteerNews, type VolunteerNewsRow } from './volunteer-news.js';
import { openVolunteerRoles, type VolunteerRoleRow } from './volunteer-roles.js';

/** What is kept about volunteers. */
export type Volunteers = {
  readonly shifts: Shifts;
  readonly roles: Table<VolunteerRoleRow>;
  readonly news: Table<VolunteerNewsRow>;
  /** Those whose indexes a start makes. */
  readonly indexed: readonly Pick<Table<never>, 'createIndexes'>[];
};

/** Opens the collections `shifts`, `volunteer_roles` and `volunteer_news`. */
export function openVolunteers(connection: Connection): Volunteers {
  const shifts = openShifts(connection);
  const roles = openVolunteerRoles(connection);
  const news = openVolunteerNews(connection);
  return { shifts, roles, news, indexed: [shifts.table, roles, news] };
}
