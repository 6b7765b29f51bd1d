import type { Settings } from '../config.js';
import { isTrial } from '../donations/checkout/is-trial.js';
import type { Campaign } from '../engine/campaign.js';
import type { Log } from '../log.js';
import { createFigures, type Figures } from '../staff/figures/figures.js';
import type { Tables } from './open-tables.js';

/** Wires what tells the campaign in figures. */
export function wireFigures({
  settings,
  tables,
  campaign,
  log,
  now,
}: {
  readonly settings: Pick<Settings, 'donations'>;
  readonly tables: Tables;
  campaign(): Campaign;
  readonly log: Log;
  now(): number;
}): Figures {
  const { people, donations, volunteers, canvass, votes, dayFigures } = tables;
  return createFigures({
    tables: {
      supporters: people.supporters.table,
      donations: donations.donations,
      shifts: volunteers.shifts.table,
      visits: canvass.visits.table,
      turfs: canvass.turfs.table,
      doors: canvass.doors.table,
      votes: votes.table,
      turnout: votes.turnout,
      dayFigures,
    },
    isTrial: isTrial(settings.donations.gateway),
    campaign,
    report: (error) => log.error({ err: error }, 'figures'),
    now,
  });
}
