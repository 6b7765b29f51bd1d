import { watchLately } from '../canvass/live/watch-lately.js';
import type { Settings } from '../config.js';
import { FILES } from '../conversation/publish/publish-files.js';
import { isTrial } from '../donations/checkout/is-trial.js';
import { findAnomalies } from '../donations/treasurer/anomalies.js';
import { WAYS } from '../outreach/messages/read-matter.js';
import type { Library } from '../engine/flow.js';
import type { Log } from '../log.js';
import { channelsOn } from '../open-channels.js';
import { createAlerts, type AlertSource } from '../staff/alerts/alerts.js';
import { lookAtChannels } from '../staff/alerts/look-at-channels.js';
import { lookAtMessages } from '../staff/alerts/look-at-messages.js';
import { lookAtSilence } from '../staff/alerts/look-at-silence.js';
import type { AlertView } from '../staff/api.js';
import type { Figures } from '../staff/figures/figures.js';
import type { Route } from '../staff/route.js';
import { alertRoutes, FIRST_STEPS } from '../staff/routes/alert-routes.js';
import type { ListFlowRows } from '../staff/routes/list-flow-rows.js';
import type { Tables } from './open-tables.js';

export type StaffAlertsOptions = {
  readonly settings: Settings;
  readonly tables: Tables;
  readonly figures: Pick<Figures, 'owners'>;
  readonly flows: ListFlowRows;
  library(): Library;
  readonly log: Log;
  now(): number;
};

const SOON_MS = 5_000;
const MINUTE_MS = 60_000;
/** Outings are looked at that were on since yesterday. */
const OUTINGS_MS = 48 * 3_600_000;
/** The campaign that comes with the program, until somebody makes it theirs. */
const SAMPLE = 'Valbrume en commun';

/** The routes of the console that tell what to look at, and what to do first. */
export function staffAlerts(options: StaffAlertsOptions): Route[] {
  const { settings, tables, library, now } = options;
  const { people, staff } = tables;
  const supporters = people.supporters.table;
  const report = (error: unknown): void => options.log.error({ err: error }, 'alerts');
  const on = channelsOn(settings);

  const sources: readonly AlertSource[] = [
    {
      permission: 'dashboard.read',
      freshMs: MINUTE_MS,
      look: async () => lookAtSilence(library().campaign.calendar, now()),
    },
    {
      permission: 'channels.read',
      freshMs: SOON_MS,
      look: async () => lookAtChannels([...on], await tables.processes.alive(now())),
    },
    {
      permission: 'inbox.read',
      freshMs: SOON_MS,
      look: async () =>
        some('waiting', await supporters.count({ 'handoff.at': { $gt: new Date(0) } })),
    },
    {
      permission: 'messages.read',
      freshMs: SOON_MS,
      look: () => lookAtMessages({ ...tables, channels: WAYS }, now()),
    },
    {
      permission: 'flows.read',
      freshMs: SOON_MS,
      async look() {
        const faulty = (await options.flows()).filter(({ errors }) => errors > 0);
        const [only] = faulty;
        if (only === undefined) return [];
        const about = faulty.length === 1 ? { about: only.name, name: only.title } : {};
        return [{ kind: 'flow_errors', count: faulty.length, ...about }];
      },
    },
    {
      permission: 'canvass.read',
      freshMs: MINUTE_MS,
      async look() {
        const since = new Date(now() - OUTINGS_MS);
        const odd = await watchLately(tables.canvass.visits, tables.canvass.doors, since);
        return some('outings', new Set(odd.map(({ outing }) => outing)).size);
      },
    },
    {
      permission: 'donations.read',
      freshMs: MINUTE_MS,
      async look() {
        const { ownerOf } = await options.figures.owners();
        const trial = isTrial(settings.donations.gateway);
        let count = 0;
        for await (const _ of findAnomalies(tables.donations, ownerOf, trial, now())) count += 1;
        return some('anomalies', count);
      },
    },
  ];

  return alertRoutes({
    alerts: createAlerts(sources, { report, now }),
    async firstSteps() {
      const [members, met, shifts, doors, flows] = await Promise.all([
        staff.members.table.count({}),
        supporters.count({ erasing: { $exists: false } }),
        tables.volunteers.shifts.table.count({}),
        tables.canvass.doors.table.count({}),
        options.flows(),
      ]);
      const done: { readonly [step in (typeof FIRST_STEPS)[number]]: boolean } = {
        campaign: library().campaign.name !== SAMPLE,
        flows: flows.some(({ inForce }) => inForce !== undefined && inForce.author !== FILES),
        channels: on.size > 1,
        mail: settings.smtpUrl !== undefined,
        gateway: !isTrial(settings.donations.gateway),
        team: members > 1,
        people: met > 0,
        shifts: shifts > 0,
        doors: doors > 0,
      };
      return FIRST_STEPS.map((step) => ({ step, isDone: done[step] }));
    },
  });
}

function some(kind: AlertView['kind'], count: number): readonly AlertView[] {
  return count === 0 ? [] : [{ kind, count }];
}
