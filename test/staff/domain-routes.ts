import type { Connection } from 'mongoose';
import { readSettings } from '../../src/config.js';
import { openFlowStore } from '../../src/conversation/publish/flow-store.js';
import { createLog } from '../../src/log.js';
import { openTables } from '../../src/program/open-tables.js';
import { wireFigures } from '../../src/program/wire-figures.js';
import { staffRoutes } from '../../src/program/staff-routes.js';
import type { Route } from '../../src/staff/route.js';

const never = (): never => {
  throw new Error('No call of this test comes so far.');
};

/** Every route that the program adds to those of staff, none of which is carried out here. */
export function domainRoutes(connection: Connection): Route[] {
  const now = (): number => Date.now();
  const settings = readSettings({}, '/nonexistent');
  const tables = openTables(connection, 'a secret of thirty-two characters or more', now);
  return staffRoutes({
    settings,
    connection,
    store: { kind: 'embedded', describe: never },
    tables,
    flowStore: openFlowStore(connection),
    channels: new Map(),
    conversation: { write: never, resumeAbandoned: never, feedDue: never },
    owner: 'test',
    volunteers: {
      desk: { place: never, remove: never, arrived: never, cancel: never, edit: never },
      roleDesk: { decide: never },
    },
    treasurer: { trial: true, refund: never, anomalies: never },
    people: { erase: never, merging: { merge: never, unmerge: never } },
    figures: wireFigures({ settings, tables, campaign: never, log: createLog('silent'), now }),
    library: never,
    segments: never,
    readMeaning: never,
    refresh: never,
    log: createLog('silent'),
    now,
  });
}
