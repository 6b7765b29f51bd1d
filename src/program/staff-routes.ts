import type { ReadMeaning } from '../engine/event.js';
import type { Route } from '../staff/route.js';
import { staffMoney, type StaffMoneyOptions } from './staff-money.js';
import { staffCanvass } from './staff-canvass.js';
import { siteRoutes } from '../staff/routes/site-routes.js';
import { staffAlerts } from './staff-alerts.js';
import { staffChannels, type StaffChannelsOptions } from './staff-channels.js';
import { staffOutreach, type StaffOutreachOptions } from './staff-outreach.js';
import { staffPeople, type StaffPeopleOptions } from './staff-people.js';
import { staffVolunteers, type StaffVolunteersOptions } from './staff-volunteers.js';
import { wireFlows } from './wire-flows.js';

export type StaffRoutesOptions = StaffPeopleOptions &
  StaffOutreachOptions &
  StaffMoneyOptions &
  StaffVolunteersOptions &
  StaffChannelsOptions & {
    /** Names of the segments there are. */
    segments(): Promise<readonly string[]>;
    readonly readMeaning: ReadMeaning;
    /** Puts what was published in force in this process at once. */
    refresh(): Promise<void>;
  };

/** Every route of the staff API about the campaign itself; those about staff come with `createStaff`. */
export function staffRoutes(options: StaffRoutesOptions): Route[] {
  const { settings, flowStore: store, segments, readMeaning, refresh, now } = options;
  const { supporters, journal } = options.tables.people;
  const campaign = () => options.library().campaign;
  const flows = wireFlows({
    settings,
    store,
    segments,
    supporters,
    journal,
    readMeaning,
    campaign,
    refresh,
    report: (error) => options.log.error({ err: error }, 'flows'),
    now,
  });
  return [
    ...siteRoutes({ store: store.site, campaign, refresh, now }),
    ...staffPeople(options),
    ...staffOutreach(options),
    ...staffMoney(options),
    ...staffVolunteers(options),
    ...staffCanvass({ ...options, campaign }),
    ...staffChannels(options),
    ...staffAlerts({ ...options, flows: flows.list }),
    ...flows.routes,
  ];
}
