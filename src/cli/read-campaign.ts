import { join } from 'node:path';
import { readSource } from '../conversation/sources.js';
import type { Campaign } from '../engine/campaign.js';
import { compile } from '../engine/compile.js';

/** The campaign that a folder of flows tells of; undefined without a `campaign.yaml`. */
export async function readCampaignFile(flowsDir: string): Promise<Campaign | undefined> {
  const campaign = await readSource(join(flowsDir, 'campaign.yaml')).catch(() => undefined);
  if (campaign === undefined) return undefined;
  return compile({ campaign, flows: [], locales: [] }, []).campaign;
}
