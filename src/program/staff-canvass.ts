import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { openIncomes } from '../canvass/incomes.js';
import { openResults } from '../canvass/results.js';
import type { CutOptions } from '../canvass/turf/cut-turfs.js';
import type { CutDoor, PlannedCut } from '../canvass/turf/plan-cut.js';
import { planInThread } from '../canvass/turf/plan-in-thread.js';
import { Permit } from '../engine/calendar/permit.js';
import { territoryOf } from '../engine/calendar/territory-of.js';
import type { Campaign } from '../engine/campaign.js';
import type { Log } from '../log.js';
import { countTurfs } from '../staff/canvass/count-turfs.js';
import { createLookAgain } from '../staff/canvass/look-again.js';
import { lookAtAreas } from '../staff/canvass/look-at-areas.js';
import type { Route } from '../staff/route.js';
import { canvassCutRoutes } from '../staff/routes/canvass-cut-routes.js';
import { canvassExportRoutes } from '../staff/routes/canvass-export-routes.js';
import { canvassFigureRoutes } from '../staff/routes/canvass-figure-routes.js';
import { canvassMapRoutes } from '../staff/routes/canvass-map-routes.js';
import { canvassTurfRoutes } from '../staff/routes/canvass-turf-routes.js';
import { openLeases } from '../store/leases.js';
import { findCurrent } from '../supporters/find-current.js';
import { viewSupporter } from '../supporters/profile.js';
import type { SupporterRecord } from '../supporters/record.js';
import type { Tables } from './open-tables.js';

export type StaffCanvassOptions = {
  readonly connection: Connection;
  readonly tables: Pick<Tables, 'people' | 'volunteers' | 'canvass'>;
  /** Names this process in leases. */
  readonly owner: string;
  campaign(): Campaign;
  readonly log: Log;
  now(): number;
  /** How cuts are planned; in a thread of their own without it. */
  plan?(doors: readonly CutDoor[], options: CutOptions): Promise<PlannedCut>;
};

/** So long a cut that died keeps others out. */
const LEASE_MS = 120_000;
/** How old areas on the map may be, when looking at them is quick. */
const FRESH_MS = 5_000;

/** The routes of the console about going from door to door. */
export function staffCanvass(options: StaffCanvassOptions): Route[] {
  const { connection, tables, owner, campaign, log, now } = options;
  const { supporters } = tables.people;
  const kept = tables.canvass;
  const report = (error: unknown): void => log.error({ err: error }, 'staff console');
  const known = { ...kept, results: openResults(connection), incomes: openIncomes(connection) };
  const leases = openLeases(connection, now);
  const rules = () => campaign().canvass;
  const areas = createLookAgain({
    look: () => lookAtAreas(known, rules(), new Date(now())),
    // Something was taken in, or the campaign ranks by something else: what an index tells at once.
    mark: async () => {
      const ends = await Promise.all([
        kept.doors.table.find({}, { sort: { _id: 1 }, limit: 1 }),
        kept.doors.table.find({}, { sort: { _id: -1 }, limit: 1 }),
      ]);
      const doors = ends.flat().map(({ _id }) => _id);
      return JSON.stringify([doors, await known.results.table.count({}), rules() ?? null]);
    },
    leastMs: FRESH_MS,
    report,
    now,
  });
  const counts = createLookAgain({
    look: () => countTurfs(kept.turfs),
    leastMs: FRESH_MS,
    report,
    now,
  });
  const silence = (record?: SupporterRecord) => {
    const { calendar, country } = campaign();
    const territory =
      record === undefined ? undefined : territoryOf(country, viewSupporter(record).profile);
    const leaving = { way: 'turf', content: 'campaign', territory } as const;
    const asked = Permit.ask(calendar, leaving, now());
    return asked.type === 'refused' ? { until: new Date(asked.until).toISOString() } : undefined;
  };
  const common = { ...kept, supporters, changed: counts.forget, report, now };
  return [
    ...canvassMapRoutes({ ...kept, areas, counts, rules, silence: () => silence() }),
    ...canvassCutRoutes({
      ...common,
      areas,
      // Two people at this very process are two as well.
      lease: () => leases.named(`${owner} ${randomUUID()}`, 'canvass cut', LEASE_MS),
      plan: options.plan ?? planInThread,
    }),
    ...canvassTurfRoutes({
      ...common,
      roles: tables.volunteers.roles,
      campaignName: () => campaign().name,
      find: (supporter) => findCurrent(supporter, supporters.table),
      silence,
    }),
    ...canvassFigureRoutes({ ...common, timezone: () => campaign().timezone }),
    ...canvassExportRoutes(kept),
  ];
}
