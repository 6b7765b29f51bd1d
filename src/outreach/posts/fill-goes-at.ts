import type { Campaign } from '../../engine/campaign.js';
import { instantFor } from '../messages/timing.js';
import type { Posts } from './posts.js';

/** Writes into posts of older versions when they go, by which they are listed. */
export async function fillGoesAt(
  { table }: Pick<Posts, 'table'>,
  campaign: Campaign,
): Promise<void> {
  const older = { goes_at: { $exists: false } };
  for (const { _id, definition } of await table.find(older)) {
    const at = new Date(instantFor(definition.at, campaign, undefined));
    await table.set({ _id, ...older }, { goes_at: at });
  }
}
