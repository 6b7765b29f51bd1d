import type { Library } from '../engine/flow.js';
import type { Route } from '../staff/route.js';
import { shiftRoutes } from '../staff/routes/shift-routes.js';
import { signupRoutes } from '../staff/routes/signup-routes.js';
import { volunteerRoutes } from '../staff/routes/volunteer-routes.js';
import type { Tables } from './open-tables.js';
import type { wireVolunteers } from './wire-volunteers.js';

export type StaffVolunteersOptions = {
  readonly tables: Pick<Tables, 'people' | 'volunteers'>;
  readonly volunteers: ReturnType<typeof wireVolunteers>['staff'];
  library(): Library;
  now(): number;
};

/** The routes of the console about shifts, who is on them, and the parts that the team gives. */
export function staffVolunteers(options: StaffVolunteersOptions): Route[] {
  const { volunteers, library, now } = options;
  const { people } = options.tables;
  const { shifts, roles } = options.tables.volunteers;
  const { desk, roleDesk } = volunteers;
  const campaign = () => library().campaign;
  const { supporters } = people;
  return [
    ...shiftRoutes({ shifts, supporters, campaign, now }),
    ...signupRoutes({ shifts, supporters, desk, campaign, now }),
    ...volunteerRoutes({ shifts, roles, roleDesk, supporters, campaign }),
  ];
}
