import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { createRate } from '../channels/webchat/rate.js';
import type { Settings } from '../config.js';
import type { Library } from '../engine/flow.js';
import type { FlowStore } from '../conversation/publish/flow-store.js';
import { createSite, type SiteOptions } from '../site/server/site.js';
import { privacyFacts } from './privacy-facts.js';
import { shownCampaign } from './shown-campaign.js';
import { sitePicture } from './site-picture.js';

/** Links to confirm an address or to fetch a copy of one's data that one client may open in a minute. */
const LINKS_A_MINUTE = 60;

export type WireSiteOptions = {
  readonly settings: Settings;
  readonly flowStore: Pick<FlowStore, 'site'>;
  /** What links of the other parts open. */
  readonly pages: Pick<
    SiteOptions,
    'confirmation' | 'goOn' | 'privacy' | 'unsubscribe' | 'calendar' | 'give' | 'door'
  >;
  clientAddress(request: IncomingMessage): string;
  library(): Library;
  now(): number;
};

/** Wires the campaign's page, the chat's files, and what links open. */
export function wireSite(options: WireSiteOptions): ReturnType<typeof createSite> {
  const { settings, flowStore, clientAddress, library, now } = options;
  const links = createRate(LINKS_A_MINUTE, 60_000);
  return createSite({
    campaign: shownCampaign(() => library().campaign, now),
    assetsDir: join(__dirname, '..', 'assets'),
    picture: sitePicture(flowStore.site.pictures),
    publicUrl: settings.publicUrl,
    privacyFacts: privacyFacts(library, settings),
    holdOff: (request) => (settings.rateLimits ? links(clientAddress(request), now()) : 0),
    ...options.pages,
  });
}
