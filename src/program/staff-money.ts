import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import type { Route } from '../staff/route.js';
import { donationReportRoutes } from '../staff/routes/donation-report-routes.js';
import { donationRoutes } from '../staff/routes/donation-routes.js';
import type { Tables } from './open-tables.js';
import type { DonationsParts } from './wire-donations.js';

export type StaffMoneyOptions = {
  readonly tables: Pick<Tables, 'people' | 'donations'>;
  readonly treasurer: DonationsParts['treasurer'];
  library(): Library;
  readonly log: Log;
  now(): number;
};

/** The routes of the console about gifts. */
export function staffMoney({
  treasurer,
  library,
  log,
  now,
  ...options
}: StaffMoneyOptions): Route[] {
  const { people, donations } = options.tables;
  const about = {
    tables: donations,
    supporters: people.supporters,
    campaign: () => library().campaign,
    now,
  };
  const report = (error: unknown): void => log.error({ err: error }, 'donations in the console');
  return [
    // Before those that take any id.
    ...donationReportRoutes({ ...about, anomalies: treasurer.anomalies, report }),
    ...donationRoutes({ ...about, trial: treasurer.trial, refund: treasurer.refund }),
  ];
}
