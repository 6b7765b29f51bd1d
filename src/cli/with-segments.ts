import { basename, extname } from 'node:path';
import { readSettings } from '../config.js';
import { yamlFiles } from '../conversation/sources.js';
import { didYouMean } from '../engine/parse/suggest.js';
import { tell } from '../engine/sentence.js';
import { createAudience, type Audience } from '../outreach/segments/audience.js';
import type { Terms } from '../outreach/segments/fields.js';
import type { SegmentFault } from '../outreach/segments/read-segment.js';
import type { Segment } from '../outreach/segments/segment.js';
import { openSegments, recheck, type Segments } from '../outreach/segments/segments.js';
import { openStore } from '../store/connection.js';
import { openAddresses, type Addresses } from '../supporters/addresses.js';
import { openSupporters, type Supporters } from '../supporters/supporters.js';
import { readCampaignFile } from './read-campaign.js';
import { Refusal } from './refusal.js';

/** What commands about segments work with. */
export type SegmentsAtHand = {
  readonly supporters: Supporters;
  readonly addresses: Addresses;
  readonly segments: Segments;
  readonly audience: Audience;
  readonly terms: Terms;
  /** The segment of this name, as the campaign understands it now; a Refusal when that cannot be. */
  open(name: string): Promise<Segment>;
};

/** Opens the store, or joins that of a running server, for as long as the work takes. */
export async function withSegments(work: (at: SegmentsAtHand) => Promise<void>): Promise<void> {
  const { dataDir, mongodbUri, flowsDir } = readSettings();
  const campaign = await readCampaignFile(flowsDir);
  if (campaign === undefined) {
    throw new Refusal(`There is no campaign.yaml in ${flowsDir}: set FLOWS_DIR.`);
  }
  const files = (await yamlFiles(flowsDir)).map((file) => basename(file, extname(file)));
  const terms: Terms = { ...campaign, flows: files.filter((name) => name !== 'campaign') };
  const store = await openStore({ dataDir, mongodbUri, lasting: false });
  try {
    const supporters = openSupporters(store.connection);
    const segments = openSegments(store.connection);
    await work({
      supporters,
      addresses: openAddresses(store.connection, supporters),
      segments,
      audience: createAudience(supporters, () => terms),
      terms,
      async open(name) {
        const kept = await segments.get(name);
        if (kept === undefined) {
          const known = await segments.names();
          throw new Refusal(`There is no segment "${name}"; ${tell(didYouMean(name, known))}`);
        }
        const reading = recheck(kept, terms);
        if (reading.type === 'faulty') throw new Refusal(explainFaults(name, reading.faults));
        return reading.segment;
      },
    });
  } finally {
    await store.close();
  }
}

/** What is wrong with a segment, each on its line. */
export function explainFaults(place: string, faults: readonly SegmentFault[]): string {
  const lines = faults.map(
    ({ path, message }) => `  ${path === '' ? message : `${path}: ${message}`}`,
  );
  return [`The segment of ${place} cannot be used:`, ...lines].join('\n');
}
