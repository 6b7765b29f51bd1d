import type { Connection } from 'mongoose';
import { openDoors, type Doors } from '../../canvass/doors.js';
import { findMerged, type Merged } from '../../canvass/live/find-merged.js';
import { openTurfs, type Turfs } from '../../canvass/turfs.js';
import { openVisits, type Visits } from '../../canvass/visits.js';
import { readSettings, type Settings } from '../../config.js';
import type { Campaign } from '../../engine/campaign.js';
import { openStore } from '../../store/connection.js';
import { openSupporters } from '../../supporters/supporters.js';
import { readCampaignFile } from '../read-campaign.js';

/** What the commands about canvassing work with. */
export type CanvassAtHand = {
  readonly doors: Doors;
  readonly turfs: Turfs;
  readonly visits: Visits;
  /** Volunteers whose profiles were merged since. */
  merged(): Promise<Merged>;
  readonly connection: Connection;
  readonly settings: Settings;
  readonly campaign: Campaign | undefined;
  /** The campaign's first language, as far as figures can be told in it. */
  readonly tongue: 'fr' | 'en';
};

/** Opens the store, or joins that of a running server, for as long as the work takes. */
export async function withCanvass<T>(work: (at: CanvassAtHand) => Promise<T>): Promise<T> {
  const settings = readSettings();
  const { dataDir, mongodbUri, flowsDir } = settings;
  const campaign = await readCampaignFile(flowsDir);
  const store = await openStore({ dataDir, mongodbUri, lasting: false });
  try {
    const { connection } = store;
    const tables = {
      doors: openDoors(connection),
      turfs: openTurfs(connection),
      visits: openVisits(connection),
    };
    // The store may be new, or of a version before there was canvassing.
    for (const { table } of Object.values(tables)) await table.createIndexes();
    const tongue = campaign?.languages[0] === 'fr' ? 'fr' : 'en';
    const supporters = openSupporters(connection);
    const merged = () => findMerged(tables.visits, supporters.table);
    return await work({ ...tables, merged, connection, settings, campaign, tongue });
  } finally {
    await store.close();
  }
}
